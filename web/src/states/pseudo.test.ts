import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { Voice } from '../ui/words';
import { longer, mirrored, said } from './pseudo';

const TEXTS = Object.values(import.meta.glob<string>('../../locales/en/*.ftl', { query: '?raw', import: 'default', eager: true }));

/** Names with their values and variants, and no words. */
function bones(text: string): string {
  const withoutWords = (key: string, value: unknown) => (typeof value === 'string' && !['type', 'name', 'id'].includes(key) ? '' : value);
  return JSON.stringify(new FluentResource(text).body, withoutWords).replaceAll(/"",|,""|""/g, '');
}

describe('the languages that nobody speaks', () => {
  it.each([['longer', longer] as const, ['mirrored', mirrored] as const])('%s keeps every name, value and variant of the catalogue', (_, change) => {
    for (const text of TEXTS) expect(bones(said(text, change))).toBe(bones(text));
  });

  it('is longer by two fifths', () => {
    const words = 'You can join from here. Keep this page open.';
    expect(Math.round((longer(words).length / words.length) * 10)).toBe(14);
    expect(new Voice('en', [said('left = { $n ->\n    [one] 1 day\n   *[other] { $n } days\n  }', longer)]).say('left', { n: 3 })).toBe('3 dááyss');
  });

  it('reads from right to left word by word', () => {
    expect(mirrored('Call us')).toBe('\u202eCall\u202c \u202eus\u202c');
  });
});
