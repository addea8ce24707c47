// The patient's visit as every state of the catalogue begins: a visit with Dr. Lee at half past two, the phone at hand.
import type { Peer } from '../../core/call/call';
import type { Person, Role } from '../../generated/signaling';
import type { JoinState, SeatPage } from '../../patient/gateway';
import { join, place, seat, standsNow } from '../../patient/journey';
import { media } from '../../patient/live/media';
import { LiveSeat } from '../../patient/live/seat';
import { left, main, returned, step, test, testOver } from '../../patient/live/visit';
import { run } from '../../patient/live/check-run';
import { drawnCamera, nothingSpecial, quietMicrophone } from '../outside';

export const MINUTE = 60_000;
/** Half past two in Los Angeles, where the catalogue's clock stands at quarter past. */
export const STARTS = Date.UTC(2026, 2, 10, 21, 30);
const NOW = STARTS - 15 * MINUTE;

export const FACILITY = { name: 'Riverside Clinic', phone: '555-0100', time_zone: 'America/Los_Angeles', emergency_number: '911', languages: ['en', 'es'] } satisfies JoinState['facility'];

const camera = drawnCamera(200).getVideoTracks()[0]!;
const microphone = quietMicrophone();
export const theirs = drawnCamera(30);
export const another = drawnCamera(120);

/** What the gateway says of the link. */
export function joined(change: Partial<JoinState> = {}): void {
  standsNow({ state: 'open', role: 'patient', kind: 'clinical', facility: FACILITY, starts_at: STARTS, ends_at: STARTS + 15 * MINUTE, opens_at: STARTS - 30 * MINUTE, now: NOW, moved: false, ...change });
}

export function seated(change: Partial<SeatPage> = {}): void {
  if (join.value) seat.value = { join: { ...join.value, seat: 'mine' }, step: 'ready', visit: 'visit', who: 'Dr. Lee', ...change };
}

/** A live seat whose line is up and never says anything. */
export function live(role: Role = 'patient'): LiveSeat {
  joined({ role });
  seated(role === 'patient' ? {} : { who: null });
  place.value = { at: 'live' };
  const here = new LiveSeat('mine', 'visit');
  here.status.value = 'open';
  Object.defineProperty(here, 'isPatient', { value: role === 'patient' });
  main.value = here;
  return here;
}

export function person(seatId: string, role: Role, name: string, change: Partial<Person['media']> = {}): Person {
  return { seat: seatId, role, name, presence: 'here', media: { camera: true, microphone: true, connection: 'good', ...change } };
}

export function peer(who: Person, change: Partial<Peer> = {}): Peer {
  return { person: who, stream: who.role === 'clinician' ? theirs : another, path: 'connected', shows: true, pictureStopped: false, brokenForMs: 0, ...change };
}

export function cameraOn(): void {
  media.value = { camera, microphone, muted: false, cameraOff: false, facing: 'user' };
}

export function clear(): void {
  nothingSpecial();
  main.value?.stop();
  for (const gone of [main, test, seat, join, run]) gone.value = undefined;
  testOver.value = left.value = returned.value = false;
  step.value = 'before';
  place.value = { at: 'landing' };
  media.value = { camera: null, microphone: null, muted: false, cameraOff: false, facing: 'user' };
  sessionStorage.clear();
}

/** Presses the button that stands first, as the person would. */
export async function tap(selector: string): Promise<void> {
  const control = document.querySelector<HTMLElement>(selector);
  if (!control) throw new Error(`nothing to tap: ${selector}`);
  control.click();
}
