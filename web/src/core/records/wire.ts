// What is said on the record channel, at most 15 KiB a message, since larger ones vanish in some browsers: JSON text for
// everything but the pieces of a content, which are bytes behind eight more that say whose and where.
import type { SnippetId } from '../../generated/signaling';

export const MAX_MESSAGE = 15 * 1024;
const PIECE_HEAD = 8;
/** Bytes of content that fit into a message. */
export const LARGEST_PIECE = MAX_MESSAGE - PIECE_HEAD;

export type RecordMessage =
  /**
   * The receiver wants the content from byte `at` on, and calls this delivery `k`: what comes under an older name is no longer
   * heard. Also how it starts, and how it goes on after a lost channel. `z`: it can inflate.
   */
  | { t: 'from'; s: SnippetId; k: number; at: number; z: boolean }
  /** Begins the delivery `k`: the manifest's exact text, its signature, and how many bytes are to come in all, deflated or not. */
  | { t: 'begin'; s: SnippetId; k: number; manifest: string; signature: string; bytes: number; z: boolean }
  /** Everything before byte `at` of the delivery `k` has arrived. */
  | { t: 'got'; k: number; at: number }
  /** The receiver wants no more of the delivery `k`. */
  | { t: 'stop'; k: number }
  /** Withdrawn. */
  | { t: 'gone'; s: SnippetId }
  /** Somebody points at the element `p` of what is shown; at nothing where it is empty. */
  | { t: 'point'; s: SnippetId; p: string }
  /** The clinician leads: the region `p` of an image fills the screen, `page:x:y:w:h` in thousandths. */
  | { t: 'lead'; s: SnippetId; p: string }
  /** Equipment test. */
  | { t: 'echo'; b: string };

export function write(message: RecordMessage): string {
  return JSON.stringify(message);
}

const FIELDS: Readonly<Record<RecordMessage['t'], Readonly<Record<string, 'string' | 'number' | 'boolean'>>>> = {
  from: { s: 'string', k: 'number', at: 'number', z: 'boolean' },
  begin: { s: 'string', k: 'number', manifest: 'string', signature: 'string', bytes: 'number', z: 'boolean' },
  got: { k: 'number', at: 'number' },
  stop: { k: 'number' },
  gone: { s: 'string' },
  point: { s: 'string', p: 'string' },
  lead: { s: 'string', p: 'string' },
  echo: { b: 'string' },
};

/** `undefined` for anything but a message of this list. */
export function read(data: unknown): RecordMessage | undefined {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return undefined;
  try {
    const json = JSON.parse(data) as Record<string, unknown>;
    const fields = FIELDS[json['t'] as RecordMessage['t']];
    if (!fields) return undefined;
    return Object.entries(fields).every(([name, type]) => isField(json[name], type)) ? (json as unknown as RecordMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** Every number on this channel counts something. */
function isField(value: unknown, type: string): boolean {
  return type === 'number' ? Number.isSafeInteger(value) && (value as number) >= 0 : typeof value === type;
}

export interface Piece {
  k: number;
  /** Byte of the content with which it begins. */
  at: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export function writePiece(k: number, at: number, bytes: Uint8Array): ArrayBuffer {
  const message = new Uint8Array(PIECE_HEAD + bytes.length);
  const head = new DataView(message.buffer);
  head.setUint32(0, k);
  head.setUint32(4, at);
  message.set(bytes, PIECE_HEAD);
  return message.buffer;
}

export function readPiece(data: unknown): Piece | undefined {
  if (!(data instanceof ArrayBuffer) || data.byteLength <= PIECE_HEAD || data.byteLength > MAX_MESSAGE) return undefined;
  const head = new DataView(data);
  return { k: head.getUint32(0), at: head.getUint32(4), bytes: new Uint8Array(data, PIECE_HEAD) };
}
