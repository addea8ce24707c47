import { beforeEach, expect, it } from 'vitest';
import { arrivalPill } from './arrival';
import { speakFromFiles } from './catalogue.testing';

const NOW = Date.parse('2026-11-24T14:30Z');

beforeEach(() => speakFromFiles('en'));

it('says how long somebody waits, in whole minutes', () => {
  const waiting = { state: 'booked', arrival: 'waiting', waiting_since: NOW - 4 * 60_000 - 59_000 } as const;
  expect(arrivalPill(waiting, NOW).words).toBe('Waiting 4 min');
  expect(arrivalPill({ ...waiting, waiting_since: NOW - 10_000 }, NOW).words).toBe('Waiting');
});

it('lets a cancelled visit be nothing but cancelled', () => {
  expect(arrivalPill({ state: 'cancelled', arrival: 'done' }, NOW).words).toBe('Cancelled');
});
