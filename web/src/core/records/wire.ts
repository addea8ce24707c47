// What is said on the record channel: JSON text, at most 15 KiB a message, since larger ones vanish in some browsers.
import { decode, encode } from './base64';

export const MAX_MESSAGE = 15 * 1024;
/** Raw bytes of a piece: base64 and the JSON around it still fit. */
export const PIECE = 10 * 1024;

export type RecordMessage =
  /** What follows is this snippet: the manifest's exact text and its signature. */
  | { t: 'begin'; s: string; manifest: string; signature: string }
  /** Piece number `i`, from 0. */
  | { t: 'piece'; s: string; i: number; d: string }
  /** All pieces up to `i` have arrived. */
  | { t: 'got'; s: string; i: number }
  /** The receiver wants the pieces from `i` on; 0 asks for `begin` too. Also how it starts. */
  | { t: 'from'; s: string; i: number }
  /** Withdrawn. */
  | { t: 'gone'; s: string }
  /** Equipment test. */
  | { t: 'echo'; b: string };

export function write(message: RecordMessage): string {
  return JSON.stringify(message);
}

const FIELDS: Readonly<Record<RecordMessage['t'], Readonly<Record<string, 'string' | 'number'>>>> = {
  begin: { s: 'string', manifest: 'string', signature: 'string' },
  piece: { s: 'string', i: 'number', d: 'string' },
  got: { s: 'string', i: 'number' },
  from: { s: 'string', i: 'number' },
  gone: { s: 'string' },
  echo: { b: 'string' },
};

/** `undefined` for anything but a message of this list. */
export function read(data: unknown): RecordMessage | undefined {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return undefined;
  try {
    const json = JSON.parse(data) as Record<string, unknown>;
    const fields = FIELDS[json['t'] as RecordMessage['t']];
    if (!fields) return undefined;
    return Object.entries(fields).every(([name, type]) => typeof json[name] === type) ? (json as unknown as RecordMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** A content cut into the texts of its pieces. */
export function cut(content: Uint8Array): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < content.length; at += PIECE) pieces.push(encode(content.subarray(at, at + PIECE)));
  return pieces;
}

/** `undefined` where the text is no base64url. */
export function uncut(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decode(text);
  } catch {
    return undefined;
  }
}
