// Which language the page speaks: the one the person chose, else the one of the HTML, else the clinic's for this person.
import { isLanguage, language, speak, t, wordsOfShell, type Language } from '../ui/words';

const FILES = import.meta.glob<string>(['../../locales/*/common.ftl', '../../locales/*/patient.ftl'], { query: '?raw', import: 'default' });

/** Speaks at once what the HTML brought; `false` when it brought nothing. */
export function speakShell(): boolean {
  const words = wordsOfShell();
  if (words) speak(words.language, [words.text]);
  return words !== undefined;
}

export async function speakLanguage(next: Language): Promise<void> {
  const texts = ['common', 'patient'].map((file) => FILES[`../../locales/${next}/${file}.ftl`]?.() ?? Promise.resolve(''));
  speak(next, await Promise.all(texts));
  document.title = t('your-video-visit');
}

/** The person's choice; it goes with the address, so that a reload keeps it. The fragment holds the secret and stays. */
export async function choose(next: Language): Promise<void> {
  await speakLanguage(next);
  history.replaceState(null, '', `?lang=${next}${location.hash}`);
}

/** The clinic knows this person's language; the page's own guess came from the phone. */
export async function follow(clinics: string): Promise<void> {
  const chosen = new URLSearchParams(location.search).has('lang');
  if (!chosen && isLanguage(clinics) && clinics !== language.value) await speakLanguage(clinics);
}
