// The page's words: Fluent messages of one language, from the shell's JSON or from the catalogue's own files.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { signal } from '@preact/signals';

export type Language = 'en' | 'es';
export const LANGUAGES: readonly Language[] = ['en', 'es'];

/** One language with its words. The page has one; a preview may speak another. */
export class Voice {
  readonly #bundle: FluentBundle;

  constructor(
    readonly language: Language,
    texts: readonly string[],
  ) {
    this.#bundle = new FluentBundle(language, { useIsolating: false });
    for (const text of texts) this.#bundle.addResource(new FluentResource(text));
  }

  has(id: string): boolean {
    return this.#bundle.hasMessage(id);
  }

  /** The sentence for `id`. A missing one shows its name: ugly, and found at once. */
  say(id: string, values?: Record<string, FluentVariable>): string {
    const pattern = this.#bundle.getMessage(id)?.value;
    return pattern ? this.#bundle.formatPattern(pattern, values && unbroken(values)) : id;
  }
}

/** The page's own. */
export const voice = signal<Voice | undefined>(undefined);
export const language = signal<Language>('en');

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** Puts these Fluent texts up; every view that called `t` draws again. */
export function speak(next: Language, texts: readonly string[]): void {
  language.value = next;
  voice.value = new Voice(next, texts);
  document.documentElement.lang = next;
}

/** In the page's language. */
export function t(id: string, values?: Record<string, FluentVariable>): string {
  return voice.value?.say(id, values) ?? id;
}

/** A phone number stays on one line: its hyphens and spaces do not end it. */
function unbroken(values: Record<string, FluentVariable>): Record<string, FluentVariable> {
  const { phone } = values;
  return typeof phone === 'string' ? { ...values, phone: phone.replaceAll('-', '\u2011').replaceAll(' ', '\u00a0') } : values;
}

/** Whether the catalogue names `id`: for words chosen by a word of the gateway's. */
export function hasWords(id: string): boolean {
  return voice.value?.has(id) ?? false;
}

/** Words that the gateway put into the HTML: `<script type="application/json" id="words">{"language","text"}`. */
export function wordsOfShell(): { language: Language; text: string } | undefined {
  const json = document.getElementById('words')?.textContent;
  if (!json) return undefined;
  const { language: named, text } = JSON.parse(json) as { language: string; text: string };
  return isLanguage(named) ? { language: named, text } : undefined;
}
