// Who is signed in at this page, and the clock of their facility.
import { computed, effect, signal } from '@preact/signals';
import * as api from './api';
import type { Facility, Me } from './model';

export type Session = { state: 'asking' } | { state: 'unreachable' } | { state: 'nobody'; ended: boolean } | { state: 'here'; me: Me };

export const session = signal<Session>({ state: 'asking' });

/** How far the gateway's clock is ahead of this computer's. */
const ahead = signal(0);
/** Now by the gateway's clock; moves on so that ages on the page stay true. */
export const now = signal(Date.now());

export const facility = computed<Facility | null>(() => (session.value.state === 'here' ? session.value.me.facility : null));

const TICK_MS = 10_000;

export function startClock() {
  const tick = () => (now.value = Date.now() + ahead.peek());
  tick();
  setInterval(tick, TICK_MS);
  document.addEventListener('visibilitychange', tick);
}

export function setClock(serverNow: number) {
  ahead.value = serverNow - Date.now();
  now.value = serverNow;
}

export async function resumeSession() {
  session.value = { state: 'asking' };
  try {
    session.value = { state: 'here', me: await api.me() };
  } catch (error) {
    const unknown = error instanceof api.ApiError && error.status === 401;
    session.value = unknown ? { state: 'nobody', ended: false } : { state: 'unreachable' };
  }
}

export async function signIn(login: string, password: string) {
  session.value = { state: 'here', me: await api.signIn(login, password) };
}

export async function signOut(everywhere: boolean) {
  await (everywhere ? api.signOutEverywhere() : api.signOut());
  session.value = { state: 'nobody', ended: false };
}

export function facilityChanged(changed: Facility) {
  if (session.value.state === 'here') session.value = { state: 'here', me: { ...session.value.me, facility: changed } };
}

/** A session that ran out in the middle of work says so on the sign-in page. */
let heard = 0;
effect(() => {
  const times = api.signedOutTimes.value;
  if (times === heard) return;
  heard = times;
  if (session.peek().state === 'here') session.value = { state: 'nobody', ended: true };
});
