import { describe, expect, it } from 'vitest';
import type { Inside, Person, WaitingPerson, Welcome } from '../../generated/signaling';
import { heard, NOWHERE, others, welcomed } from './room-state';

const media = { camera: true, microphone: true, connection: 'good' } as const;
const me: Person = { seat: 'me', role: 'clinician', name: 'Dr. Lee', presence: 'here', media };
const patient: Person = { seat: 'p', role: 'patient', name: 'Rosa Díaz', presence: 'here', media };
const waiting: WaitingPerson = {
  seat: 'p',
  role: 'patient',
  name: 'Rosa Díaz',
  state: 'waiting',
  since_ms: 1,
  screen: 'waiting',
  takeover_asked: false,
  text_me: false,
};
const inside: Inside = {
  people: [me],
  paths: [],
  waiting: [waiting],
  late_minutes: 0,
  relay_only: false,
  by_phone: false,
  consent: { consent: 'not_asked' },
  snippets: [],
  snippet_key: 'k',
};
const welcome: Welcome = {
  version: 1,
  arrival: 'new',
  seat: 'me',
  visit: 'v',
  role: 'clinician',
  kind: 'clinical',
  may: ['keep_the_door'],
  resume_token: 'r',
  heartbeat_s: 5,
  node: 'main',
  received: 0,
  epoch: 1,
  view: { where: 'inside', ...inside },
};

describe('the room as staff see it', () => {
  it('follows a person from the door into the visit and out of it', () => {
    let room = welcomed(NOWHERE, welcome);
    expect(room.waiting).toEqual([waiting]);
    room = heard(room, { type: 'waiting_room', data: { people: [] } });
    room = heard(room, { type: 'person', data: patient });
    expect(others(room)).toEqual([patient]);
    room = heard(room, { type: 'person', data: { ...patient, presence: 'reconnecting' } });
    expect(others(room)).toHaveLength(1);
    room = heard(room, { type: 'person_left', data: { seat: 'p', why: 'left' } });
    expect(others(room)).toEqual([]);
  });

  it('keeps what it knows over a resumed connection', () => {
    const { view: _view, ...resumed } = welcome;
    const room = welcomed(welcomed(NOWHERE, welcome), { ...resumed, arrival: 'resumed' });
    expect(room.waiting).toEqual([waiting]);
  });

  it('asks about a takeover until it is over', () => {
    let room = welcomed(NOWHERE, welcome);
    room = heard(room, { type: 'waiting_room', data: { people: [{ ...waiting, takeover_asked: true }] } });
    expect(room.takeovers).toEqual(['p']);
    room = heard(room, { type: 'waiting_room', data: { people: [waiting] } });
    expect(room.takeovers).toEqual([]);
  });

  it('holds one line for a snippet', () => {
    const view = { snippet: 's', state: 'offered', audience: ['p'], shown_to: [], seen_by: [], keep: false } as const;
    let room = heard(welcomed(NOWHERE, welcome), { type: 'snippet', data: { ...view, audience: ['p'], shown_to: [], seen_by: [] } });
    room = heard(room, { type: 'snippet', data: { ...view, state: 'shown', audience: ['p'], shown_to: ['p'], seen_by: [] } });
    expect(room.snippets.map(({ state }) => state)).toEqual(['shown']);
  });
});
