// The real catalogue for unit tests of wording, read from the files that are shipped.
import { speak, type Language } from '../ui/words';

const TEXTS = import.meta.glob<string>('../../locales/*/*.ftl', { query: '?raw', import: 'default', eager: true });

export function speakFromFiles(language: Language) {
  // `speak` also marks the page's language; a unit test has no page.
  Object.assign(globalThis, { document: { documentElement: {} } });
  const files = ['common', 'staff', 'staff-connections', 'support', 'support-report'].map((file) => TEXTS[`../../locales/${language}/${file}.ftl`] ?? '');
  speak(language, files);
}
