import { describe, expect, it } from 'vitest';
import { labelled, scaleOf } from './scale';

const plot = (values: number[], reference = {}, second?: number[]) => ({
  at: values.map((_, i) => `2026-0${i + 1}-01`),
  lines: [{ name: '', values }, ...(second ? [{ name: '', values: second }] : [])],
  reference,
});

describe('scaleOf', () => {
  it('has round ticks around all points and the normal band', () => {
    const { bottom, top, ticks } = scaleOf(plot([7.2, 8.1, 9.4], { low: 4, high: 5.6 }));
    expect(bottom).toBeLessThanOrEqual(4);
    expect(top).toBeGreaterThanOrEqual(9.4);
    expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
  });

  it('has room for every line', () => {
    const { bottom, top } = scaleOf(plot([128, 142], {}, [74, 88]));
    expect(bottom).toBeLessThanOrEqual(74);
    expect(top).toBeGreaterThanOrEqual(142);
  });

  it('stands on one point, and on equal ones', () => {
    for (const values of [[5], [5, 5, 5], [0]]) {
      const { x, y, bottom, top } = scaleOf(plot(values));
      expect(top).toBeGreaterThan(bottom);
      expect(y(values[0] as number)).toBeGreaterThanOrEqual(0);
      expect(x('2026-01-01')).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('labelled', () => {
  it('always labels the first and the newest', () => {
    const shown = labelled(20);
    const indices = Array.from({ length: 20 }, (_, i) => i).filter(shown);
    expect(indices[0]).toBe(0);
    expect(indices.at(-1)).toBe(19);
    expect(indices.length).toBeLessThanOrEqual(7);
  });
});
