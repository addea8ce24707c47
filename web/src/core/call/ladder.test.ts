import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ladder, STEPS, type Sample, type Step } from './ladder';

const LOOK_MS = 500;
const thin = { available: 60_000 };
const lossy = { lossUp: 0.3, lossDown: 0.3 };
const broken = { ...lossy, madeUp: 0.4 };
const well = { available: 700_000, lossUp: 0.01, lossDown: 0.01, madeUp: 0 };

/** Samples twice a second for so long, and when which step was taken. */
class Story {
  readonly ladder: Ladder;
  at = 0;
  taken: string[] = [];

  constructor(first?: Step) {
    this.ladder = new Ladder(first);
  }

  goes(seconds: number, weather: Omit<Sample, 'at'>): this {
    for (const end = this.at + seconds * 1000; this.at < end; this.at += LOOK_MS) {
      const before = this.ladder.step;
      const now = this.ladder.judge({ at: this.at, ...weather });
      if (now !== before) this.taken.push(`${this.at / 1000}s ${now}`);
    }
    return this;
  }
}

describe('the ladder', () => {
  it('leaves a good path alone', () => {
    expect(new Story().goes(120, well).taken).toEqual([]);
  });

  it('gives up the own picture first, then theirs, then it offers the telephone', () => {
    expect(new Story().goes(40, broken).taken).toEqual(['5s own_paused', '10s none', '20s phone']);
  });

  it('goes no further than it must: on a thin way up the own picture is all', () => {
    expect(new Story().goes(6, thin).goes(10, { lossUp: 0.1 }).taken).toEqual(['5s own_paused']);
  });

  it('comes back after twenty good seconds, one step at a time', () => {
    const story = new Story().goes(11, broken).goes(60, well);
    expect(story.taken).toEqual(['5s own_paused', '10s none', '31s own_paused', '51s both']);
  });

  it('waits twice as long where the picture came back too early, and as before once it has held', () => {
    const story = new Story().goes(6, thin).goes(20, well).goes(6, thin);
    expect(story.taken).toEqual(['5s own_paused', '25.5s both', '31s own_paused']);
    story.goes(39, well);
    expect(story.taken).toHaveLength(3);
    story.goes(2, well);
    expect(story.taken.at(-1)).toBe('71.5s both');
    story.goes(60, well).goes(6, thin).goes(21, well);
    expect(story.taken.slice(4)).toEqual(['138s own_paused', '158.5s both']);
  });

  it('does not hold against a path what was lost while it was away', () => {
    const story = new Story().goes(10, well);
    story.ladder.pathIsBack(story.at);
    expect(story.goes(5.5, lossy).goes(20, well).taken).toEqual([]);
    story.ladder.pathIsBack(story.at);
    expect(story.goes(12, lossy).taken, 'but what is lost from then on').toEqual(['46.5s own_paused']);
  });

  it('begins lower where the check found too little, and tries after a while', () => {
    expect(new Story('own_paused').goes(30, well).taken).toEqual(['20s both']);
  });

  it('is not moved by one bad moment, nor by an estimate while no picture is sent', () => {
    const story = new Story();
    for (let n = 0; n < 10; n++) story.goes(4, broken).goes(1, well);
    expect(story.taken).toEqual([]);
    expect(new Story('own_paused').goes(25, { ...well, available: 30_000 }).taken).toEqual(['20s both']);
  });

  it('does not take sleep for bad weather: what was bad before and after has to last anew', () => {
    const ladder = new Ladder();
    ladder.judge({ at: 0, ...broken });
    ladder.judge({ at: 60_000, ...broken });
    expect(ladder.step).toBe('both');
  });

  it('starts again from the top when the person asks for pictures', () => {
    const story = new Story().goes(25, broken);
    story.ladder.reset();
    expect(story.ladder.step).toBe('both');
    expect(story.goes(4, broken).ladder.step).toBe('both');
  });
});

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
const sample = fc.record(
  { after: fc.integer({ min: 1, max: 2_000 }), available: fc.integer({ min: 0, max: 2_000_000 }), lossUp: share, lossDown: share, madeUp: share },
  { requiredKeys: ['after'] },
);

describe('whatever the weather', () => {
  const walk = (samples: { after: number }[], look: (before: number, now: number, at: number) => void) => {
    const ladder = new Ladder();
    let at = 0;
    for (const { after, ...weather } of samples) {
      at += after;
      const before = STEPS.indexOf(ladder.step);
      look(before, STEPS.indexOf(ladder.judge({ at, ...weather } as Sample)), at);
    }
  };

  it('it moves one step at a time, and no faster than it says', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 400 }), (samples) => {
        let moved = 0;
        walk(samples, (before, now, at) => {
          expect(Math.abs(now - before)).toBeLessThanOrEqual(1);
          if (now === before) return;
          expect(at - moved).toBeGreaterThanOrEqual(now > before ? 5_000 : 20_000);
          moved = at;
        });
      }),
    );
  });

  it('after it, good weather brings everything back', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 200 }), (samples) => {
        const after = Array.from({ length: 800 }, () => ({ after: 500, ...well }));
        let last = -1;
        walk([...samples, ...after], (_, now) => (last = now));
        expect(last).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
