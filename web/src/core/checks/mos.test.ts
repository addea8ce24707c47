import { describe, expect, it } from 'vitest';
import { delayImpairment, lossImpairment, mos, soundScore } from './mos';

describe('the E-model against its published values', () => {
  it.each([
    [93.2, 4.41],
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('R %f is MOS %f (G.107 table B.1 and the default of clause 7.7)', (r, expected) => expect(mos(r)).toBeCloseTo(expected, 1.9));

  it('keeps its ends', () => {
    expect([mos(-5), mos(0), mos(100), mos(120)]).toEqual([1, 1, 4.5, 4.5]);
  });

  it.each([
    [100, 0],
    [150, 0.2],
    [200, 3],
    [300, 14.8],
    [400, 24.1],
  ])('%i ms one way cost %f (G.107 formula 7-27)', (ms, expected) => expect(delayImpairment(ms)).toBeCloseTo(expected, 0.9));

  it.each([
    [0, 0],
    [0.01, 3.6],
    [0.05, 15.8],
    [0.1, 27.1],
  ])('loss of %f costs %f with concealment (G.107 formula 7-29, G.113 appendix I)', (loss, expected) => expect(lossImpairment(loss)).toBeCloseTo(expected, 1));

  it('is good on a good path and falls with each trouble', () => {
    const good = { roundTripMs: 40, jitterMs: 5, loss: 0 };
    expect(soundScore(good)).toBeGreaterThan(4.3);
    expect(soundScore({ ...good, loss: 0.1 })).toBeLessThan(3.6);
    expect(soundScore({ ...good, roundTripMs: 1_200 })).toBeLessThan(3);
    expect(soundScore({ ...good, jitterMs: 150 })).toBeLessThan(soundScore({ ...good, jitterMs: 20 }));
  });
});
