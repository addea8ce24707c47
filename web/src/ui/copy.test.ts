// The copy rules that are more than a list of words (that one is scripts/words.mjs): sentence case, reading grade 6 for what a patient
// reads in English, and no apology for what is not our fault.
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';

const FILES = import.meta.glob<string>('../../locales/*/*.ftl', { query: '?raw', import: 'default', eager: true });
const textOf = (language: string, file: string) => FILES[`../../locales/${language}/${file}.ftl`] ?? '';

/** Every sentence as somebody reads it, by its name. */
function sentences(language: string, file: string): [string, string][] {
  const resource = new FluentResource(textOf(language, file));
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(resource);
  const values = new Proxy({}, { get: (_, name) => ['n', 'minutes', 'tries', 'days', 'seconds', 'count'].includes(String(name)) ? 3 : 'Lee', has: () => true, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
  return resource.body.map(({ id, value }) => [id, value ? bundle.formatPattern(value, values) : '']);
}

/** What is written large for another reason: names of products, places and keys that a phone shows so. */
const NAMES =
  /\b(Safari|Chrome|Wi-Fi|Bluetooth|Spanish|English|Español|Housecall|Allow|Settings|System Settings|Website Settings|This Website|Apps|Permissions|Camera|Microphone|Privacy|Security|Blocked|Copy|Continue|Unmute|Rejoin|Lee|Dr|I|OK|Cámara|Micrófono|Permitir|Configuración|Sistema|Ajustes|Aplicaciones|Permisos|Privacidad|Bloqueado|Copiar|YYYY|MM|DD|AAAA|A1c)\b/g;

const TITLES = /-title(-\w+)*$/;

describe.each(['en', 'es'])('in %s', (language) => {
  it('titles are in sentence case', () => {
    const shouting = sentences(language, 'patient').filter(([id, words]) => TITLES.test(id) && /(?<![.!?…:] )(?<!^)(?<!^[¿¡])\p{Lu}/u.test(words.replace(NAMES, 'x')));
    expect(shouting).toEqual([]);
  });

  it('says sorry only for what is our own fault', () => {
    const sorry = sentences(language, 'patient').filter(([, words]) => /\b(sorry|lo sentimos|disculp)/i.test(words));
    expect(sorry.map(([id]) => id).sort()).toEqual(['help-failed', 'problem-ours']);
  });
});

/** As people count them: vowels together are one, a silent e is none. */
function syllables(word: string): number {
  const spoken = word.toLowerCase().replace(/[^a-z]/g, '').replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/, (end) => end[0] ?? '');
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 1);
}

/** Flesch and Kincaid: the year of school in which one reads this. */
function grade(text: string): number {
  const words = text.match(/[A-Za-z'-]+/g) ?? [];
  const ends = text.match(/[.!?…]+(\s|$)/g)?.length ?? 1;
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0);
  return (0.39 * words.length) / Math.max(1, ends) + (11.8 * spoken) / words.length - 15.59;
}

/** One long word among five is no hard text: single sentences are held looser, and only where there is one to read. */
const WHOLE = 6;
const ONE = 9;
const ENOUGH_WORDS = 9;

describe("the patient's English", () => {
  const all = ['patient', 'common', 'notices'].flatMap((file) => sentences('en', file));

  it('counts syllables as people do', () => {
    expect(['camera', 'phone', 'microphone', 'closed', 'waited', 'table', 'internet'].map(syllables)).toEqual([3, 1, 3, 1, 2, 2, 3]);
  });

  it('is read with six years of school', () => {
    const read = all.map(([, words]) => (/[.!?…]$/.test(words) ? words : `${words}.`)).join(' ');
    expect(grade(read)).toBeLessThanOrEqual(WHOLE);
  });

  it('has no single hard sentence', () => {
    const hard = all.filter(([, words]) => words.split(/\s+/).length >= ENOUGH_WORDS && grade(words) > ONE).map(([id, words]) => `${grade(words).toFixed(1)} ${id}: ${words}`);
    expect(hard).toEqual([]);
  });
});
