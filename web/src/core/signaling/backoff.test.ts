import { describe, expect, it } from 'vitest';
import golden from '../../../../signaling/golden/backoff.json?raw';
import { delayBefore } from './backoff';

interface Case {
  tries: number;
  chance: number;
  retry_after_s: number;
  ms: number;
}

describe('delayBefore', () => {
  it('spreads the very first try', () => {
    expect(delayBefore(0, 0)).toBe(50);
    expect(delayBefore(0, 0.999)).toBeGreaterThan(400);
  });

  it('grows to a ceiling that keeps a restart within seconds', () => {
    expect(delayBefore(10, 0.999)).toBeLessThanOrEqual(3_050);
    expect(delayBefore(30, 0.999)).toBeLessThanOrEqual(10_050);
  });

  it('does as the gateway asks, and still spreads', () => {
    expect(delayBefore(0, 0, 4)).toBeGreaterThanOrEqual(4_000);
    expect(delayBefore(0, 0.9, 4) - delayBefore(0, 0, 4)).toBeGreaterThan(300);
  });

  it('is what the crowds of the load and fault tests do', () => {
    for (const { tries, chance, retry_after_s, ms } of JSON.parse(golden) as Case[]) {
      expect(delayBefore(tries, chance, retry_after_s), `try ${tries}`).toBe(ms);
    }
  });
});
