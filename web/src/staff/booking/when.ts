// A chosen start in the facility's zone: what was typed, whether the clock has it, and what to send.
import { readings, type Reading } from '../../ui/time';

export interface When {
  date: string;
  time: string;
  /** The offset chosen on the night when the hour comes twice. */
  offset?: string | undefined;
}

export type Checked =
  | { state: 'incomplete' }
  | { state: 'impossible' }
  | { state: 'ambiguous'; readings: Reading[] }
  | { state: 'past' }
  | { state: 'right'; startsAt: string; at: number };

export function checkWhen(when: When, zone: string, now: number): Checked {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(when.date) || !/^\d{2}:\d{2}$/.test(when.time)) return { state: 'incomplete' };
  const wall = `${when.date}T${when.time}`;
  const found = readings(wall, zone);
  const [first, second] = found;
  if (!first) return { state: 'impossible' };
  const meant = second ? found.find((reading) => reading.offset === when.offset) : first;
  if (!meant) return { state: 'ambiguous', readings: found };
  if (meant.at < now) return { state: 'past' };
  return { state: 'right', startsAt: second ? `${wall}${meant.offset}` : wall, at: meant.at };
}
