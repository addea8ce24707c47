import { expect, it } from 'vitest';
import { sideOf } from './side';

const here = { presence: 'here' } as const;
const away = { presence: 'reconnecting' } as const;

it('is ours while we do not hear the gateway, whatever it said last of the other', () => {
  expect(sideOf('reconnecting', true, away)).toBe('own');
  expect(sideOf('open', false, here)).toBe('own');
});

it('is theirs where the gateway does not hear them, and nobody knows where it hears both', () => {
  expect(sideOf('open', true, away)).toBe('theirs');
  expect(sideOf('open', true, here)).toBe('between');
});
