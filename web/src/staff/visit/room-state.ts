// What a staff member's page knows of a live room: the gateway's messages, one after the other, folded into one value.
import type {
  Consent,
  Outside,
  PathQuality,
  Permission,
  Person,
  SeatId,
  ServerMessage,
  SnippetView,
  View,
  VisitKind,
  WaitingPerson,
  Welcome,
} from '../../generated/signaling';
import { withPath } from '../../core/call/quality';

export interface RoomState {
  place: 'unknown' | 'outside' | 'inside' | 'ended';
  seat: SeatId;
  kind: VisitKind;
  may: Permission[];
  outside: Outside | undefined;
  /** Everyone admitted, this seat included. */
  people: Person[];
  /** How the paths between them are. */
  paths: PathQuality[];
  waiting: WaitingPerson[];
  lateMinutes: number;
  relayOnly: boolean;
  /** The visit goes on by telephone. */
  byPhone: boolean;
  consent: Consent;
  snippets: SnippetView[];
  snippetKey: string;
  /** Seats of the visit that a second device asks to take over. */
  takeovers: SeatId[];
}

export const NOWHERE: RoomState = {
  place: 'unknown',
  seat: '',
  kind: 'clinical',
  may: [],
  outside: undefined,
  people: [],
  paths: [],
  waiting: [],
  lateMinutes: 0,
  relayOnly: false,
  byPhone: false,
  consent: 'not_asked',
  snippets: [],
  snippetKey: '',
  takeovers: [],
};

export function welcomed(before: RoomState, welcome: Welcome): RoomState {
  const known = { ...before, seat: welcome.seat, kind: welcome.kind, may: welcome.may };
  return welcome.view ? seen(known, welcome.view) : known;
}

function seen(before: RoomState, view: View): RoomState {
  if (view.where === 'outside') return { ...before, place: 'outside', outside: view, people: [], paths: [], waiting: [] };
  return {
    ...before,
    place: 'inside',
    outside: undefined,
    people: view.people,
    paths: view.paths,
    waiting: view.waiting,
    lateMinutes: view.late_minutes,
    relayOnly: view.relay_only,
    byPhone: view.by_phone,
    consent: view.consent.consent,
    snippets: view.snippets,
    snippetKey: view.snippet_key,
    takeovers: asking(view.waiting),
  };
}

export function heard(before: RoomState, message: ServerMessage): RoomState {
  switch (message.type) {
    case 'outside':
      return seen(before, { where: 'outside', ...message.data });
    case 'admitted':
      return seen(before, { where: 'inside', ...message.data });
    case 'person':
      return { ...before, people: withPerson(before.people, message.data) };
    case 'quality':
      return { ...before, paths: withPath(before.paths, message.data) };
    case 'person_left':
      return {
        ...before,
        paths: before.paths.filter(({ between }) => !between.includes(message.data.seat)),
        people: before.people.filter((person) => person.seat !== message.data.seat),
        takeovers: before.takeovers.filter((seat) => seat !== message.data.seat),
      };
    case 'by_phone':
      return { ...before, byPhone: message.data.by_phone };
    case 'waiting_room':
      return { ...before, waiting: message.data.people, takeovers: merged(before, message.data.people) };
    case 'takeover_asked':
      return { ...before, takeovers: [...new Set([...before.takeovers, message.data.seat])] };
    case 'consent':
      return { ...before, consent: message.data.consent };
    case 'snippet':
      return { ...before, snippets: withSnippet(before.snippets, message.data) };
    case 'ended':
      return { ...before, place: 'ended', people: [], paths: [], waiting: [], takeovers: [] };
    default:
      return before;
  }
}

/** A takeover was answered here: the question goes, whatever the room says next. */
export function takeoverAnswered(before: RoomState, seat: SeatId): RoomState {
  return { ...before, takeovers: before.takeovers.filter((one) => one !== seat) };
}

/** The others in the visit. */
export function others(room: RoomState): Person[] {
  return room.people.filter((person) => person.seat !== room.seat);
}

function withPerson(people: Person[], person: Person): Person[] {
  const known = people.some((one) => one.seat === person.seat);
  return known ? people.map((one) => (one.seat === person.seat ? person : one)) : [...people, person];
}

function withSnippet(snippets: SnippetView[], snippet: SnippetView): SnippetView[] {
  return [...snippets.filter((one) => one.snippet !== snippet.snippet), snippet];
}

function asking(waiting: WaitingPerson[]): SeatId[] {
  return waiting.filter((person) => person.takeover_asked).map((person) => person.seat);
}

/** The list of those who wait is whole each time; a seat that is in the visit asks by a message of its own. */
function merged(before: RoomState, waiting: WaitingPerson[]): SeatId[] {
  const inside = new Set(before.people.map((person) => person.seat));
  return [...new Set([...before.takeovers.filter((seat) => inside.has(seat)), ...asking(waiting)])];
}
