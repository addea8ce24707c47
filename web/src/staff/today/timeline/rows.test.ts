import { describe, expect, it } from 'vitest';
import { speakFromFiles } from '../../catalogue.testing';
import type { Timeline } from '../../model';
import { rows, stretches } from './rows';
import { span, ticks } from './span';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const point = (at: number, level: 'good' | 'weak', points: number, cause?: string) => ({
  at, level, points, ...(cause ? { cause, side: 'p', loss_permille: 120, round_trip_ms: 80 } : {}),
});

const timeline: Timeline = {
  people: [
    { seat: 'p', role: 'patient', name: 'Maria Santos' },
    { seat: 'c', role: 'clinician', name: 'Dr. Lee' },
  ],
  steps: [
    { at: 0, kind: 'verdict', what: 'low_video', seat: 'p', detail: 'slow_internet' },
    { at: 20 * HOUR, kind: 'join', what: 'seat.checked_in', seat: 'p' },
    { at: 20 * HOUR + MINUTE, kind: 'join', what: 'seat.admitted', seat: 'p' },
    { at: 20 * HOUR + 2 * MINUTE, kind: 'call', what: 'picture_paused', seat: 'p' },
  ],
  paths: [
    {
      between: ['c', 'p'],
      points: [point(20 * HOUR + MINUTE, 'good', 92), point(20 * HOUR + 2 * MINUTE, 'weak', 30, 'loss'), point(20 * HOUR + 3 * MINUTE, 'weak', 22, 'loss'), point(20 * HOUR + 4 * MINUTE, 'good', 88)],
    },
  ],
};

describe('a timeline in words', () => {
  it('says who, what, how the path was and what the clinician was given to say', () => {
    speakFromFiles('en');
    const all = rows(timeline);
    expect(all.map(({ who }) => who)).toEqual(['Maria Santos', 'Maria Santos', 'Maria Santos', 'Dr. Lee and Maria Santos', 'Maria Santos', 'Dr. Lee and Maria Santos', 'Dr. Lee and Maria Santos']);
    expect(all[0]!.words).toContain('Quick check: Video works and may be fuzzy.');
    expect(all[5]!.words).toBe('Weak connection · some of it lost from Maria Santos · there and back in 80 ms, 12 % lost');
    expect(all[5]!.told).toBe('Dr. Lee read: Ask Maria to move closer to the Wi-Fi.');
  });

  it('has a word for everything that can happen, in both languages', () => {
    const happenings = ['stall', 'path_changed', 'call_rebuilt', 'path_back', 'picture_paused', 'picture_back', 'sound_only', 'sound_only_by_hand', 'picture_by_hand', 'interrupted', 'resumed', 'capture_restarted', 'microphone_silent', 'microphone_back', 'camera_frozen', 'camera_dark', 'camera_back', 'tap_to_hear', 'phone_asked', 'phone_continued'];
    for (const language of ['en', 'es'] as const) {
      speakFromFiles(language);
      const steps = happenings.map((what, at) => ({ at, kind: 'call' as const, what, seat: 'p' }));
      for (const row of rows({ ...timeline, steps, paths: [] })) expect(row.words, row.words).not.toMatch(/^[a-z_]+$/);
    }
  });

  it('makes one stretch of what was alike, with its worst moment', () => {
    const found = stretches(timeline.paths[0]!.points);
    expect(found.map(({ level, worst }) => [level, worst.points])).toEqual([['good', 92], ['weak', 22], ['good', 88]]);
  });
});

it('draws the call and not the day before it, with a few whole minutes', () => {
  const shown = span(timeline);
  expect(shown).toEqual({ from: 20 * HOUR, until: 20 * HOUR + 4 * MINUTE });
  expect(ticks(shown)).toEqual([0, 1, 2, 3, 4].map((minutes) => 20 * HOUR + minutes * MINUTE));
});
