// The call of one visit: a link to every other admitted seat, fed by signaling messages and by the devices' tracks.
// It knows nothing of screens; it outlives signaling, and only `close` ends it.
import type { ClientMessage, Connection, Happening, IceServer, Inside, Person, Pictures, Role, SeatId, ServerMessage } from '../../generated/signaling';
import { connectionOf } from './connection';
import { STEPS, type Step } from './ladder';
import type { PathState } from './link';
import { Member, type Peer } from './member';
import type { Remedy } from './mending';
import { isPolite } from './politeness';
import type { Limits, Tracks } from './sending';
import { smaller, wholeOf, type Start } from './start';
import type { PathStats } from './stats';

export type { Peer } from './member';

export interface CallOptions {
  seat: SeatId;
  role: Role;
  phone: boolean;
  /** What is sent at first; the call grows by itself. */
  start: Limits;
  /** What this person was found to take in, where that is known: no more is sent to them at first. */
  takes?(person: Person): Start | undefined;
  send(message: ClientMessage): void;
  /** Whether signaling is up: without it no path can be mended. */
  reachable?(): boolean;
}

export interface CallListener {
  /** Something about a peer or about ourselves changed. */
  changed(): void;
  /** A new record channel to this person; the one before is dead. */
  channel(person: Person, channel: RTCDataChannel): void;
  /** Something worth keeping for those who ask later how the visit went. */
  happened?(what: Happening): void;
  /** What our own microphone and camera give, as often as it is looked at. */
  sources?(own: PathStats['own']): void;
}

/** New relay credentials are asked for when this share of the old ones' life is over. */
const RENEW_AT = 0.6;

type Negotiation = Extract<ServerMessage, { type: 'description' | 'candidate' }>;

export class Call {
  #options: CallOptions;
  #listener: CallListener;
  #held = new Map<SeatId, Member>();
  #soundOnly = false;
  /** Those whose path was lost and is not back. */
  #lost = new Set<SeatId>();
  #people = new Map<SeatId, Person>();
  #iceServers: readonly IceServer[] | undefined;
  #early: Negotiation[] = [];
  #relayOnly = false;
  #tracks: Tracks = { audio: null, video: null };
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallOptions, listener: CallListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** The others, in the order in which they came. */
  get peers(): readonly Peer[] {
    return [...this.#held.values()].map(({ peer }) => peer);
  }

  /** The path holds our own picture back from everybody, so that the sound gets through. */
  get videoPaused(): boolean {
    const all = [...this.#held.values()];
    return all.length > 0 && all.every(({ isPaused }) => isPaused);
  }

  /** How far the worst of the links had to go. */
  get step(): Step {
    const all = [...this.#held.values()].map(({ step }) => STEPS.indexOf(step));
    return STEPS[Math.max(0, ...all)] as Step;
  }

  /** Which pictures pass, for the others: who asks for none is sent none. */
  get pictures(): Pictures {
    if (this.#soundOnly) return 'none_by_hand';
    if (this.step === 'none' || this.step === 'phone') return 'none';
    return this.videoPaused ? 'own_paused' : 'both';
  }

  /** **Sound only**, by the person's own choice, until they choose pictures again. */
  setSoundOnly(on: boolean): void {
    this.#soundOnly = on;
    for (const member of this.#held.values()) member.wantPictures(!on);
    this.#listener.changed();
  }

  /** Our own view of the path, for the others: the worst of the links. */
  get connection(): Connection {
    return connectionOf(this.peers.map(({ path }) => path));
  }

  /** The page is looked at again: finds out at once what was lost meanwhile. */
  look(): void {
    for (const { link } of this.#held.values()) link.look();
  }

  /** The phone has another network. */
  networkChanged(): void {
    for (const { link } of this.#held.values()) link.networkChanged();
  }

  /** A whole view: at admission, and after a resync, when links that exist go on untouched. */
  view(inside: Inside): void {
    this.#relayOnly = inside.relay_only;
    const here = new Set(inside.people.map(({ seat }) => seat));
    for (const seat of [...this.#held.keys()]) if (!here.has(seat)) this.#leave(seat);
    this.#people = new Map(inside.people.filter(({ seat }) => seat !== this.#options.seat).map((person) => [person.seat, person]));
    for (const { link } of this.#held.values()) link.resync();
    for (const person of this.#people.values()) this.#meet(person);
    this.#listener.changed();
  }

  /** Takes what concerns the call. */
  message(message: ServerMessage): void {
    if (message.type === 'ice_servers') this.#renewed(message.data.servers, message.data.expires_in_s);
    if (message.type === 'person') this.#meet(message.data);
    if (message.type === 'person_left') this.#leave(message.data.seat);
    if (message.type === 'description' || message.type === 'candidate') this.#negotiate(message);
  }

  /** Sends these tracks from now on. */
  async replace(tracks: Tracks): Promise<void> {
    this.#tracks = tracks;
    await Promise.all([...this.#held.values()].map((member) => member.replace(tracks)));
  }

  /** Signaling came back, resumed or not. */
  signalingIsBack(): void {
    for (const { link } of this.#held.values()) link.mendNow();
  }

  close(): void {
    clearTimeout(this.#renewal);
    for (const { link } of this.#held.values()) link.close();
    this.#held.clear();
    this.#people.clear();
  }

  /** What comes before the relay credentials waits for them: a connection built without them might find no path. */
  #negotiate(message: Negotiation): void {
    if (!this.#iceServers) return void this.#early.push(message);
    const { from } = message.data;
    const link = this.#held.get(from)?.link;
    if (message.type === 'description') link?.description(message.data.description);
    else link?.candidate(message.data.candidate);
  }

  #renewed(servers: readonly IceServer[], expiresInS: number): void {
    this.#iceServers = servers;
    clearTimeout(this.#renewal);
    const renew = () => this.#options.send({ type: 'renew_relay', data: {} });
    this.#renewal = setTimeout(renew, expiresInS * 1000 * RENEW_AT);
    for (const { link } of this.#held.values()) link.renewIceServers(servers);
    for (const person of this.#people.values()) this.#meet(person);
    for (const message of this.#early.splice(0)) this.#negotiate(message);
  }

  #meet(person: Person): void {
    if (person.seat === this.#options.seat) return;
    this.#people.set(person.seat, person);
    const held = this.#held.get(person.seat);
    const sameAsBefore = held && !isAnotherPage(held.peer.person, person);
    if (sameAsBefore) held.meet({ ...person, ...pageOf(person, held.peer.person) });
    else if (this.#iceServers) {
      held?.link.close();
      this.#begin(person).link.open();
    }
    this.#listener.changed();
  }

  #begin(person: Person): Member {
    const { seat } = person;
    const { role, send, start, takes, phone } = this.#options;
    const taken = takes?.(person);
    const joining = {
      polite: isPolite({ role, seat: this.#options.seat }, person),
      relayOnly: this.#relayOnly,
      iceServers: this.#iceServers ?? [],
      tracks: this.#tracks,
      limits: taken ? smaller(start, taken.limits) : start,
      most: wholeOf(phone),
      reachable: () => this.#options.reachable?.() ?? true,
      send: (message: ClientMessage) => send(addressed(message, this.#held.get(seat)?.peer.person)),
    };
    const member = new Member(person, joining, taken, {
      changed: () => this.#listener.changed(),
      channel: (channel) => this.#listener.channel(person, channel),
      sampled: ({ own }) => seat === this.#witness && this.#listener.sources?.(own),
      stepped: (before, now) => this.#say(stepped(before, now)),
      path: (state) => this.#pathIs(seat, state),
      mending: (remedy) => this.#say(MENDED[remedy]),
    });
    if (this.#soundOnly) member.wantPictures(false);
    this.#held.set(seat, member);
    this.#shareUplink();
    return member;
  }

  /** Each connection counts what our devices give from its own beginning on, so only one of them is asked. */
  get #witness(): SeatId | undefined {
    const all = this.peers;
    const witness = all.find(({ path }) => path === 'connected') ?? all.find(({ path }) => path === 'reconnecting');
    return witness?.person.seat;
  }

  #shareUplink(): void {
    for (const member of this.#held.values()) member.share(this.#held.size);
  }

  #leave(seat: SeatId): void {
    this.#held.get(seat)?.link.close();
    this.#lost.delete(seat);
    if (this.#held.delete(seat)) this.#shareUplink();
    this.#people.delete(seat);
    this.#listener.changed();
  }

  #pathIs(seat: SeatId, state: PathState): void {
    if (state === 'reconnecting') {
      this.#lost.add(seat);
      this.#say('stall');
    } else if (state === 'connected' && this.#lost.delete(seat)) this.#say('path_back');
  }

  #say(what: Happening | undefined): void {
    if (what) this.#listener.happened?.(what);
  }
}

/** As the timeline has it. */
const MENDED: Record<Remedy, Happening> = { restart: 'path_changed', rebuild: 'call_rebuilt' };

function stepped(before: Step, now: Step): Happening | undefined {
  const isBetter = STEPS.indexOf(now) < STEPS.indexOf(before);
  if (now === 'both' || (now === 'own_paused' && isBetter)) return 'picture_back';
  if (now === 'own_paused') return 'picture_paused';
  return now === 'none' && !isBetter ? 'sound_only' : undefined;
}

/** The other person's page was loaded anew: nothing of the old connection lives there. Unknown pages count as the same. */
function isAnotherPage(before: Person, now: Person): boolean {
  return before.page !== undefined && now.page !== undefined && before.page !== now.page;
}

function pageOf(now: Person, before: Person): { page?: string } {
  const page = now.page ?? before.page;
  return page === undefined ? {} : { page };
}

/** Says for which of the other person's pages this is meant, so that a newer one never hears it. */
function addressed(message: ClientMessage, person: Person | undefined): ClientMessage {
  if (person?.page === undefined) return message;
  if (message.type === 'description') return { ...message, data: { ...message.data, page: person.page } };
  if (message.type === 'candidate') return { ...message, data: { ...message.data, page: person.page } };
  return message;
}
