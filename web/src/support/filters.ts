// Which rows of the queue a technician looks at: by state, by who has them, by the time to the visit.
import type { DeskState, DeskVisit } from '../staff/model';

export type Span = 'any' | 'hour' | 'today';

export interface Filter {
  state: DeskState | 'all' | 'mine';
  span: Span;
}

export const STATES: readonly DeskState[] = ['needs_help', 'testing_now', 'texted', 'new', 'passed', 'phone_only'];

const HOUR_MS = 60 * 60_000;

/** `today` ends with the clinic's day. */
export function within(visit: DeskVisit, span: Span, now: number, endOfDay: number): boolean {
  if (span === 'any') return true;
  return visit.starts_at < (span === 'hour' ? now + HOUR_MS : endOfDay);
}

export function isMine(visit: DeskVisit, me: string): boolean {
  const state = visit.help?.state;
  return visit.help?.holder?.id === me && (state === 'claimed' || state === 'testing');
}

export function fits(visit: DeskVisit, state: Filter['state'], me: string): boolean {
  if (state === 'all') return true;
  return state === 'mine' ? isMine(visit, me) : visit.state === state;
}

/** How many rows each choice would show. */
export function counts(visits: readonly DeskVisit[], me: string): Record<Filter['state'], number> {
  const count = (state: Filter['state']) => visits.filter((visit) => fits(visit, state, me)).length;
  return {
    all: visits.length,
    mine: count('mine'),
    needs_help: count('needs_help'),
    testing_now: count('testing_now'),
    texted: count('texted'),
    new: count('new'),
    passed: count('passed'),
    phone_only: count('phone_only'),
  };
}
