// In the call: how it stands, what the person should know or do, and the record.
import type { Peer } from '../../core/call/call';
import type { PathCause, PathLevel, Person } from '../../generated/signaling';
import { CallScreen } from '../../patient/live/call/screen';
import { media } from '../../patient/live/media';
import { record } from '../../patient/live/record/part';
import { LiveSeat } from '../../patient/live/seat';
import type { State } from '../catalogue';
import { soundWaitsForATap } from '../outside';
import { cameraOn, live, peer, person, tap } from './facts';
import * as sheet from '../../patient/live/record/sheet';
import { MEDICINES, TREND } from '../record';

export const DOCTOR = person('lee', 'clinician', 'Dr. Lee');
export const ME = person('mine', 'patient', 'Maria Santos');
const INTERPRETER = person('ana', 'interpreter', 'Ana Gómez');
const SON = person('tom', 'caregiver', 'Tom Santos', { camera: false });

/** The call, with whatever is special about it. */
function call(name: string, change: (seat: LiveSeat) => void = () => undefined, then?: () => Promise<void>): State {
  const draw = () => {
    const seat = live();
    cameraOn();
    people(seat, [DOCTOR]);
    change(seat);
    return <CallScreen seat={seat} />;
  };
  return { name: `call ${name}`, draw, ...(then ? { then } : {}) };
}

export function people(seat: LiveSeat, others: Person[], change: Partial<Peer> = {}, me = ME): void {
  seat.inside.value = { people: [me, ...others], waiting: [], paths: [], by_phone: false, late_minutes: 0, relay_only: false, consent: { consent: 'agreed' }, snippets: [], snippet_key: '' };
  seat.consent.value = 'agreed';
  seat.peers.value = others.map((one) => peer(one, one === others[0] ? change : {}));
}

const withPeer = (change: Partial<Peer>, media: Partial<Person['media']> = {}) => (seat: LiveSeat) =>
  people(seat, [{ ...DOCTOR, media: { ...DOCTOR.media, ...media } }], change);

/** What the gateway says of the path between the two, and whose end it is. */
const withPath = (level: PathLevel, cause: PathCause, side: 'mine' | 'lee', media: Partial<Person['media']> = {}) => (seat: LiveSeat) => {
  withPeer({}, media)(seat);
  seat.inside.value = { ...seat.inside.value!, paths: [{ between: ['lee', 'mine'], level, trouble: { cause, side } }] };
};

function shown(seat: LiveSeat): void {
  record.value = sheet;
  seat.snippets.value = [TREND, MEDICINES];
  seat.audience.value = new Map([[TREND.id, ['mine']], [MEDICINES.id, ['mine']]]);
  seat.keepable.value = new Set([MEDICINES.id]);
}

export const calling: readonly State[] = [
  call('good'),
  call('connecting', withPeer({ path: 'connecting' })),
  call('no path yet', withPeer({ path: 'connecting', brokenForMs: 1_000, shows: false })),
  call('alone', (seat) => people(seat, [])),
  call('fair', withPath('fair', 'delay', 'mine')),
  call('own internet is weak', withPath('weak', 'loss', 'mine')),
  call('their internet is weak', withPath('weak', 'narrow', 'lee')),
  call('slow picture', withPath('weak', 'picture', 'lee')),
  call('they do not hear', withPath('weak', 'sound', 'mine')),
  call('no sound from them', withPath('weak', 'sound', 'lee')),
  call('they are on their way back', (seat) => people(seat, [{ ...DOCTOR, presence: 'reconnecting' }], { path: 'connecting' })),
  call('they are in a phone call', withPeer({}, { trouble: 'interrupted' })),
  call('they cannot hear yet', withPeer({}, { trouble: 'tap_to_hear' })),
  call('their microphone is silent', withPeer({}, { trouble: 'microphone_silent' })),
  call('their picture paused', withPeer({ shows: false }, { pictures: 'own_paused' })),
  call('sound only there', withPeer({ shows: false }, { pictures: 'none' })),
  call('sound only there by hand', withPeer({ shows: false }, { pictures: 'none_by_hand' })),
  call('tap to hear', soundWaitsForATap),
  call('their camera is off', withPeer({}, { camera: false })),
  call('their picture stopped', withPeer({ pictureStopped: true })),
  call('reconnecting', withPeer({ path: 'reconnecting', brokenForMs: 4_000 })),
  call('reconnecting for long', withPeer({ path: 'reconnecting', brokenForMs: 16_000 })),
  call('own picture paused', (seat) => (seat.step.value = 'own_paused')),
  call('sound only', (seat) => (seat.step.value = 'none')),
  call('sound only by hand', (seat) => (seat.soundOnly.value = true)),
  call('sound breaks up', (seat) => (seat.step.value = 'phone')),
  call('by phone', (seat) => (seat.byPhone.value = true)),
  call('by phone with the record', (seat) => (shown(seat), (seat.byPhone.value = true))),
  call('by phone and back', (seat) => ((seat.byPhone.value = true), (seat.may.value = ['go_by_phone']))),
  call('paused', (seat) => (seat.ownTrouble.value = 'interrupted')),
  call('paused and stuck', (seat) => ((seat.ownTrouble.value = 'interrupted'), (seat.isStuck.value = true))),
  call('microphone silent', (seat) => (seat.ownTrouble.value = 'microphone_silent')),
  call('camera frozen', (seat) => (seat.ownTrouble.value = 'camera_frozen')),
  call('camera dark', (seat) => (seat.ownTrouble.value = 'camera_dark')),
  call('their picture is dark', withPeer({}, { trouble: 'camera_dark' })),
  call('muted', () => (media.value = { ...media.value, muted: true })),
  call('without microphone', () => (media.value = { ...media.value, microphone: null })),
  call('camera off', () => (media.value = { ...media.value, cameraOff: true, camera: null })),
  call('with an interpreter and a son', (seat) => people(seat, [DOCTOR, INTERPRETER, SON])),
  call('asked to see the record', (seat) => (seat.consentAskedBy.value = 'Dr. Lee')),
  call('asked, with an interpreter there', (seat) => (people(seat, [DOCTOR, INTERPRETER]), (seat.consentAskedBy.value = 'Dr. Lee'))),
  call('with the record', shown),
  call('with the record pointed at', (seat) => (shown(seat), (seat.pointed.value = { snippet: MEDICINES.id, element: 'item-1', here: false }))),
  call('with the record for an interpreter too', (seat) => (people(seat, [DOCTOR, INTERPRETER]), shown(seat), (seat.audience.value = new Map([[TREND.id, ['mine', 'ana']], [MEDICINES.id, ['mine', 'ana']]])))),
  call('the record was stopped', (seat) => (seat.recordNews.value = 'stopped')),
  call('the record was taken off', (seat) => (seat.recordNews.value = 'gone')),
  call('more', undefined, () => tap('.bar-button:nth-last-of-type(2)')),
  call('more, with all there is', (seat) => (shown(seat), (seat.may.value = ['go_by_phone'])), () => tap('.bar-button:nth-last-of-type(2)')),
  call('leave?', undefined, () => tap('.bar-button.end')),
];
