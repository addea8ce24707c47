import { describe, expect, it } from 'vitest';
import type { PathNumbers } from '../../generated/signaling';
import { measured, pathBetween, PathReporter, withPath, type Look } from './quality';

const EVERY_MS = 500;
const nothing = { answers: 0, soundPlayed: 0, soundMadeUp: 0, own: {} };

/** Looks twice a second at a talk that goes well; `change` bends what is seen at each. */
function looks(count: number, change: (look: Look, index: number) => void = () => undefined): Look[] {
  return Array.from({ length: count }, (_, index) => {
    const stats = { received: 100 + index * 50, lost: 0, framesDecoded: 30 + index * 7, roundTripMs: 41.6, jitterMs: 4.4, remoteLoss: 0, soundEnergy: index, availableOutgoing: 900_000, ...nothing };
    const look: Look = { at: index * EVERY_MS, path: 'connected', stats, theirPicture: true, ourPicture: true };
    change(look, index);
    return look;
  });
}

describe('what a page tells of its path', () => {
  it('is whole numbers and shares of the last five seconds', () => {
    const all = looks(11, ({ stats }, index) => {
      stats.lost = index * 5;
      stats.remoteLoss = index % 2 ? 0.1 : 0;
    });
    expect(measured(all)).toEqual({
      lost: false, round_trip_ms: 42, jitter_ms: 4, loss_in: 0.091, loss_out: 0.05, out_kbps: 900, frame_rate: 14, frozen: 0, sound: true,
    });
  });

  it('leaves out what nobody could see: no picture, nothing sent, too few packets', () => {
    const all = looks(11, (look, index) => {
      look.theirPicture = index < 3;
      look.ourPicture = false;
      look.stats = { received: index, lost: 0, ...nothing };
    });
    expect(measured(all)).toEqual({ lost: false });
  });

  it('says how long the picture stood and that nothing was heard', () => {
    const all = looks(11, ({ stats }, index) => {
      stats.framesDecoded = 30 + Math.min(index, 5) * 7;
      stats.soundEnergy = 3;
    });
    expect(measured(all)).toMatchObject({ frozen: 0.5, frame_rate: 7, sound: false });
  });

  it('comes every five seconds, at once when the path is lost and found, and not before there is one', () => {
    const told: [number, PathNumbers][] = [];
    let now = 0;
    const reporter = new PathReporter((numbers) => told.push([now, numbers]));
    for (const look of looks(60)) {
      now = look.at;
      if (now < 2_000) look.path = 'connecting';
      if (now >= 9_000 && now < 16_000) look.path = 'reconnecting';
      reporter.look(look);
    }
    expect(told.map(([at, { lost }]) => [at, lost])).toEqual([
      [7_000, false], [9_000, true], [14_000, true], [16_000, false], [21_000, false], [26_000, false],
    ]);
    expect(told[3]![1], 'found again, and nothing measured yet').toEqual({ lost: false });
  });

  it('counts from nothing on a new connection', () => {
    const told: PathNumbers[] = [];
    const reporter = new PathReporter((numbers) => told.push(numbers));
    for (const look of looks(20)) {
      if (look.at >= 3_000) look.stats.received -= 100 + 6 * 50;
      reporter.look(look);
    }
    expect(told).toHaveLength(1);
    expect(told[0]!.loss_in).toBe(0);
  });
});

it('keeps the newest word on each path', () => {
  const between = (a: string, b: string, level: 'good' | 'weak') => ({ between: [a, b] as [string, string], level });
  const paths = withPath(withPath([between('a', 'b', 'good')], between('a', 'c', 'good')), between('a', 'b', 'weak'));
  expect(paths).toHaveLength(2);
  expect(pathBetween(paths, 'b', 'a')?.level).toBe('weak');
  expect(pathBetween(paths, 'b', 'c')).toBeUndefined();
});
