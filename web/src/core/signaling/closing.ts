// Why a connection ended, in the protocol's closed list of words, and whether coming back can help.
import { CLOSE_CODES, COMES_BACK, type CloseWord } from '../../generated/signaling';

const WORDS = new Map<number, CloseWord>(Object.entries(CLOSE_CODES).map(([word, code]) => [code, word as CloseWord]));

/** `undefined` where the connection was simply lost. */
export function wordOf(code: number): CloseWord | undefined {
  return WORDS.get(code);
}

/** After these the page stays away until the person does something. */
export function isFinal(word: CloseWord): boolean {
  return !(COMES_BACK as readonly CloseWord[]).includes(word);
}
