import { expect, it } from 'vitest';
import { goal } from './record-keys';

const rows = ['first', 'second', 'last'];
const from = (at: number) => (key: string) => goal(key, rows, at, 'search');

it('goes down from the search into the list and no further than its end', () => {
  expect(from(-1)('ArrowDown')).toBe('first');
  expect(from(0)('ArrowDown')).toBe('second');
  expect(from(2)('ArrowDown')).toBe('last');
});

it('goes up from the first row into the search', () => {
  expect(from(1)('ArrowUp')).toBe('first');
  expect(from(0)('ArrowUp')).toBe('search');
});

it('leaves Home and End to the text while it is typed', () => {
  expect([from(1)('Home'), from(1)('End')]).toEqual(['first', 'last']);
  expect([from(-1)('Home'), from(-1)('End')]).toEqual([undefined, undefined]);
});
