// The record beside the call: finding, previewing, every kind as it is offered, and where a piece stands once it was.
import type { SnippetView } from '../../generated/signaling';
import type { RoomState } from '../../staff/visit/room-state';
import type { State } from '../catalogue';
import { KINDS } from '../record';
import { fill, tap, there } from './facts';
import { prepared, RECORD } from './record-list';
import { CALL, INTERPRETER, ME, PATIENT, peer, visitView } from './visit';

interface How {
  room?: Partial<RoomState>;
  known?: Record<string, unknown>;
  then?(): Promise<unknown>;
}

function panel(name: string, { room = {}, known = {}, then }: How = {}): State {
  const state = { room: { ...CALL, ...room }, peers: [peer(PATIENT)], known };
  return visitView(`record ${name}`, then ? { ...state, then: async () => void (await then()) } : state);
}

/** This piece opened, and prepared by the gateway. */
function offered(name: keyof typeof KINDS, what: string, how: How = {}): State {
  const opens = async () => {
    await tap(`[data-item="${name}"]`);
    await there('.preview');
    await how.then?.();
  };
  return panel(what, { ...how, known: { '/visits/waits/snippets': prepared(name) }, then: opens });
}

const THREE = [ME, PATIENT, INTERPRETER];
const view = (change: Partial<SnippetView>): SnippetView => ({ snippet: 'lab trend', state: 'shown', audience: ['s-waits'], shown_to: [], seen_by: [], keep: false, ...change });

/** Where the trend stands. */
const stands = (what: string, change: Partial<SnippetView>, room: Partial<RoomState> = {}) => offered('lab trend', what, { room: { consent: 'agreed', ...room, snippets: [view(change)] } });

const SEEN = { shown_to: ['s-waits'], seen_by: ['s-waits'] };
const listed = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((name) => RECORD.items.some(({ id }) => id === name));

export const record: readonly State[] = [
  panel('without consent', { room: { consent: 'refused' } }),
  panel('stopped by the patient', { room: { consent: 'stopped' } }),
  panel('away', { known: { '/visits/waits/record': { ...RECORD, items: [], source_available: false } } }),
  panel('empty', { known: { '/visits/waits/record': { ...RECORD, items: [] } } }),
  panel('failing', { known: { '/visits/waits/record': 500 } }),
  panel('with entries that cannot be read', { known: { '/visits/waits/record': { ...RECORD, skipped: 3 } } }),
  panel('searched', { then: () => fill('[type=search]', 'metformin') }),
  panel('searched in vain', { then: () => fill('[type=search]', 'nothing of the kind') }),
  panel('not to be prepared', { known: { '/visits/waits/snippets': 500 }, then: () => tap('[data-item="lab trend"]') }),
  panel('writing instructions', { then: () => tap('.record > .button') }),
  panel('with instructions written', {
    then: async () => {
      await tap('.record > .button');
      await fill('#instructions-title', 'Your new tablets');
      await fill('#instructions-text', 'Take one tablet every morning.\n\n- With a glass of water\n- Not with grapefruit juice');
    },
  }),
  ...listed.map((name) => offered(name, `offers ${name}`)),
  offered('lab trend', 'offered where an interpreter is', { room: { people: THREE } }),
  stands('waits for a yes', { state: 'held' }, { consent: 'asked' }),
  stands('refused', { state: 'withdrawn' }, { consent: 'refused' }),
  stands('on its way', { state: 'offered' }),
  stands('on the screen', { shown_to: ['s-waits'] }),
  stands('seen', SEEN),
  stands('seen and given to keep', { ...SEEN, keep: true }),
  stands('seen by both', { audience: ['s-waits', 'i-waits'], shown_to: ['s-waits', 'i-waits'], seen_by: ['s-waits'] }, { people: THREE }),
  stands('seen by the patient alone, the interpreter left out', SEEN, { people: THREE }),
  stands('withdrawn', { ...SEEN, state: 'withdrawn' }),
  stands('not genuine', { state: 'rejected' }),
];
