// Reads the check aloud for who cannot see it, when asked to. What is spoken stands on the screen and in its live regions too.
import { signal } from '@preact/signals';
import { language } from '../../ui/words';

/** Some phones and most old ones cannot. */
export const canSpeak = typeof speechSynthesis === 'object';
export const speaking = signal(false);

let last = '';

/** Says it once; what is still being said is finished first. */
export function speak(words: string): void {
  if (!speaking.value || words === '' || words === last) return;
  last = words;
  const saying = new SpeechSynthesisUtterance(words);
  saying.lang = language.value;
  speechSynthesis.speak(saying);
}

export function turnVoice(on: boolean): void {
  speaking.value = on;
  last = '';
  if (!on) speechSynthesis.cancel();
}
