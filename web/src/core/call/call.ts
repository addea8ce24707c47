// The call of one visit: a link to every other admitted seat, fed by signaling messages and by the devices' tracks.
// It knows nothing of screens; it outlives signaling, and only `close` ends it.
import type { ClientMessage, Connection, IceServer, Inside, Person, Role, SeatId, ServerMessage } from '../../generated/signaling';
import { PeerLink, type Limits, type PathState, type Tracks } from './link';
import { isPolite } from './politeness';
import { PathReporter } from './quality';
import { Growth, smaller, wholeOf, type Start } from './start';
import type { PathStats } from './stats';
import { UplinkGuard } from './uplink';

/** Another person in the call, as a view may show it. */
export interface Peer {
  person: Person;
  stream: MediaStream;
  path: PathState;
  /** How well media passes, in the words of signaling. */
  connection: Connection;
  /** Sound may still come, the picture stands although the camera is on. */
  pictureStopped: boolean;
  /** How long the path has been dead. */
  brokenForMs: number;
  stats?: PathStats;
}

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
}

/** New relay credentials are asked for when this share of the old ones' life is over. */
const RENEW_AT = 0.6;

type Negotiation = Extract<ServerMessage, { type: 'description' | 'candidate' }>;

interface Held {
  link: PeerLink;
  peer: Peer;
  uplink: UplinkGuard;
  growth: Growth;
  reporter: PathReporter;
  /** What it would be sent if it were alone in the call. */
  whole: Limits;
  videoPaused: boolean;
}

export class Call {
  #options: CallOptions;
  #listener: CallListener;
  #held = new Map<SeatId, Held>();
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

  /** Our own picture is held back from everybody so that the sound gets through. */
  get videoPaused(): boolean {
    const all = [...this.#held.values()];
    return all.length > 0 && all.every(({ videoPaused }) => videoPaused);
  }

  /** Our own view of the path, for the others: the worst of the links. */
  get connection(): Connection {
    const order: readonly Connection[] = ['lost', 'weak', 'connecting', 'good'];
    const all = this.peers.map(({ connection }) => connection);
    return order.find((word) => all.includes(word)) ?? 'none';
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
    await Promise.all([...this.#held.values()].map(({ link }) => link.replace(tracks)));
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
    if (sameAsBefore) held.peer = { ...held.peer, person: { ...person, ...pageOf(person, held.peer.person) } };
    else if (this.#iceServers) {
      held?.link.close();
      this.#begin(person).open();
    }
    this.#listener.changed();
  }

  #begin(person: Person): PeerLink {
    const { seat } = person;
    const { role, send, start, takes } = this.#options;
    const taken = takes?.(person);
    const whole = taken ? smaller(start, taken.limits) : start;
    const link = new PeerLink(
      {
        seat,
        polite: isPolite({ role, seat: this.#options.seat }, person),
        relayOnly: this.#relayOnly,
        iceServers: this.#iceServers ?? [],
        tracks: this.#tracks,
        limits: share(whole, this.#held.size + (this.#held.has(seat) ? 0 : 1)),
        reachable: () => this.#options.reachable?.() ?? true,
        send: (message) => send(addressed(message, this.#held.get(seat)?.peer.person)),
      },
      {
        state: (path) => this.#update(seat, { path, connection: word(path, undefined) }),
        stats: (stats, { pictureStopped, brokenForMs }) => this.#sampled(seat, stats, pictureStopped, brokenForMs),
        stream: (stream) => this.#update(seat, { stream }),
        channel: (channel) => this.#listener.channel(person, channel),
      },
    );
    const peer: Peer = { person, stream: link.stream, path: 'connecting', connection: 'connecting', pictureStopped: false, brokenForMs: 0 };
    const videoPaused = taken?.camera === false;
    const uplink = new UplinkGuard(videoPaused ? performance.now() : undefined);
    link.pauseVideo(videoPaused);
    const reporter = new PathReporter((measured) => send({ type: 'quality', data: { with: seat, measured } }));
    this.#held.set(seat, { link, peer, uplink, growth: new Growth(), reporter, whole, videoPaused });
    this.#shareUplink();
    return link;
  }

  #shareUplink(): void {
    for (const { link, whole } of this.#held.values()) link.setLimits(share(whole, this.#held.size));
  }

  #leave(seat: SeatId): void {
    this.#held.get(seat)?.link.close();
    if (this.#held.delete(seat)) this.#shareUplink();
    this.#people.delete(seat);
    this.#listener.changed();
  }

  #sampled(seat: SeatId, stats: PathStats, stopped: boolean, brokenForMs: number): void {
    const held = this.#held.get(seat);
    if (!held) return;
    const { peer } = held;
    const theirPicture = peer.person.media.camera;
    const ourPicture = this.#tracks.video !== null && !held.videoPaused;
    held.reporter.look({ at: performance.now(), path: peer.path, stats, theirPicture, ourPicture });
    const pictureStopped = stopped && theirPicture;
    this.#guardUplink(held, stats);
    this.#update(seat, { stats, pictureStopped, brokenForMs, connection: word(peer.path, stats, peer.stats) });
  }

  /** Path by path: what is too much for one need not be for another. */
  #guardUplink(held: Held, stats: PathStats): void {
    if (held.peer.path !== 'connected' || !this.#tracks.video) return;
    const { availableOutgoing: available, remoteLoss: loss } = stats;
    const uplink = { ...(available === undefined ? {} : { available }), ...(loss === undefined ? {} : { loss }) };
    held.videoPaused = held.uplink.judge({ at: performance.now(), ...uplink });
    held.link.pauseVideo(held.videoPaused);
    this.#grow(held, available);
  }

  /** From what the verdict let it start with to what this phone or computer sends at most. */
  #grow(held: Held, available: number | undefined): void {
    const most = wholeOf(this.#options.phone);
    if (held.whole.videoBitrate >= most.videoBitrate) return;
    const limit = share(held.whole, this.#held.size).videoBitrate;
    if (!held.growth.judge({ at: performance.now(), limit, ...(available === undefined ? {} : { available }) })) return;
    held.whole = most;
    this.#shareUplink();
  }

  #update(seat: SeatId, part: Partial<Peer>): void {
    const held = this.#held.get(seat);
    if (!held) return;
    held.peer = { ...held.peer, ...part };
    this.#listener.changed();
  }
}

/** Each of the others gets a picture of its own over the one uplink: more people, smaller pictures. */
function share(whole: Limits, others: number): Limits {
  return { ...whole, videoBitrate: Math.round(whole.videoBitrate / Math.max(1, others)) };
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

/** Thresholds of the equipment test's "warn" and "fail" rows, so that the same numbers mean the same words everywhere. */
const WEAK_ROUND_TRIP_MS = 400;
const WEAK_LOSS = 0.08;

function word(path: PathState, now: PathStats | undefined, before?: PathStats): Connection {
  if (path === 'connecting') return 'connecting';
  if (path === 'reconnecting') return 'lost';
  const received = (now?.received ?? 0) - (before?.received ?? 0);
  const lost = (now?.lost ?? 0) - (before?.lost ?? 0);
  const loss = received + lost > 20 ? lost / (received + lost) : 0;
  return (now?.roundTripMs ?? 0) >= WEAK_ROUND_TRIP_MS || loss >= WEAK_LOSS ? 'weak' : 'good';
}
