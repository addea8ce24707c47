// Which rows of the queue a technician looks at: by clinic, by state, by who has them, by the time to the visit.
import { signal } from '@preact/signals';
import type { DeskFacility, DeskState, DeskVisit } from '../staff/model';

export type Span = 'any' | 'hour' | 'today';

export interface Filter {
  /** The id of one that is served, or `all`. */
  facility: string;
  state: DeskState | 'all' | 'mine';
  span: Span;
}

export const STATES: readonly DeskState[] = ['needs_help', 'testing_now', 'texted', 'new', 'passed', 'phone_only'];

const EVERYTHING: Filter = { facility: 'all', state: 'all', span: 'any' };

/** What was chosen stays while the window is open, wherever in the pages one goes. */
export const filter = signal(EVERYTHING);

export const isNarrowed = (chosen: Filter) => chosen.facility !== 'all' || chosen.state !== 'all' || chosen.span !== 'any';

/** A clinic that is not served any more, or was chosen by whoever sat here before, narrows nothing. */
export function servedFacility(chosen: string, served: readonly DeskFacility[]): string {
  return served.some(({ id }) => id === chosen) ? chosen : 'all';
}

const HOUR_MS = 60 * 60_000;

export const inFacility = (visit: DeskVisit, facility: string) => facility === 'all' || visit.facility.id === facility;

/** `today` ends with the day of the visit's clinic. */
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
