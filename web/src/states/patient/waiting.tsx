// The waiting room, another phone, a technician's test call.
import type { Outside } from '../../generated/signaling';
import { LiveSeat } from '../../patient/live/seat';
import { AlreadyOpen, HandOver } from '../../patient/live/screens/second-phone';
import { TestInvited, TestOver, TestWaiting } from '../../patient/live/screens/test-call';
import { Called, Waiting } from '../../patient/live/screens/waiting';
import type { State } from '../catalogue';
import { cameraOn, live, tap } from './facts';

function outside(here: LiveSeat, change: Partial<Outside>): LiveSeat {
  here.outside.value = { state: 'waiting', late_minutes: 0, staff_present: true, ...change };
  return here;
}

interface How {
  change?: Partial<Outside>;
  role?: 'interpreter';
  offline?: boolean;
  camera?: boolean;
}

function room(name: string, { change = {}, role, offline, camera = true }: How = {}): State {
  const draw = () => {
    const here = outside(live(role), change);
    if (offline) here.status.value = 'reconnecting';
    if (camera) cameraOn();
    return <Waiting />;
  };
  return { name: `waiting ${name}`, draw };
}

const other = (name: string, state: Outside['state'], then?: () => Promise<void>): State => ({
  name: `another phone ${name}`,
  draw: () => (outside(live(), { state }), (<AlreadyOpen />)),
  ...(then ? { then } : {}),
});

const simple = (name: string, Screen: () => preact.JSX.Element): State => ({ name, draw: () => (outside(live(), {}), cameraOn(), (<Screen />)) });

export const waiting: readonly State[] = [
  room('expected'),
  room('nobody there yet', { change: { staff_present: false } }),
  room('running late', { change: { late_minutes: 15 } }),
  room('with a text to ask for', { change: { text_me: false } }),
  room('with a text asked for', { change: { text_me: true, late_minutes: 20 } }),
  room('without internet', { offline: true }),
  room('without internet, a text asked for', { offline: true, change: { text_me: true } }),
  room('without camera', { camera: false }),
  room('as an interpreter', { role: 'interpreter', change: { late_minutes: 10 } }),
  simple('called', Called),
  other('has the visit', 'already_open'),
  other('is asked', 'already_open', async () => {
    // The answer to the question never comes here.
    await tap('.button.main');
  }),
  other('said no', 'takeover_refused'),
  { name: 'another phone asks for the place', draw: () => (outside(live(), {}), (<><Waiting /><HandOver /></>)) },
  simple('test call invited', TestInvited),
  simple('test call waiting', TestWaiting),
  simple('test call over', TestOver),
];
