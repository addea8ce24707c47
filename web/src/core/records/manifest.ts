// What a snippet says of itself, signed by the gateway: a page shows nothing whose manifest, signature or hash is wrong.
import type { Rejection } from '../../generated/signaling';
import { decode } from './base64';
import type { Content } from './content';

export type SnippetKind = Content['kind'];

export interface Manifest {
  id: string;
  visit: string;
  kind: SnippetKind;
  language: string;
  title: string;
  content_type: string;
  size: number;
  /** Of the content's bytes, hexadecimal. */
  sha256: string;
  prepared_at: number;
  expires_at: number;
  key_id: string;
}

/** Larger than any snippet we prepare; a page must not be filled by a peer. */
export const LARGEST = 8 * 1024 * 1024;
/** Clocks of phones are wrong by this much and more; the gateway's own expiry stands behind it. */
const LEEWAY_MS = 60_000;

export interface Expected {
  id: string;
  visit: string;
  /** Raw Ed25519 key, base64url. */
  key: string;
  now: number;
}

/** The manifest, or why it is refused. */
export async function check(text: string, signature: string, { id, visit, key, now }: Expected): Promise<Manifest | Rejection> {
  if (!(await signedBy(key, signature, text))) return 'bad_signature';
  const manifest = parse(text);
  if (!manifest) return 'unreadable';
  if (manifest.visit !== visit) return 'other_visit';
  if (manifest.id !== id) return 'not_offered';
  if (isOver(manifest, now)) return 'expired';
  return manifest.size > LARGEST ? 'too_large' : manifest;
}

export function isOver({ expires_at }: Manifest, now: number): boolean {
  return expires_at + LEEWAY_MS < now;
}

export async function hashIs(content: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    const whole = [manifest.size, manifest.expires_at].every(Number.isSafeInteger);
    return whole && typeof manifest.sha256 === 'string' ? manifest : undefined;
  } catch {
    return undefined;
  }
}

async function signedBy(key: string, signature: string, text: string): Promise<boolean> {
  try {
    const [keyBytes, signatureBytes, bytes] = [decode(key), decode(signature), new TextEncoder().encode(text)];
    const imported = await importKey(keyBytes);
    if (imported) return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signatureBytes, bytes);
    // Phones older than 2025 have no Ed25519 of their own.
    const { verifyAsync } = await import('@noble/ed25519');
    return await verifyAsync(signatureBytes, bytes, keyBytes);
  } catch {
    return false;
  }
}

async function importKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return undefined;
  }
}
