// The pace on a path that is made of numbers: a bottleneck with a queue, on which a voice is spoken too.
import { describe, expect, it } from 'vitest';
import { Pace } from './pace';

interface Path {
  /** Bytes a millisecond. */
  rate: number;
  /** There and back when nothing waits. */
  tripMs: number;
}

/** Sends as much as the pace allows for so long; gives how long each spoken packet waited, and what arrived. */
function run(path: (at: number) => Path, forMs: number, pace: Pick<Pace, 'window' | 'piece' | 'begins' | 'full' | 'confirmed'> = new Pace()) {
  const flying: { sentAt: number; backAt: number; bytes: number }[] = [];
  const waits: { at: number; ms: number }[] = [];
  let [freeAt, arrived] = [0, 0];
  const through = (now: number, bytes: number) => (freeAt = Math.max(freeAt, now) + bytes / path(now).rate);
  for (let now = 0; now < forMs; now++) {
    if (now % 20 === 0) waits.push({ at: now, ms: through(now, 120) - now });
    for (let next = flying[0]; next && next.backAt <= now; next = flying[0]) {
      flying.shift();
      arrived += next.bytes;
      pace.confirmed(next.sentAt, now);
    }
    const under = () => flying.reduce((sum, { bytes }) => sum + bytes, 0);
    while (flying.length === 0 || under() + pace.piece <= pace.window) {
      if (flying.length === 0) pace.begins(now);
      const bytes = Math.min(15_000, pace.piece);
      flying.push({ sentAt: now, bytes, backAt: through(now, bytes) + path(now).tripMs });
    }
    pace.full();
  }
  const worst = (from: number, to = forMs) => Math.max(...waits.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms));
  return { arrived, worst };
}

const WEAK: Path = { rate: 37.5, tripMs: 60 };
const voice = (WEAK.rate * 1000) / 6_000;

describe('a path of 300 kbit/s', () => {
  it('is used well, and what is spoken waits no longer than a jitter buffer takes', () => {
    const { arrived, worst } = run(() => WEAK, 60_000);
    const share = arrived / 60_000 / (WEAK.rate - voice / 1_000);
    expect(share).toBeGreaterThan(0.75);
    expect(worst(3_000)).toBeLessThan(250);
    expect(worst(0), 'at the beginning too').toBeLessThan(400);
  });

  it('would be full for seconds without a pace', () => {
    const open = { window: 256 * 1024, piece: 15_000, begins: () => undefined, full: () => undefined, confirmed: () => undefined };
    expect(run(() => WEAK, 20_000, open).worst(3_000)).toBeGreaterThan(2_000);
  });

  it('that gets worse in the middle is let go within seconds, and better it is taken up', () => {
    const path = (at: number): Path => (at < 20_000 || at >= 40_000 ? { rate: 250, tripMs: 40 } : { rate: 15, tripMs: 40 });
    const { worst, arrived } = run(path, 60_000);
    expect(worst(25_000, 40_000)).toBeLessThan(400);
    expect(arrived).toBeGreaterThan(0.6 * 250 * 40_000);
  });
});

it('a fast path is not held back', () => {
  const { arrived } = run(() => ({ rate: 2_500, tripMs: 30 }), 20_000);
  expect(arrived / 20_000).toBeGreaterThan(0.8 * 2_500);
});

it('a path that becomes longer is measured again', () => {
  const { arrived } = run((at) => ({ rate: 125, tripMs: at < 20_000 ? 20 : 250 }), 60_000);
  expect(arrived / 60_000).toBeGreaterThan(0.5 * 125);
});
