// Finding an item with nine minutes a patient: what was typed against every name an item has, and groups in the order a clinician looks.
import type { RecordItem } from '../model';

export type GroupName = 'on-screen' | 'abnormal' | 'results' | 'vitals' | 'medicines' | 'health' | 'papers';

export interface Group {
  name: GroupName;
  items: RecordItem[];
}

/** A line of the list: the item, and the name it was found by where the line does not say that name anyway. */
export interface Found {
  item: RecordItem;
  by?: string;
}

const ORDER: readonly GroupName[] = ['on-screen', 'abnormal', 'results', 'vitals', 'medicines', 'health', 'papers'];

const GROUP_OF: Readonly<Partial<Record<RecordItem['kind'], GroupName>>> = {
  lab_trend: 'results',
  lab_result: 'results',
  vital_signs: 'vitals',
  medications: 'medicines',
  allergies: 'medicines',
  conditions: 'health',
  immunizations: 'health',
  care_plan: 'health',
};

/** What is on a screen first, then what is out of range, then by kind; recent first in each. */
export function grouped(items: RecordItem[], onScreen: ReadonlySet<string>): Group[] {
  const group = (item: RecordItem): GroupName => {
    if (onScreen.has(item.id)) return 'on-screen';
    return isAbnormal(item) ? 'abnormal' : (GROUP_OF[item.kind] ?? 'papers');
  };
  const groups = ORDER.map((name) => ({ name, items: recentFirst(items.filter((item) => group(item) === name)) }));
  return groups.filter((one) => one.items.length > 0);
}

export function isAbnormal({ flag }: RecordItem): boolean {
  return flag === 'high' || flag === 'low';
}

/** Items that have every word that was typed in one of their names, accents and case aside; those whose line says it come first. */
export function matching(items: RecordItem[], words: string): Found[] {
  const asked = plain(words).split(/\s+/).filter(Boolean);
  const says = (text: string) => asked.every((word) => plain(text).includes(word));
  const found = recentFirst(items).flatMap((item): Found[] => {
    if (says(`${item.title} ${item.subtitle ?? ''}`)) return [{ item }];
    const by = item.found_by.find(says);
    if (by !== undefined) return [{ item, by }];
    return says([item.title, item.subtitle, ...item.found_by].join(' ')) ? [{ item }] : [];
  });
  return [...found.filter(({ by }) => by === undefined), ...found.filter(({ by }) => by !== undefined)];
}

function recentFirst(items: RecordItem[]): RecordItem[] {
  return [...items].sort((a, b) => (b.newest_at ?? '').localeCompare(a.newest_at ?? ''));
}

function plain(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
