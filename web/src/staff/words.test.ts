// Every word that a staff view asks for by name is in the catalogue. That both languages have the same is checked by scripts/words.mjs.
import { expect, it } from 'vitest';
import { hasWords } from '../ui/words';
import { speakFromFiles } from './catalogue.testing';

const SOURCES = import.meta.glob<string>(['../{ui,staff,support}/**/*.{ts,tsx}', '!../**/*.test.ts', '!../**/*.testing.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('has words for everything that views ask for', () => {
  speakFromFiles('en');
  const ids = new Set(Object.values(SOURCES).flatMap((source) => source.match(/(?<=')(staff|support)-[a-z0-9-]+(?=')/g) ?? []));
  expect(ids.size).toBeGreaterThan(200);
  expect([...ids].filter((id) => !hasWords(id))).toEqual([]);
});
