// From when to when the timeline is drawn. Pure.
import type { Timeline } from '../../model';

export interface Span {
  from: number;
  until: number;
}

const MINUTE_MS = 60_000;
/** What was earlier than so long before the waiting room stands at the edge: a check of the day before must not flatten the call. */
const BEFORE_MS = 20 * MINUTE_MS;
const LEAST_MS = 2 * MINUTE_MS;

export function span({ steps, paths }: Timeline): Span {
  const measured = paths.flatMap(({ points }) => points.map(({ at }) => at));
  const inside = steps.filter(({ kind, what }) => kind === 'call' || what === 'seat.checked_in' || what === 'seat.admitted');
  const all = [...steps.map(({ at }) => at), ...measured];
  const first = Math.min(...(inside.length + measured.length > 0 ? [...inside.map(({ at }) => at), ...measured] : all));
  const from = Math.min(...all.filter((at) => at >= first - BEFORE_MS));
  return { from, until: Math.max(from + LEAST_MS, ...all) };
}

const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120];

/** Whole minutes, four at most. */
export function ticks({ from, until }: Span): number[] {
  const every = (STEPS_MIN.find((minutes) => (until - from) / (minutes * MINUTE_MS) <= 4) ?? 240) * MINUTE_MS;
  const first = Math.ceil(from / every) * every;
  return Array.from({ length: Math.floor((until - first) / every) + 1 }, (_, at) => first + at * every);
}
