import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Peer } from '../../core/call/call';
import type { Person } from '../../generated/signaling';
import { speakFromFiles } from '../catalogue.testing';
import { personLine } from './connection';

const ruth = (media: Partial<Person['media']> = {}): Person => ({
  seat: 'p', role: 'patient', name: 'Ruth Abbott', presence: 'here', media: { camera: true, microphone: true, connection: 'good', ...media },
});
const line = (person: Person, peer: Partial<Peer> = {}) => {
  const whole = { person, path: 'connected', shows: true, pictureStopped: false, brokenForMs: 0, ...peer } as Peer;
  const { words, advice } = personLine(person, whole, '555-0142', 'open', { path: undefined, me: 'me' });
  return [words, advice];
};

beforeEach(() => {
  speakFromFiles('en');
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => vi.unstubAllGlobals());

it('a first path that is not found in time is said, with the number to call', () => {
  expect(line(ruth({ connection: 'connecting' }), { path: 'connecting' })).toEqual(['Connecting…', undefined]);
  expect(line(ruth({ connection: 'connecting' }), { path: 'connecting', brokenForMs: 1 })).toEqual([
    "Can't connect yet",
    'No path to Ruth Abbott works so far. It goes on trying. Or call 555\u20110142.',
  ]);
});

it('names the buttons as they stand on the other page', () => {
  expect(line(ruth({ microphone: false }))).toEqual(['Microphone off', 'Tell Ruth Abbott: tap Unmute at the bottom.']);
  expect(line(ruth(), { pictureStopped: true })).toEqual(['Picture stopped', 'Tell them: tap Stop video, then Start video, at the bottom.']);
});

it('who was let in while they looked elsewhere is told of as such, not as somebody muted', () => {
  expect(line(ruth({ microphone: false, camera: false }))).toEqual(['Microphone off', 'Ruth Abbott may still have to tap Join now.']);
});
