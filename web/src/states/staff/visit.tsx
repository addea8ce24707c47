// The live visit as staff see it: the door, the call, the record beside it, and its ends.
import type { Peer } from '../../core/call/call';
import type { Person, Role, WaitingPerson } from '../../generated/signaling';
import { LiveVisit } from '../../staff/visit/live';
import { LiveView } from '../../staff/visit/live-view';
import { RecordPanel } from '../../staff/visit/record-panel';
import { NOWHERE, type RoomState } from '../../staff/visit/room-state';
import { StatusRegion } from '../../ui/status';
import { drawn, type State } from '../catalogue';
import { drawnCamera } from '../outside';
import { answers, DAY, NOW, signedIn, tap } from './facts';

const VISIT = DAY.find(({ id }) => id === 'waits')!;
const theirs = drawnCamera(30);

const RECORD = {
  source_available: true,
  skipped: 0,
  offered: [],
  items: [
    { id: 'a1c', kind: 'lab_trend', title: 'Blood sugar over three months (A1c)', subtitle: '7.2 %', flag: 'high', newest_at: '2026-01-31', found_by: [] },
    { id: 'med', kind: 'medications', title: 'Your medicines', subtitle: '4 medicines', flag: null, newest_at: null, found_by: [] },
    { id: 'all', kind: 'allergies', title: 'Your allergies', subtitle: null, flag: null, newest_at: null, found_by: [] },
  ],
};

function person(seat: string, role: Role, name: string, change: Partial<Person['media']> = {}): Person {
  return { seat, role, name, presence: 'here', media: { camera: true, microphone: true, connection: 'good', ...change } };
}

const ME = person('me', 'clinician', 'Dr. Priya Patel');
const PATIENT = person('s-waits', 'patient', 'Ruth Abbott');
const INTERPRETER = person('i-waits', 'interpreter', 'Ana Gómez', { camera: false });

const atDoor = (change: Partial<WaitingPerson> = {}): WaitingPerson => ({ seat: 's-waits', role: 'patient', name: 'Ruth Abbott', state: 'waiting', since_ms: NOW - 4 * 60_000, screen: 'waiting', takeover_asked: false, text_me: false, ...change });

const ROOM: RoomState = { ...NOWHERE, place: 'inside', seat: 'me', may: ['keep_the_door', 'running_late', 'end_for_everyone', 'show_record'], people: [ME] };
const CALL: Partial<RoomState> = { people: [ME, PATIENT] };

const peer = (who: Person, change: Partial<Peer> = {}): Peer => ({ person: who, stream: theirs, path: 'connected', connection: 'good', shows: true, pictureStopped: false, brokenForMs: 0, ...change });

interface How {
  room?: Partial<RoomState>;
  peers?: Peer[];
  record?: unknown;
  change?(live: LiveVisit): void;
  then?(): Promise<void>;
}

function visitView(name: string, { room = {}, peers = [], record = RECORD, change, then = drawn }: How = {}): State {
  const draw = () => {
    answers({ '/visits/waits/record': record });
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

export const visit: readonly State[] = [
  visitView('joining', { room: { place: 'unknown' } }),
  visitView('with nobody at the door'),
  visitView('with somebody on the way', { room: { waiting: [atDoor({ state: 'arriving', screen: 'devices' })] } }),
  visitView('with the patient at the door', { room: { waiting: [atDoor(), atDoor({ seat: 'i-waits', role: 'interpreter', name: 'Ana Gómez' })] } }),
  visitView('asks who it is', { room: { waiting: [atDoor()] }, then: () => tap('.stage .button.main, .stage .button-main') }),
  visitView('in the call', { room: CALL, peers: [peer(PATIENT)] }),
  visitView('with an interpreter', { room: { people: [ME, PATIENT, INTERPRETER] }, peers: [peer(PATIENT), peer(INTERPRETER)] }),
  visitView('with a weak network there', { room: CALL, peers: [peer(PATIENT, { connection: 'weak' })] }),
  visitView('reconnecting', { room: CALL, peers: [peer(PATIENT, { path: 'reconnecting', connection: 'lost', brokenForMs: 16_000 })] }),
  visitView('with the camera off there', { room: { people: [ME, person('s-waits', 'patient', 'Ruth Abbott', { camera: false })] }, peers: [peer(PATIENT)] }),
  visitView('without our own line', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.line.value = 'reconnecting') }),
  visitView('with our picture paused', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.step.value = 'own_paused') }),
  visitView('with sound alone', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.step.value = 'none') }),
  visitView('with sound that breaks up', { room: CALL, peers: [peer(PATIENT)], change: (live) => (live.step.value = 'phone') }),
  visitView('by phone', { room: { ...CALL, byPhone: true }, peers: [peer(PATIENT)] }),
  visitView('without consent', { room: { ...CALL, consent: 'refused' }, peers: [peer(PATIENT)] }),
  visitView('without a record', { room: CALL, peers: [peer(PATIENT)], record: { ...RECORD, items: [], source_available: false } }),
  visitView('with the record failing', { room: CALL, peers: [peer(PATIENT)], record: 500 }),
  visitView('writing instructions', { room: CALL, peers: [peer(PATIENT)], then: () => tap('.record > .button') }),
  visitView('asked for another phone', { room: { ...CALL, takeovers: ['s-waits'] }, peers: [peer(PATIENT)] }),
  visitView('open in another window', { room: { place: 'outside' } }),
  visitView('over', { room: { place: 'ended' } }),
  visitView('closed', { change: (live) => (live.closed.value = 'removed') }),
];
