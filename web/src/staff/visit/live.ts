// One staff member's live hold of a visit: signaling, the call and this side's devices, folded into signals for the view,
// and what staff may say.
import { batch, signal } from '@preact/signals';
import { socketUrl } from '../../core/api';
import type { Peer } from '../../core/call/call';
import type { Step } from '../../core/call/ladder';
import { OwnEnd } from '../../core/call/own';
import type { OwnTrouble } from '../../core/devices/guard';
import { startOf } from '../../core/call/start';
import { SnippetSender } from '../../core/records/sender';
import { SignalingClient, type ClosedReason, type Status } from '../../core/signaling/client';
import type { ClientMessage, Happening, Inside, Person, SeatId, ServerMessage, Welcome } from '../../generated/signaling';
import { hasWords, t } from '../../ui/words';
import * as api from '../api';
import type { Readiness } from '../model';
import { ownVerdict } from '../readiness';
import { VisitMedia } from './media';
import type { Prepared } from './record';
import { heard, NOWHERE, takeoverAnswered, welcomed, type RoomState } from './room-state';

export type ReadinessOf = (person: Pick<Person, 'seat' | 'role'>) => Readiness | null | undefined;

const GOODBYE_MS = 2_000;

export class LiveVisit {
  readonly room = signal<RoomState>(NOWHERE);
  readonly line = signal<Status>('connecting');
  readonly closed = signal<ClosedReason | null>(null);
  /** The others' sound and picture. */
  readonly peers = signal<readonly Peer[]>([]);
  /** How far the call had to go so that the sound gets through, and whether this person wants sound alone. */
  readonly step = signal<Step>('both');
  readonly soundOnly = signal(false);
  readonly ownTrouble = signal<OwnTrouble | undefined>(undefined);
  /** A refused command in words, for the person who gave it. */
  readonly refused = signal<{ words: string } | null>(null);
  readonly media: VisitMedia;
  /** What the equipment test of somebody in the visit found, for those who have one. */
  readiness: ReadinessOf = () => undefined;
  readonly #client: SignalingClient;
  /** The element of a snippet that was pointed at last, and from which seat; nothing of it where it is empty. */
  readonly pointed = signal<{ snippet: string; seat: SeatId; element: string } | undefined>(undefined);
  /** The region of each image that this side led to last. */
  readonly leading = signal<ReadonlyMap<string, string>>(new Map());
  /** How much of a snippet has arrived at a seat, 0 to 1, by the two names. */
  readonly arrived = signal<ReadonlyMap<string, number>>(new Map());
  readonly #sender = new SnippetSender({
    progress: (seat, snippet, share) => (this.arrived.value = new Map(this.arrived.value).set(`${snippet} ${seat}`, share)),
    pointed: (seat, snippet, element) => (this.pointed.value = { snippet, seat, element }),
  });
  #own: OwnEnd | undefined;

  constructor(visit: string) {
    this.media = new VisitMedia(visit);
    this.#client = new SignalingClient(
      { url: socketUrl(`/visits/${encodeURIComponent(visit)}/socket`, visit), stillMine: () => stillMine(visit) },
      {
        message: (message) => this.#heard(message),
        welcome: (welcome) => this.#welcomed(welcome),
        status: (status) => (this.line.value = status),
        closed: (reason) => {
          this.closed.value = reason;
          this.#hangUp();
        },
      },
    );
  }

  start() {
    this.#client.start();
    void this.media.start();
  }

  stop() {
    this.#client.stop();
    this.#hangUp();
  }

  admit = (seat: SeatId) => this.#say({ type: 'admit', data: { seat, identity_confirmed: true } });
  deny = (seat: SeatId) => this.#say({ type: 'deny', data: { seat } });
  sendBack = (seat: SeatId) => this.#say({ type: 'send_back', data: { seat } });
  remove = (seat: SeatId) => this.#say({ type: 'remove', data: { seat } });
  allowTakeover = (seat: SeatId) => {
    this.dismissTakeover(seat);
    return this.#say({ type: 'allow_takeover', data: { seat } });
  };
  dismissTakeover = (seat: SeatId) => {
    this.room.value = takeoverAnswered(this.room.value, seat);
  };
  /** In the window that asks: the other one has the visit. */
  moveHere = () => this.#say({ type: 'takeover_ask', data: {} });
  /** On by telephone, or back. */
  goByPhone = (on: boolean) => {
    if (on) this.#happened('phone_continued');
    return this.#say({ type: 'go_by_phone', data: { by_phone: on } });
  };
  setSoundOnly = (on: boolean) => {
    this.media.choose({ soundOnly: on });
    return this.#own?.setSoundOnly(on);
  };
  setCamera = async (on: boolean) => {
    if (on) await this.setSoundOnly(false);
    await this.media.setCamera(on);
  };
  /** The microphone or the camera is taken anew. */
  resume = () => this.#own?.guard.resume();
  /** The browser wants a click before it plays the others. */
  needsTap = (needs: boolean) => this.#own?.needsTap(needs);
  end = () => this.#say({ type: 'end', data: {} });
  /** Says goodbye; who cannot say it is let go all the same. */
  leave = () => Promise.race([this.#say({ type: 'leave', data: {} }), new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))]);

  /** Content goes from here to the others' pages once the patient agreed; the gateway only hears of it. */
  offer = (prepared: Prepared, seats: SeatId[]) => {
    this.#sender.keep(prepared.snippet.id, prepared);
    return this.#say({ type: 'snippet_offer', data: { snippet: prepared.snippet.id, seats } });
  };
  /** What is on a screen already is shown to more people; its content is kept from the first offer. */
  include = (snippet: string, seats: SeatId[]) => this.#say({ type: 'snippet_offer', data: { snippet, seats } });
  /** "Yours to keep". */
  giveToKeep = (snippet: string) => this.#say({ type: 'snippet_keep', data: { snippet } });
  withdraw = (snippet: string) => {
    this.#sender.withdraw(snippet);
    return this.#say({ type: 'snippet_withdraw', data: { snippet } });
  };
  /** From one person's screen; the others keep it. */
  withdrawFrom = (snippet: string, seat: SeatId) => {
    this.#sender.withdrawFrom(snippet, seat);
    return this.#say({ type: 'snippet_withdraw_from', data: { snippet, seat } });
  };

  point = (snippet: string, element: string) => {
    this.pointed.value = { snippet, seat: this.room.peek().seat, element };
    this.#sender.point(snippet, element);
  };
  /** The others' pages follow to this region of an image. */
  lead = (snippet: string, region: string) => {
    this.leading.value = new Map(this.leading.value).set(snippet, region);
    this.#sender.lead(snippet, region);
  };

  #welcomed(welcome: Welcome) {
    this.room.value = welcomed(this.room.value, welcome);
    this.#own?.signalingIsBack(welcome.arrival !== 'resumed');
    this.#own ??= this.#newCall(welcome);
    if (welcome.view?.where === 'inside') this.#inside(welcome.view);
  }

  #heard(message: ServerMessage) {
    this.room.value = heard(this.room.value, message);
    if (message.type === 'admitted') {
      this.#inside(message.data);
    } else {
      this.#own?.message(message);
    }
    if (message.type === 'snippet') this.#sender.update(message.data);
    // Another window of this same person asks: whoever signed in there may have it.
    if (message.type === 'takeover_asked' && message.data.seat === this.room.value.seat) {
      void this.#client.command({ type: 'takeover_answer', data: { allow: true } });
    }
  }

  #inside(view: Inside) {
    this.#own?.view(view);
    for (const snippet of view.snippets) this.#sender.update(snippet);
  }

  #newCall(welcome: Welcome): OwnEnd {
    const call = {
      seat: welcome.seat,
      role: welcome.role,
      phone: false,
      start: startOf({ mode: 'video' }, false).limits,
      takes: (person: Person) => {
        const found = this.readiness(person);
        return found ? startOf(ownVerdict(found, Date.now()), false) : undefined;
      },
      reachable: () => this.#client.status === 'open',
    };
    const own: OwnEnd = new OwnEnd(
      {
        capture: this.media.capture,
        choices: this.media.choices,
        call,
        tellsAway: false,
        ownPicture: () => this.media.drawn,
        send: (message) => this.#client.send(message),
        happened: (what) => this.#happened(what),
        wake: () => this.#client.wake(),
        videoAgain: () => void this.media.startAgain(),
      },
      { changed: () => this.#callChanged(own), channel: ({ seat }, channel) => this.#sender.attach(seat, channel) },
    );
    return own;
  }

  #callChanged(own: OwnEnd) {
    batch(() => {
      this.peers.value = own.call.peers;
      this.step.value = own.call.step;
      this.soundOnly.value = own.soundOnly;
      this.ownTrouble.value = own.guard.trouble;
    });
  }

  #happened(what: Happening) {
    void this.#client.command({ type: 'happened', data: { what } });
  }

  #hangUp() {
    this.#own?.close();
    this.#own = undefined;
    this.peers.value = [];
    this.media.stop();
  }

  /** Nothing when it was done, else the refusal in words. */
  async #say(message: ClientMessage): Promise<string | null> {
    const answer = await this.#client.command(message);
    if (answer.done) return null;
    const words = refusalWords(answer.refused.word);
    this.refused.value = { words };
    return words;
  }
}

function refusalWords(word: string): string {
  const id = `staff-refused-${word.replaceAll('_', '-')}`;
  return hasWords(id) ? t(id) : t('staff-problem-other');
}

/** The gateway keeps refusing the socket: signed out, or no longer this person's visit. */
async function stillMine(visit: string): Promise<boolean> {
  try {
    await api.visit(visit);
    return true;
  } catch (error) {
    return !(error instanceof api.ApiError && (error.status === 401 || error.status === 404));
  }
}
