// One other person in the call: the link to them, what a view may show of it, and how much of a picture they are sent.
import type { Person, Pictures } from '../../generated/signaling';
import { Ladder, type Step } from './ladder';
import { PeerLink, type LinkOptions, type PathState } from './link';
import type { Remedy } from './mending';
import { PathReporter } from './quality';
import type { Limits, Tracks } from './sending';
import { Growth, type Start } from './start';
import { lossBetween, type PathStats } from './stats';

/** Another person in the call, as a view may show it. */
export interface Peer {
  person: Person;
  stream: MediaStream;
  path: PathState;
  /** They send a picture and this side wants one: what is on the screen otherwise is an old one. */
  shows: boolean;
  /** Sound may still come, the picture stands although the camera is on. */
  pictureStopped: boolean;
  /** How long the path has been dead. */
  brokenForMs: number;
  stats?: PathStats;
}

export interface MemberListener {
  changed(): void;
  channel(channel: RTCDataChannel): void;
  sampled(stats: PathStats): void;
  stepped(before: Step, now: Step): void;
  path(state: PathState): void;
  mending(remedy: Remedy): void;
}

/** What a link needs that is not this person's own. */
export type Joining = Omit<LinkOptions, 'seat' | 'limits' | 'silent'> & { limits: Limits; most: Limits };

const TAKES_NONE: readonly (Pictures | undefined)[] = ['none', 'none_by_hand'];

export class Member {
  readonly link: PeerLink;
  /** What it would be sent if it were alone in the call. */
  whole: Limits;
  #peer: Peer;
  #listener: MemberListener;
  #ladder: Ladder;
  #growth = new Growth();
  #reporter: PathReporter;
  #most: Limits;
  #share = 1;
  #noPictures = false;
  #sendsVideo: boolean;

  constructor(person: Person, joining: Joining, taken: Start | undefined, listener: MemberListener) {
    const { most, ...options } = joining;
    this.whole = joining.limits;
    this.#most = most;
    this.#sendsVideo = options.tracks.video !== null;
    this.#listener = listener;
    this.#reporter = new PathReporter((measured) => options.send({ type: 'quality', data: { with: person.seat, measured } }));
    this.#ladder = new Ladder(taken?.camera === false ? 'own_paused' : 'both');
    this.link = new PeerLink(
      { ...options, seat: person.seat, silent: () => sendsNothing(this.#peer.person) },
      {
        state: (path) => this.#path(path),
        stats: (stats, judged) => this.#sampled(stats, judged),
        stream: (stream) => this.#update({ stream }),
        channel: (channel) => listener.channel(channel),
        mending: (remedy) => listener.mending(remedy),
      },
    );
    this.#peer = { person, stream: this.link.stream, path: 'connecting', shows: person.media.camera, pictureStopped: false, brokenForMs: 0 };
    this.#pace();
  }

  get peer(): Peer {
    return this.#peer;
  }

  get step(): Step {
    return this.#ladder.step;
  }

  /** The path, not a wish of anybody, keeps our picture from this person. */
  get isPaused(): boolean {
    return this.step !== 'both';
  }

  /** Something of this person is news: what they send, how they are there. */
  meet(person: Person): void {
    this.#peer = { ...this.#peer, person, shows: this.#shows(person) };
    this.#pace();
  }

  /** How many share the uplink. */
  share(others: number): void {
    this.#share = others;
    this.link.setLimits(shared(this.whole, others));
  }

  /** `false`: neither sent nor wanted, by this person's own choice. */
  wantPictures(wanted: boolean): void {
    this.#noPictures = !wanted;
    if (wanted) this.#ladder.reset();
    this.#pace();
    this.#update({ shows: this.#shows(this.#peer.person) });
  }

  async replace(tracks: Tracks): Promise<void> {
    this.#sendsVideo = tracks.video !== null;
    await this.link.replace(tracks);
  }

  #path(path: PathState): void {
    if (this.#peer.path === 'reconnecting' && path === 'connected') this.#ladder.pathIsBack(performance.now());
    this.#update({ path });
    this.#listener.path(path);
  }

  #sampled(stats: PathStats, { pictureStopped, brokenForMs }: { pictureStopped: boolean; brokenForMs: number }): void {
    const before = this.#peer;
    const theirPicture = before.shows;
    this.#reporter.look({ at: performance.now(), path: before.path, theirPicture, ourPicture: this.#sendsPicture, stats: this.#sendsPicture ? stats : ofSound(stats) });
    if (before.path === 'connected') this.#judge(stats, before.stats);
    const shows = this.#shows(before.person);
    this.#update({ stats, shows, pictureStopped: pictureStopped && shows, brokenForMs });
    this.#listener.sampled(stats);
  }

  /** Path by path: what is too much for one need not be for another. */
  #judge(now: PathStats, before: PathStats | undefined): void {
    const at = performance.now();
    const sends = this.#sendsPicture;
    const was = this.step;
    const is = this.#ladder.judge({ at, ...upward(sends ? now : ofSound(now)), ...downward(now, before) });
    if (is !== was) this.#listener.stepped(was, is);
    this.#pace();
    if (sends) this.#grow(at, now.availableOutgoing);
  }

  /** From what the verdict let it start with to what this phone or computer sends at most. */
  #grow(at: number, available: number | undefined): void {
    if (this.whole.videoBitrate >= this.#most.videoBitrate) return;
    const limit = shared(this.whole, this.#share).videoBitrate;
    if (!this.#growth.judge({ at, limit, ...(available === undefined ? {} : { available }) })) return;
    this.whole = this.#most;
    this.share(this.#share);
  }

  #shows({ media }: Person): boolean {
    return media.camera && !this.#noPictures && this.step !== 'none' && this.step !== 'phone';
  }

  get #sendsPicture(): boolean {
    return this.#sendsVideo && !this.#isHeldBack;
  }

  get #isHeldBack(): boolean {
    return this.#noPictures || this.isPaused || TAKES_NONE.includes(this.#peer.person.media.pictures);
  }

  #pace(): void {
    this.link.pauseVideo(this.#isHeldBack);
  }

  #update(part: Partial<Peer>): void {
    this.#peer = { ...this.#peer, ...part };
    this.#listener.changed();
  }
}

/** Each of the others gets a picture of its own over the one uplink: more people, smaller pictures. */
export function shared(whole: Limits, others: number): Limits {
  return { ...whole, videoBitrate: Math.round(whole.videoBitrate / Math.max(1, others)) };
}

const sendsNothing = ({ media }: Person): boolean => !media.camera && !media.microphone;

function upward({ availableOutgoing: available, remoteLoss: lossUp }: PathStats) {
  return { ...(available === undefined ? {} : { available }), ...(lossUp === undefined ? {} : { lossUp }) };
}

/** Without a picture the last report on it stands still, and says nothing any more. */
function ofSound({ remoteLoss: _both, remoteSoundLoss: loss, ...stats }: PathStats): PathStats {
  return loss === undefined ? stats : { ...stats, remoteLoss: loss };
}

/** Less than this since the last look is too little to speak of a share. */
const ENOUGH_PACKETS = 10;
const ENOUGH_SAMPLES = 9_600;

function downward(now: PathStats, before: PathStats | undefined) {
  if (!before) return {};
  const lossDown = lossBetween(before, now, ENOUGH_PACKETS);
  const [played, madeUp] = [now.soundPlayed - before.soundPlayed, now.soundMadeUp - before.soundMadeUp];
  if (lossDown === undefined) return {};
  return { lossDown, ...(played >= ENOUGH_SAMPLES ? { madeUp: Math.max(0, madeUp) / played } : {}) };
}
