// The media path to one other seat: perfect negotiation, a record channel, and mending when the path dies.
//
// One end opens (makes the transceivers and the first offer), the other adopts what the offer brings; tracks are only ever
// replaced, so a running call is renegotiated for nothing but a new path. A description from another RTCPeerConnection than
// before (the other page was reloaded) is answered with a new one of ours.
import type { Candidate, ClientMessage, Description, IceServer, SeatId } from '../../generated/signaling';
import { Mending, type Remedy } from './mending';
import { originOf, withSpareSound } from './sdp';
import { attach, limit, preferSpareSound, type Limits, type Tracks } from './sending';
import { StallWatch } from './stall';
import { readStats, type PathStats } from './stats';

export type PathState = 'connecting' | 'connected' | 'reconnecting';

export interface LinkOptions {
  seat: SeatId;
  /** Yields when both offer at once. */
  polite: boolean;
  relayOnly: boolean;
  iceServers: readonly IceServer[];
  tracks: Tracks;
  limits: Limits;
  send(message: ClientMessage): void;
  /** Whether what is sent arrives now; mending without it would only pile up offers. */
  reachable(): boolean;
  /** Whether the other side says that it sends neither sound nor picture. */
  silent(): boolean;
}

export interface LinkListener {
  state(state: PathState): void;
  /** Twice a second. */
  stats(stats: PathStats, judgement: { pictureStopped: boolean; brokenForMs: number }): void;
  /** What was done about a broken path. */
  mending(remedy: Remedy): void;
  /** The other person's sound or picture is there. */
  stream(stream: MediaStream): void;
  /** A new record channel; the one before is dead. */
  channel(channel: RTCDataChannel): void;
}

/** The record channel of every link: made by both ends alike, so that no order of joining matters. */
export const RECORDS = { label: 'records', id: 7 } as const;

/** The polite end leaves the first offer to the other for so long. */
const LEAVE_FIRST_OFFER_MS = 800;
const SAMPLE_MS = 500;
/** While the path is lost: what comes back is seen sooner. */
const HASTY_SAMPLE_MS = 250;
/** After a hint that the network changed. */
const HURRIED_LOOKS_MS = [200, 800, 1_200] as const;
const FIRST_PATH_WITHIN_MS = 12_000;

export class PeerLink {
  readonly stream = new MediaStream();
  #options: LinkOptions;
  #listener: LinkListener;
  #pc: RTCPeerConnection | undefined;
  #state: PathState = 'connecting';
  #queue: Promise<void> = Promise.resolve();
  #makingOffer = false;
  #ignoreOffer = false;
  #remoteOrigin: string | undefined;
  #videoPaused = false;
  #watch = new StallWatch();
  #mending: Mending;
  #builtAt = 0;
  #closed = false;
  #firstOffer: ReturnType<typeof setTimeout> | undefined;
  #sampling: ReturnType<typeof setInterval> | undefined;
  #looks: ReturnType<typeof setTimeout>[] = [];
  #sent: Promise<void> = Promise.resolve();

  constructor(options: LinkOptions, listener: LinkListener) {
    this.#options = options;
    this.#listener = listener;
    this.#mending = new Mending(options.polite);
  }

  get state(): PathState {
    return this.#state;
  }

  /** Begins, as the one who offers or as the one who first waits for the other's offer. */
  open(): void {
    this.#builtAt = performance.now();
    this.#lookEvery(SAMPLE_MS);
    if (!this.#options.polite) return this.#offerAnew();
    this.#firstOffer = setTimeout(() => this.#pc ?? this.#offerAnew(), LEAVE_FIRST_OFFER_MS);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#firstOffer);
    clearInterval(this.#sampling);
    for (const look of this.#looks) clearTimeout(look);
    this.#discard();
  }

  /** Sends these from now on, without negotiating. */
  async replace(tracks: Tracks): Promise<void> {
    this.#options.tracks = tracks;
    await this.#attach();
  }

  /** The page is looked at again, or something changed: finds out now how the path is, not when it is time. */
  look(): void {
    void this.#sample();
  }

  /** The phone has another network: a broken path is mended now, and one that is probably dead found so sooner; where it lives, nothing happens. */
  networkChanged(): void {
    this.mendNow();
    this.#watch.hurry(performance.now());
    this.look();
    this.#looks = HURRIED_LOOKS_MS.map((ms) => setTimeout(() => this.look(), ms));
  }

  pauseVideo(paused: boolean): void {
    if (paused === this.#videoPaused) return;
    this.#videoPaused = paused;
    void this.#limit();
  }

  setLimits(limits: Limits): void {
    if (limits.videoBitrate === this.#options.limits.videoBitrate) return;
    this.#options.limits = limits;
    void this.#limit();
  }

  renewIceServers(iceServers: readonly IceServer[]): void {
    this.#options.iceServers = iceServers;
    this.#pc?.setConfiguration(this.#configuration());
  }

  /** Signaling started a new epoch: what was on its way is lost. Running media stays as it is. */
  resync(): void {
    const pc = this.#pc;
    if (pc?.signalingState === 'have-local-offer' && pc.localDescription) this.#say(pc.localDescription);
    else if (this.#state !== 'connected' && !this.#options.polite) this.#offerAnew();
  }

  /** Signaling is back: a path that is broken is mended at once instead of when its turn comes. */
  mendNow(): void {
    if (this.#mending.brokenFor(performance.now()) === 0) return;
    this.#mending.anew();
    this.#broken();
  }

  description(description: Description): void {
    this.#enqueue(() => this.#described(description));
  }

  candidate(candidate: Candidate): void {
    this.#enqueue(async () => {
      try {
        await this.#pc?.addIceCandidate(candidate as RTCIceCandidateInit);
      } catch (error) {
        // A candidate of an offer that was ignored, or of the connection before this one.
        if (!this.#ignoreOffer) console.info('a candidate was not taken', (error as Error).name);
      }
    });
  }

  async #described(description: Description): Promise<void> {
    const offer = description.type === 'offer';
    const origin = originOf(description.sdp);
    const stranger = this.#remoteOrigin !== undefined && origin !== this.#remoteOrigin;
    if (offer) this.#mending.begunThere(performance.now());
    if (stranger && offer) this.#build();
    else if (stranger) return this.#options.polite ? undefined : this.#offerAnew();
    const busy = this.#makingOffer || (this.#pc !== undefined && this.#pc.signalingState !== 'stable');
    this.#ignoreOffer = offer && busy && !this.#options.polite;
    if (this.#ignoreOffer) return;
    // A first offer of our own has transceivers that the other's offer cannot take over.
    if (offer && busy && this.#remoteOrigin === undefined) this.#build();
    const pc = this.#pc ?? this.#build();
    if (!offer && pc.signalingState !== 'have-local-offer') return;
    await pc.setRemoteDescription(description as RTCSessionDescriptionInit);
    this.#remoteOrigin = origin;
    if (!offer) return;
    await this.#adopt(pc);
    await pc.setLocalDescription();
    if (pc === this.#pc && pc.localDescription) this.#say(pc.localDescription);
  }

  /** A new connection, with our own transceivers and an offer. */
  #offerAnew(): void {
    const pc = this.#build();
    for (const kind of ['audio', 'video'] as const) pc.addTransceiver(kind, { direction: 'sendrecv', streams: [this.stream] });
    if (this.#options.limits.spareSound) preferSpareSound(pc);
    void this.#attach();
  }

  #build(): RTCPeerConnection {
    this.#discard();
    clearTimeout(this.#firstOffer);
    this.#remoteOrigin = undefined;
    this.#ignoreOffer = false;
    this.#builtAt = performance.now();
    this.#watch.reset();
    const pc = new RTCPeerConnection(this.#configuration());
    this.#pc = pc;
    const channel = pc.createDataChannel(RECORDS.label, { negotiated: true, id: RECORDS.id, ordered: true });
    this.#listener.channel(channel);
    pc.onnegotiationneeded = () => this.#enqueue(() => this.#offer(pc));
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) this.#sayCandidate(candidate);
    };
    pc.ontrack = ({ track }) => this.#received(track);
    pc.onconnectionstatechange = () => this.#connectionChanged(pc);
    return pc;
  }

  #discard(): void {
    const pc = this.#pc;
    this.#pc = undefined;
    this.#makingOffer = false;
    if (!pc) return;
    pc.onnegotiationneeded = pc.onicecandidate = pc.ontrack = pc.onconnectionstatechange = null;
    pc.close();
    for (const track of this.stream.getTracks()) this.stream.removeTrack(track);
  }

  async #offer(pc: RTCPeerConnection): Promise<void> {
    if (pc !== this.#pc || pc.signalingState !== 'stable') return;
    // The end that adopts has nothing of its own to offer before the first offer is answered.
    if (pc.getTransceivers().length === 0) return;
    try {
      this.#makingOffer = true;
      await pc.setLocalDescription();
      if (pc === this.#pc && pc.localDescription) this.#say(pc.localDescription);
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Takes the offer's transceivers into use in both directions. */
  async #adopt(pc: RTCPeerConnection): Promise<void> {
    for (const transceiver of pc.getTransceivers()) {
      if (transceiver.direction === 'recvonly') transceiver.direction = 'sendrecv';
      transceiver.sender.setStreams?.(this.stream);
    }
    if (this.#options.limits.spareSound) preferSpareSound(pc);
    await this.#attach();
  }

  async #attach(): Promise<void> {
    if (this.#pc) await attach(this.#pc, this.#options.tracks);
    await this.#limit();
  }

  /** One after the other: what a sender says of itself holds only until somebody else changes it. */
  #limit(): Promise<void> {
    this.#sent = this.#sent.then(async () => {
      if (this.#pc) await limit(this.#pc, this.#options.limits, this.#videoPaused);
    });
    return this.#sent;
  }

  #received(track: MediaStreamTrack): void {
    for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.stream.removeTrack(old);
    this.stream.addTrack(track);
    this.#listener.stream(this.stream);
  }

  #connectionChanged(pc: RTCPeerConnection): void {
    if (pc.connectionState === 'connected') {
      this.#mending.well();
      this.#setState('connected');
      void this.#limit();
    } else if (pc.connectionState === 'failed') this.#broken();
  }

  async #sample(): Promise<void> {
    const pc = this.#pc;
    if (!pc || this.#closed) return;
    const stats = await readStats(pc);
    if (pc !== this.#pc) return;
    const now = performance.now();
    const frames = stats.framesDecoded === undefined ? {} : { frames: stats.framesDecoded };
    const signs = { packets: stats.received, answers: stats.answers, silent: this.#options.silent() };
    const { stalled, pictureStopped } = this.#watch.judge({ at: now, ...signs, ...frames });
    if (this.#isBroken(pc, stalled, now)) this.#broken();
    else if (pc.connectionState === 'connected') this.#mended();
    this.#listener.stats(stats, { pictureStopped, brokenForMs: this.#mending.brokenFor(now) });
  }

  #isBroken(pc: RTCPeerConnection, stalled: boolean, now: number): boolean {
    if (stalled || pc.connectionState === 'failed' || pc.connectionState === 'disconnected') return true;
    return pc.connectionState !== 'connected' && now - this.#builtAt > FIRST_PATH_WITHIN_MS;
  }

  #mended(): void {
    this.#mending.well();
    this.#setState('connected');
  }

  #broken(): void {
    if (this.#state === 'connected') this.#setState('reconnecting');
    const now = performance.now();
    const remedy = this.#options.reachable() ? this.#mending.broken(now) : this.#mending.wait(now);
    // An offer that is not answered yet is a restart under way.
    if (remedy === 'restart' && this.#pc?.signalingState === 'stable') this.#pc.restartIce();
    if (remedy === 'rebuild') this.#offerAnew();
    if (remedy) this.#listener.mending(remedy);
  }

  #setState(state: PathState): void {
    if (state === this.#state) return;
    const wasLost = this.#state === 'reconnecting';
    this.#state = state;
    this.#lookEvery(state === 'reconnecting' ? HASTY_SAMPLE_MS : SAMPLE_MS);
    if (wasLost) this.#beginPictureAnew();
    this.#listener.state(state);
  }

  #lookEvery(ms: number): void {
    clearInterval(this.#sampling);
    this.#sampling = setInterval(() => void this.#sample(), ms);
  }

  /** After a gap the other side has use for a whole picture alone, and asks for one only after seconds. A sender that pauses and goes on begins with one. */
  #beginPictureAnew(): void {
    this.#sent = this.#sent.then(async () => {
      if (this.#pc && !this.#videoPaused) await limit(this.#pc, this.#options.limits, true);
    });
    void this.#limit();
  }

  #configuration(): RTCConfiguration {
    return {
      iceServers: this.#options.iceServers.map(({ urls, username, credential }) => ({ urls, username, credential })),
      iceTransportPolicy: this.#options.relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    };
  }

  #say({ type, sdp }: RTCSessionDescription): void {
    this.#options.send({ type: 'description', data: { to: this.#options.seat, description: { type, sdp: withSpareSound(sdp) } } });
  }

  #sayCandidate(candidate: RTCIceCandidate): void {
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const data = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
    this.#options.send({ type: 'candidate', data: { to: this.#options.seat, candidate: data } });
  }

  /** One step of negotiation after the other; a failed one must not stop the next. */
  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#closed) return;
      await step().catch((error: Error) => console.warn('a step of the negotiation failed', error.name));
    });
  }
}
