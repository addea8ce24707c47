// The way from the link to the seat: what the gateway says of the visit, the tap that redeems the link, who the person is.
// What follows (the live part) has its own state.
import { computed, signal } from '@preact/signals';
import { ApiError } from '../core/api';
import { environment, forgetSeat, link, savedSeat, saveSeat } from './link';
import { follow } from './speak';
import * as gateway from './gateway';
import type { JoinState, SeatPage } from './gateway';

export type Place =
  | { at: 'loading' }
  | { at: 'landing' }
  | { at: 'environment' }
  | { at: 'trial' }
  | { at: 'no_link'; superseded: boolean }
  | { at: 'no_answer'; why: Trouble }
  | { at: 'not_kept' }
  | { at: 'who' }
  | { at: 'locked_out' }
  | { at: 'live' };

export type Trouble = 'offline' | 'busy' | 'ours';

export const place = signal<Place>({ at: 'loading' });
export const join = signal<JoinState | undefined>(undefined);
export const seat = signal<SeatPage | undefined>(undefined);
/** The gateway's clock minus ours: a phone's clock may be hours off, the visit's is not. */
const ahead = signal(0);

export const gatewayNow = () => Date.now() + ahead.value;
export const phone = computed(() => join.value?.facility.phone ?? document.getElementById('app')?.dataset['phone'] ?? '');
export const clinic = computed(() => join.value?.facility.name ?? document.getElementById('app')?.dataset['clinic'] ?? '');
/** What a caregiver or an interpreter joins as; `undefined` for the patient. */
export const companion = computed(() => (join.value && join.value.role !== 'patient' ? join.value.role : undefined));
/** Whom the visit is with, once the person may know. */
export const who = computed(() => seat.value?.who ?? undefined);

export async function begin(): Promise<void> {
  const saved = savedSeat();
  if (saved && (await returnTo(saved.seat))) return;
  await lookAgain();
}

/** Asks what the link leads to; nothing happens to the visit by it. */
export async function lookAgain(): Promise<void> {
  if (!link.secret) return void (place.value = { at: 'no_link', superseded: false });
  try {
    take(await gateway.look(link.ref, link.secret));
    if (place.value.at === 'loading' || place.value.at === 'no_answer') {
      place.value = { at: environment.outcome === 'pass' || environment.cause === 'old_browser' ? 'landing' : 'environment' };
    }
  } catch (error) {
    const next = refused(error);
    // Who reads the landing reads on while the network is away.
    if (next.at !== 'no_answer' || place.value.at !== 'landing') place.value = next;
  }
}

/** The tap on Start: takes the seat for this phone. */
export async function start(): Promise<Trouble | undefined> {
  try {
    const state = await gateway.redeem(link.ref, link.secret);
    take(state);
    if (state.seat) await takeSeat(state.seat);
    return undefined;
  } catch (error) {
    const next = refused(error);
    if (next.at === 'no_answer') return next.why;
    place.value = next;
    return undefined;
  }
}

/** What the gateway gave a moment ago and does not know now is not lost there: the phone keeps no cookies. */
async function takeSeat(id: string): Promise<void> {
  try {
    const page = await gateway.seatPage(id);
    saveSeat({ seat: id });
    enter(page);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
    place.value = { at: 'not_kept' };
  }
}

export function enter(page: SeatPage): void {
  seat.value = page;
  take(page.join);
  const done = page.join.state === 'over' || page.join.state === 'cancelled';
  if (done) place.value = { at: 'landing' };
  else if (page.step === 'identify') place.value = { at: 'who' };
  else if (page.step === 'locked_out') place.value = { at: 'locked_out' };
  else place.value = { at: 'live' };
}

/** What the gateway says of the visit and of the help that was asked for. */
export function standsNow(state: JoinState): void {
  ahead.value = state.now - Date.now();
  join.value = state;
}

/** Reads the seat again; `false` when it is no longer this phone's. */
export async function refreshSeat(): Promise<boolean> {
  const id = seat.value?.join.seat ?? savedSeat()?.seat;
  if (!id) return false;
  try {
    const page = await gateway.seatPage(id);
    seat.value = page;
    take(page.join);
    return true;
  } catch (error) {
    return !(error instanceof ApiError && error.status === 404);
  }
}

/** The seat is not ours any more: back to the link. */
export async function startOver(): Promise<void> {
  forgetSeat();
  seat.value = undefined;
  place.value = { at: 'loading' };
  await lookAgain();
}

export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError) || error.code === 'offline') return 'offline';
  return error.status === 429 ? 'busy' : 'ours';
}

async function returnTo(id: string): Promise<boolean> {
  try {
    enter(await gateway.seatPage(id));
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      forgetSeat();
      return false;
    }
    place.value = { at: 'no_answer', why: troubleOf(error) };
    return true;
  }
}

function take(state: JoinState): void {
  ahead.value = state.now - Date.now();
  join.value = state;
  if (state.language) void follow(state.language);
}

function refused(error: unknown): Place {
  if (error instanceof ApiError && error.code === 'link_superseded') return { at: 'no_link', superseded: true };
  if (error instanceof ApiError && error.status === 404) return { at: 'no_link', superseded: false };
  return { at: 'no_answer', why: troubleOf(error) };
}
