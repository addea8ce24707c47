// Where a chart's points go: round numbers on the axis, time along it, and labels that do not sit on each other. Pure.
import type { Flag, Reference } from '../../../core/records/content';

/** What a chart draws: one line or more over the same days. */
export interface Plot {
  at: readonly string[];
  lines: readonly { name: string; values: readonly number[] }[];
  flags: readonly (Flag | null)[];
  reference: Reference;
  /** Each point in words. */
  each: readonly string[];
  /** The same in words, for who does not see it. */
  said: string;
}

export interface Scale {
  /** The axis' ends, round numbers. */
  bottom: number;
  top: number;
  ticks: readonly number[];
  /** Share of the height from below, and of the width from the left, 0 to 1. */
  y(value: number): number;
  x(at: string): number;
}

const TICKS = 4;

export function scaleOf({ at, lines, reference }: Pick<Plot, 'at' | 'lines' | 'reference'>): Scale {
  const values = lines.flatMap((line) => line.values);
  for (const edge of [reference.low, reference.high]) if (edge !== undefined) values.push(edge);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const step = roundStep((highest - lowest || Math.abs(highest) || 1) / TICKS);
  const bottom = Math.floor(lowest / step) * step;
  const top = Math.max(Math.ceil(highest / step) * step, bottom + step);
  const ticks = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, i) => Number((bottom + i * step).toPrecision(12)));
  const times = at.map((day) => Date.parse(day));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return {
    bottom,
    top,
    ticks,
    y: (value) => (value - bottom) / (top - bottom),
    x: (day) => (last > first ? (Date.parse(day) - first) / (last - first) : 0.5),
  };
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return (share > 5 ? 10 : share > 2 ? 5 : share > 1 ? 2 : 1) * power;
}

const LABELS = 6;

/** Which points carry their value: the newest and the oldest always, the others only while there is room. */
export function labelled(count: number): (index: number) => boolean {
  if (count <= LABELS) return () => true;
  const every = Math.ceil((count - 1) / (LABELS - 1));
  return (index) => index === 0 || index === count - 1 || (index % every === 0 && count - 1 - index >= every);
}
