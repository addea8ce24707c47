// The page's words: Fluent messages of one language, from the shell's JSON or from the catalogue's own files.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { signal } from '@preact/signals';

export type Language = 'en' | 'es';
export const LANGUAGES: readonly Language[] = ['en', 'es'];

const bundle = signal<FluentBundle | undefined>(undefined);
export const language = signal<Language>('en');

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** Puts these Fluent texts up; every view that called `t` draws again. */
export function speak(next: Language, texts: readonly string[]): void {
  const fresh = new FluentBundle(next, { useIsolating: false });
  for (const text of texts) fresh.addResource(new FluentResource(text));
  language.value = next;
  bundle.value = fresh;
  document.documentElement.lang = next;
}

/** The sentence for `id`. A missing one shows its name: ugly, and found at once. */
export function t(id: string, values?: Record<string, FluentVariable>): string {
  const pattern = bundle.value?.getMessage(id)?.value;
  return pattern ? (bundle.value as FluentBundle).formatPattern(pattern, values && unbroken(values)) : id;
}

/** A phone number stays on one line: its hyphens and spaces do not end it. */
function unbroken(values: Record<string, FluentVariable>): Record<string, FluentVariable> {
  const { phone } = values;
  return typeof phone === 'string' ? { ...values, phone: phone.replaceAll('-', '\u2011').replaceAll(' ', '\u00a0') } : values;
}

/** Whether the catalogue names `id`: for words chosen by a word of the gateway's. */
export function hasWords(id: string): boolean {
  return bundle.value?.hasMessage(id) ?? false;
}

/** Words that the gateway put into the HTML: `<script type="application/json" id="words">{"language","text"}`. */
export function wordsOfShell(): { language: Language; text: string } | undefined {
  const json = document.getElementById('words')?.textContent;
  if (!json) return undefined;
  const { language: named, text } = JSON.parse(json) as { language: string; text: string };
  return isLanguage(named) ? { language: named, text } : undefined;
}
