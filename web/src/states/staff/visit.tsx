// The live visit as staff see it: the door, the call, and its ends.
import { signal } from '@preact/signals';
import type { Peer } from '../../core/call/call';
import type { PathCause, PathLevel, Person, Role, WaitingPerson } from '../../generated/signaling';
import { LiveVisit } from '../../staff/visit/live';
import type { Kind } from '../../core/devices/causes';
import type { VisitMedia } from '../../staff/visit/media';
import { LiveView } from '../../staff/visit/live-view';
import { RecordPanel } from '../../staff/visit/record-panel';
import { NOWHERE, type RoomState } from '../../staff/visit/room-state';
import { StatusRegion } from '../../ui/status';
import { drawn, type State } from '../catalogue';
import { drawnCamera, soundWaitsForATap } from '../outside';
import { answers, DAY, NOW, signedIn, tap } from './facts';
import { RECORD } from './record-list';

const VISIT = DAY.find(({ id }) => id === 'waits')!;
const theirs = drawnCamera(30);

function person(seat: string, role: Role, name: string, change: Partial<Person['media']> = {}): Person {
  return { seat, role, name, presence: 'here', media: { camera: true, microphone: true, connection: 'good', ...change } };
}

export const ME = person('me', 'clinician', 'Dr. Priya Patel');
export const PATIENT = person('s-waits', 'patient', 'Ruth Abbott');
const DARK = person('s-waits', 'patient', 'Ruth Abbott', { trouble: 'camera_dark' });
export const INTERPRETER = person('i-waits', 'interpreter', 'Ana Gómez', { camera: false });

const atDoor = (change: Partial<WaitingPerson> = {}): WaitingPerson => ({ seat: 's-waits', role: 'patient', name: 'Ruth Abbott', state: 'waiting', since_ms: NOW - 4 * 60_000, screen: 'waiting', takeover_asked: false, text_me: false, ...change });

const ROOM: RoomState = { ...NOWHERE, place: 'inside', seat: 'me', may: ['keep_the_door', 'running_late', 'end_for_everyone', 'show_record'], people: [ME] };
export const CALL: Partial<RoomState> = { people: [ME, PATIENT] };

export const peer = (who: Person, change: Partial<Peer> = {}): Peer => ({ person: who, stream: theirs, path: 'connected', shows: true, pictureStopped: false, brokenForMs: 0, ...change });

interface How {
  room?: Partial<RoomState>;
  peers?: Peer[];
  /** What the gateway answers below the visit's own address. */
  known?: Record<string, unknown>;
  change?(live: LiveVisit): void;
  then?(): Promise<void>;
}

export function visitView(name: string, { room = {}, peers = [], known = {}, change, then = drawn }: How = {}): State {
  const draw = () => {
    answers({ ...known, '/visits/waits/record': known['/visits/waits/record'] ?? RECORD });
    signedIn('clinician', 'visit/waits');
    const live = new LiveVisit('waits');
    live.room.value = { ...ROOM, ...room };
    live.line.value = 'open';
    live.peers.value = peers;
    change?.(live);
    return (
      <div class="staff">
        <LiveView
          live={live}
          title={VISIT.patient.name}
          known={{ name: VISIT.patient.name, born: VISIT.patient.born }}
          readiness={() => VISIT.readiness}
          startsAt={NOW}
          zone="America/Los_Angeles"
          phone={VISIT.patient.phone}
          back={{ words: 'Today', go: () => undefined }}
          panel={(people) => <RecordPanel live={live} visit={VISIT} people={people} />}
        />
        <StatusRegion />
      </div>
    );
  };
  return { name: `visit ${name}`, draw, then };
}

/** The patient, with what they say of themselves. */
const says = (media: Partial<Person['media']>, change: Partial<Peer> = {}): Pick<How, 'room' | 'peers'> => {
  const who = person('s-waits', 'patient', 'Ruth Abbott', media);
  return { room: { people: [ME, who] }, peers: [peer(who, change)] };
};

function microphoneStopped({ media }: LiveVisit): void {
  Object.defineProperty(media, 'microphoneStopped', { value: signal({ instead: { id: 'm', name: 'Built-in Audio Analog Stereo' } }) });
}

function refuse(media: VisitMedia, kind: Kind): void {
  Object.defineProperty(media, 'trouble', { value: signal({ kind, why: 'blocked' }) });
}

async function endForAll(): Promise<void> {
  await tap('.round-end');
  await drawn();
  await tap('.dialog .button-danger');
  await drawn();
}

/** What the gateway says of the path between the two, and whose end it is. */
const path = (level: PathLevel, cause: PathCause, side: 'me' | 's-waits'): Pick<How, 'room' | 'peers'> => ({
  room: { ...CALL, paths: [{ between: ['me', 's-waits'], level, trouble: { cause, side } }] },
  peers: [peer(PATIENT)],
});

export const visit: readonly State[] = [
  visitView('joining', { room: { place: 'unknown' } }),
  visitView('with nobody at the door'),
  visitView('with somebody on the way', { room: { waiting: [atDoor({ state: 'arriving', screen: 'devices' })] } }),
  visitView('with the patient at the door', { room: { waiting: [atDoor({ text_me: true }), atDoor({ seat: 'i-waits', role: 'interpreter', name: 'Ana Gómez' })] } }),
  visitView('asks who it is', { room: { waiting: [atDoor()] }, then: () => tap('.stage .button.main, .stage .button-main') }),
  visitView('in the call', { room: CALL, peers: [peer(PATIENT)] }),
  visitView('with an interpreter', { room: { people: [ME, PATIENT, INTERPRETER] }, peers: [peer(PATIENT), peer(INTERPRETER)] }),
  visitView('with a fair path', path('fair', 'delay', 's-waits')),
  visitView('with a weak network there', path('weak', 'loss', 's-waits')),
  visitView('with a weak network here', path('weak', 'narrow', 'me')),
  visitView('with a slow picture', path('weak', 'picture', 's-waits')),
  visitView('with no sound from there', path('weak', 'sound', 's-waits')),
  visitView('with nobody hearing us', path('weak', 'sound', 'me')),
  visitView('with their picture paused', says({ pictures: 'own_paused' }, { shows: false })),
  visitView('with sound alone there', says({ pictures: 'none' }, { shows: false })),
  visitView('with sound alone there by hand', says({ pictures: 'none_by_hand' }, { shows: false })),
  visitView('with a phone call there', says({ trouble: 'interrupted' })),
  visitView('with a locked phone there', says({ trouble: 'away' })),
  visitView('with a tap missing there', says({ trouble: 'tap_to_hear' })),
  visitView('with a silent microphone there', says({ trouble: 'microphone_silent' })),
  visitView('with a frozen camera there', says({ trouble: 'camera_frozen' })),
  visitView('with somebody muted there', says({ microphone: false })),
  visitView('with their picture stopped', says({}, { pictureStopped: true })),
  visitView('with a click missing here', { room: CALL, peers: [peer(PATIENT)], change: soundWaitsForATap }),
  visitView('with sound alone by hand', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.soundOnly.value = true) }),
  visitView('with no path yet', says({ connection: 'connecting' }, { path: 'connecting', brokenForMs: 1_000, shows: false })),
  visitView('with neither sound nor picture from there', says({ camera: false, microphone: false }, { shows: false })),
  visitView('with our microphone blocked', { room: CALL, peers: [peer(PATIENT)], change: ({ media }) => refuse(media, 'microphone') }),
  visitView('with our camera blocked', { room: CALL, peers: [peer(PATIENT)], change: ({ media }) => refuse(media, 'camera') }),
  visitView('ends without our own line', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.line.value = 'reconnecting'), then: endForAll }),
  visitView('with our microphone stopped', { room: CALL, peers: [peer(PATIENT)], change: microphoneStopped }),
  visitView('with our camera frozen', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.ownTrouble.value = 'camera_frozen') }),
  visitView('reconnecting', { room: CALL, peers: [peer(PATIENT, { path: 'reconnecting', brokenForMs: 16_000 })] }),
  visitView('with the camera off there', { room: { people: [ME, person('s-waits', 'patient', 'Ruth Abbott', { camera: false })] }, peers: [peer(PATIENT)] }),
  visitView('with a dark picture there', { room: { people: [ME, DARK] }, peers: [peer(DARK)] }),
  visitView('with our picture dark', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.ownTrouble.value = 'camera_dark') }),
  visitView('without our own line', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.line.value = 'reconnecting') }),
  visitView('with our picture paused', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.step.value = 'own_paused') }),
  visitView('with sound alone', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.step.value = 'none') }),
  visitView('with sound that breaks up', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.step.value = 'phone') }),
  visitView('by phone', { room: { ...CALL, byPhone: true }, peers: [peer(PATIENT)] }),
  visitView('asked for another phone', { room: { ...CALL, takeovers: ['s-waits'] }, peers: [peer(PATIENT)] }),
  visitView('open in another window', { room: { place: 'outside' } }),
  visitView('over', { room: { place: 'ended' } }),
  visitView('closed', { change: (live) => (live.closed.value = 'removed') }),
];
