// The live part's own story: the clinical seat, a test call beside it when a technician starts one, and which screen is due.
import { computed, effect, signal } from '@preact/signals';
import type { Readiness } from '../gateway';
import { companion, gatewayNow, who as clinicianOf, seat as page, startOver } from '../journey';
import { savedSeat, saveSeat, type Kept } from '../link';
import { startAsChosen, type Choices } from '../../core/call/own';
import { t } from '../../ui/words';
import { capture, media } from './media';
import { LiveSeat } from './seat';

export type Step = NonNullable<Kept['step']>;

const DAY_MS = 24 * 60 * 60_000;

/** The seat of the link. */
export const main = signal<LiveSeat | undefined>(undefined);
/** The seat in a technician's test call. */
export const test = signal<LiveSeat | undefined>(undefined);
export const testOver = signal(false);
export const step = signal<Step>('before');
/** The page was loaded again half way: what was allowed before need not be asked again. */
export const returned = signal(false);
/** Camera and microphone were asked for on this page, or before it was loaded again: what the person turned off is known. */
export const asked = signal(false);
/** The person hung up; the way back is open for a while. */
export const left = signal(false);

export const who = computed(() => clinicianOf.value ?? t(companion.value ? 'who-fallback-companion' : 'who-fallback'));

export type Place =
  | { at: 'connecting' | 'before' | 'devices' | 'check' | 'waiting' | 'called' | 'call' | 'ended' | 'left' | 'already_open' | 'denied' }
  | { at: 'test_invited' | 'test_waiting' | 'test_call' | 'test_over' }
  | { at: 'closed'; why: NonNullable<LiveSeat['closed']['value']> };

export const place = computed<Place>(() => {
  const seat = main.value;
  if (left.value) return { at: 'left' };
  if (!seat) return { at: 'connecting' };
  if (seat.ended.value) return { at: 'ended' };
  const closed = seat.closed.value;
  if (closed === 'visit_ended') return { at: 'ended' };
  if (closed) return { at: 'closed', why: closed };
  return testPlace() ?? mainPlace(seat);
});

function testPlace(): Place | undefined {
  const seat = test.value;
  if (seat?.inside.value) return { at: 'test_call' };
  if (seat) return { at: 'test_waiting' };
  if (testOver.value) return { at: 'test_over' };
  return main.value?.testCall.value && !main.value.inside.value ? { at: 'test_invited' } : undefined;
}

function mainPlace({ inside, outside, held }: LiveSeat): Place {
  // A page that does not know what the person turned off, since this phone keeps nothing or is another one, turns nothing on by itself.
  if (inside.value) return { at: !asked.value ? 'devices' : held.value ? 'called' : 'call' };
  switch (outside.value?.state) {
    case undefined:
      return { at: 'connecting' };
    case 'waiting':
      return { at: asked.value ? 'waiting' : 'devices' };
    case 'denied':
      return { at: 'denied' };
    case 'already_open':
    case 'takeover_refused':
      return { at: 'already_open' };
    case 'expected':
      // Checked in before: `keepPlace` does it again.
      return { at: step.value === 'waiting' ? 'connecting' : step.value };
  }
}

/** Takes the seat up, as at first so after a reload. */
export function connect(): void {
  const id = page.value?.join.seat ?? savedSeat()?.seat;
  if (!id) return;
  main.value?.stop();
  test.value?.stop();
  test.value = undefined;
  left.value = false;
  const before = savedSeat()?.step ?? 'before';
  returned.value = before !== 'before';
  asked.value ||= before === 'check' || before === 'waiting';
  step.value = before === 'check' ? 'devices' : before;
  const seat = new LiveSeat(id, page.value?.visit, {
    busy: () => test.value !== undefined,
    // Who was not asked yet on this page is first.
    videoAgain: () => void (asked.value && restoreDevices()),
  });
  seat.testCall.value = page.value?.test_call ?? undefined;
  seat.startAs(ownVerdict());
  main.value = seat;
}

/** A check of another phone, or of another day, says nothing about this call. */
function ownVerdict(): Readiness | undefined {
  const known = page.value?.readiness;
  const fresh = known?.at != null && gatewayNow() - known.at < DAY_MS;
  return known && fresh && !known.another_phone ? known : undefined;
}

export function goTo(next: Step): void {
  returned.value = false;
  asked.value ||= next === 'check';
  cameTo(next);
}

function cameTo(next: Step): void {
  step.value = next;
  const seat = main.value;
  if (seat) saveSeat({ seat: seat.id, step: next });
}

export async function checkIn(): Promise<void> {
  const answer = await main.value?.checkIn();
  if (answer?.done) cameTo('waiting');
}

/** Who had checked in and was away for so long that the place went, as under a locked screen, has it again once they look. */
export async function keepPlace(): Promise<void> {
  const seat = main.value;
  if (seat?.outside.value?.state !== 'expected' || step.value !== 'waiting' || document.visibilityState === 'hidden') return;
  const { done } = await seat.checkIn();
  if (!done) cameTo('check');
}

export async function leave(): Promise<void> {
  const seat = test.value ?? main.value;
  await seat?.leave();
  mute(false);
  if (test.value) return finishTest();
  left.value = true;
  // A page loaded again does not go back by itself to what the person left.
  cameTo('before');
}

/** Back into the visit: to the waiting room, with the devices that were on. */
export async function rejoin(): Promise<void> {
  cameTo('waiting');
  connect();
  await restoreDevices();
}

export function joinTest(): void {
  const invite = main.value?.testCall.value;
  if (!invite || !main.value) return;
  main.value.testCall.value = undefined;
  asked.value = true;
  const seat = new LiveSeat(invite.seat, invite.visit);
  test.value = seat;
  let said = false;
  const stop = effect(() => {
    if (seat.outside.value?.state === 'expected' && !said) {
      said = true;
      void seat.checkIn();
    }
    if (seat.ended.value || seat.closed.value) queueMicrotask(finishTest);
    if (seat.closed.value) queueMicrotask(() => stop());
  });
}

/** The clinician is ready before the technician is done: straight into the visit. */
export async function leaveTestForVisit(): Promise<void> {
  await test.value?.leave();
  finishTest();
  testOver.value = false;
  main.value?.release();
}

function finishTest(): void {
  const seat = test.value;
  if (!seat) return;
  test.value = undefined;
  testOver.value = true;
  if (!seat.closed.value) seat.stop();
}

export const declineTest = () => {
  if (main.value) main.value.testCall.value = undefined;
};
export const leaveTestBehind = () => {
  testOver.value = false;
};

export async function lost(): Promise<void> {
  main.value = undefined;
  await startOver();
}

/** Turns on what was on before a reload or the telephone; a phone that has to ask again asks here. */
export async function restoreDevices(): Promise<void> {
  if (media.value.microphone || media.value.camera) return;
  await startAsChosen(capture, savedSeat() ?? {});
}

export async function turnCamera(off: boolean): Promise<void> {
  const seat = test.value ?? main.value;
  if (seat && !off) await chooseSoundOnly(seat, false);
  remember({ cameraOff: off });
  await capture.setCameraOff(off);
}

export function mute(muted: boolean): void {
  remember({ muted });
  capture.setMuted(muted);
}

/** **Sound only**, or pictures again. */
export async function chooseSoundOnly(seat: LiveSeat, on: boolean): Promise<void> {
  remember({ soundOnly: on });
  await seat.setSoundOnly(on);
}

/** Keeps a choice over a reload, for this visit. */
export function remember(choice: Choices): void {
  const seat = main.value?.id ?? savedSeat()?.seat;
  if (seat) saveSeat({ seat, ...choice });
}
