// Why a connection ended, in the protocol's closed list of words, and whether coming back can help.
import type { CloseWord } from '../../generated/signaling';

const WORDS: Readonly<Record<number, CloseWord>> = {
  1001: 'going_away',
  1003: 'binary',
  1009: 'too_big',
  1011: 'internal_error',
  1013: 'overloaded',
  4400: 'bad_message',
  4401: 'signed_out',
  4403: 'removed',
  4405: 'denied',
  4406: 'unsupported_version',
  4408: 'silent',
  4409: 'taken_over',
  4410: 'visit_ended',
  4411: 'no_hello',
  4412: 'replaced',
  4429: 'flood',
};

const FINAL: ReadonlySet<CloseWord> = new Set<CloseWord>([
  'signed_out',
  'removed',
  'denied',
  'unsupported_version',
  'taken_over',
  'visit_ended',
  'replaced',
]);

/** `undefined` where the connection was simply lost. */
export function wordOf(code: number): CloseWord | undefined {
  return WORDS[code];
}

/** After these the page stays away until the person does something. */
export function isFinal(word: CloseWord): boolean {
  return FINAL.has(word);
}
