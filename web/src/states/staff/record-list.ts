// What the gateway says can be shown, and how it prepares each piece.
import { encode } from '../../core/records/base64';
import type { Content } from '../../core/records/content';
import type { RecordItem, RecordList } from '../../staff/model';
import { KINDS, titleOf } from '../record';

const FLAGS: Partial<Record<keyof typeof KINDS, RecordItem['flag']>> = { 'lab trend': 'high', 'lab result': 'low' };
const SUBTITLES: Partial<Record<keyof typeof KINDS, string>> = { 'lab trend': '7.2 %', 'lab result': '18 ng/mL', 'vital signs': '132/78 mmHg', medications: '2 active, 1 completed', document: '2 pages' };

const items = (Object.keys(KINDS) as (keyof typeof KINDS)[])
  .filter((name) => !['instructions', 'no allergies'].includes(name))
  .map((name, at): RecordList['items'][number] => ({
    id: name,
    kind: KINDS[name].kind,
    title: titleOf(KINDS[name]),
    subtitle: SUBTITLES[name] ?? null,
    flag: FLAGS[name] ?? null,
    newest_at: at % 2 === 0 ? '2026-01-31' : null,
    found_by: name === 'medications' ? ['Metformin 500 mg tablet'] : [],
    shown_at: name === 'vaccines' ? Date.UTC(2025, 10, 3) : null,
  }));

export const RECORD: RecordList = { source_available: true, skipped: 0, offered: [], items };

/** The piece as the gateway would sign it. */
export function prepared(name: keyof typeof KINDS) {
  const content: Content = KINDS[name];
  const manifest = { id: name, kind: content.kind, title: titleOf(content), language: 'en' };
  return { manifest: JSON.stringify(manifest), signature: '', content: encode(bytesOf(content)) };
}

function bytesOf(content: Content): Uint8Array {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  if (content.kind !== 'image') return text(Object.values(content).find((part) => typeof part === 'object'));
  const { pages, ...head } = content.image;
  const first = text({ ...head, pages: pages.map(({ bytes, ...page }) => ({ ...page, size: bytes.length })) });
  return Uint8Array.from([...first, 0x0a, ...pages.flatMap(({ bytes }) => [...bytes])]);
}
