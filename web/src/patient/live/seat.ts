// One seat, live: its signaling session, its call and the record it is shown, as signals that screens read.
import { batch, signal } from '@preact/signals';
import { ApiError, socketUrl } from '../../core/api';
import type { Peer } from '../../core/call/call';
import type { Step } from '../../core/call/ladder';
import { OwnEnd } from '../../core/call/own';
import { withPath } from '../../core/call/quality';
import type { OwnTrouble } from '../../core/devices/guard';
import { startOf, type Found } from '../../core/call/start';
import { SnippetReceiver, type Snippet } from '../../core/records/receiver';
import { SignalingClient, type ClosedReason, type Status } from '../../core/signaling/client';
import type {
  ConsentState,
  Inside,
  Outside,
  Permission,
  Person,
  Rejection,
  Role,
  RunCheck,
  Screen,
  SeatId,
  ServerMessage,
  SnippetId,
  SnippetView,
  TestCallInvite,
  VisitId,
  Welcome,
} from '../../generated/signaling';
import { seatPage } from '../gateway';
import { gatewayNow } from '../journey';
import { isPhone, savedSeat } from '../link';
import { capture, drawn } from './media';

/** What the page around a seat knows and does. */
export interface Page {
  /** The person is in another call, which nobody may see into from here. */
  busy(): boolean;
  /** The visit is no longer by telephone: camera and microphone are wanted as they were chosen. */
  videoAgain(): void;
}

const ALONE: Page = { busy: () => false, videoAgain: () => undefined };

export class LiveSeat {
  readonly status = signal<Status>('connecting');
  /** How often the line was lost. */
  losses = 0;
  readonly closed = signal<ClosedReason | undefined>(undefined);
  /** Before the door; `undefined` until the gateway says, and once inside. */
  readonly outside = signal<Outside | undefined>(undefined);
  readonly inside = signal<Inside | undefined>(undefined);
  /** Admitted while nobody looked at the page: nothing of the person is sent before they say so. */
  readonly held = signal(false);
  readonly peers = signal<readonly Peer[]>([]);
  /** How far the call had to go so that the sound gets through, and whether the person wants sound alone. */
  readonly step = signal<Step>('both');
  readonly soundOnly = signal(false);
  /** What is wrong with the own microphone or camera; `isStuck`: **Resume** did not help. */
  readonly ownTrouble = signal<OwnTrouble | undefined>(undefined);
  readonly isStuck = signal(false);
  readonly byPhone = signal(false);
  readonly may = signal<readonly Permission[]>([]);
  readonly ended = signal<Role | undefined>(undefined);
  readonly testCall = signal<TestCallInvite | undefined>(undefined);
  /** A technician asks for this step of the check again; whoever runs it empties this. */
  readonly runCheck = signal<RunCheck | undefined>(undefined);
  /** Another phone asks for this seat. */
  readonly takeoverAsked = signal(false);
  readonly consentAskedBy = signal<string | undefined>(undefined);
  readonly consent = signal<ConsentState['consent']>('not_asked');
  readonly snippets = signal<readonly Snippet[]>([]);
  readonly audience = signal<ReadonlyMap<SnippetId, readonly SeatId[]>>(new Map());
  /** The element of a snippet that was pointed at last, here or there; nothing of it where that is empty. */
  readonly pointed = signal<{ snippet: SnippetId; element: string; here: boolean } | undefined>(undefined);
  /** The region of each image that the clinician leads to. */
  readonly leading = signal<ReadonlyMap<SnippetId, string>>(new Map());
  /** "Yours to keep": those a copy may be saved of. */
  readonly keepable = signal<ReadonlySet<SnippetId>>(new Set());
  /** Of these, what is left once the visit is over; everything else is gone. */
  readonly keepsakes = signal<readonly Snippet[]>([]);
  /** Something was taken off the screen, could not be shown, or the person said that it goes and stays off. */
  readonly recordNews = signal<'gone' | 'failed' | 'stopped' | undefined>(undefined);

  readonly #client: SignalingClient;
  #own: OwnEnd | undefined;
  #receiver: SnippetReceiver | undefined;
  #visit = '';
  #role: Role = 'patient';
  #screen: Screen = 'start';
  #start = startOf(undefined, isPhone);

  constructor(
    readonly id: SeatId,
    visit: VisitId | undefined,
    private readonly page: Page = ALONE,
  ) {
    this.#client = new SignalingClient(
      { url: socketUrl(`/seats/${id}/socket`, visit), stillMine: () => stillMine(id) },
      {
        message: (message) => batch(() => this.#heard(message)),
        welcome: (welcome) => batch(() => this.#welcomed(welcome)),
        status: (status) => this.#lineIs(status),
        closed: (reason) => this.#closed(reason),
      },
    );
    this.#client.start();
  }

  /** Others who come by a link see what is shown to them, and decide nothing about it. */
  get isPatient(): boolean {
    return this.#role === 'patient';
  }

  get client(): SignalingClient {
    return this.#client;
  }

  showScreen(screen: Screen): void {
    if (screen === this.#screen) return;
    this.#screen = screen;
    this.#client.send({ type: 'progress', data: { screen } });
  }

  /** What the equipment test found is how the call starts; the camera stays off where a picture would take from the sound. */
  startAs(verdict: Found | undefined): boolean {
    this.#start = startOf(verdict, isPhone);
    return this.#start.camera;
  }

  checkIn() {
    return this.#client.command({ type: 'check_in', data: {} });
  }

  /** While waiting: a text when it is this person's turn. */
  textMe(wanted: boolean) {
    return this.#client.command({ type: 'text_me', data: { wanted } });
  }

  /** Says goodbye, and hangs up even if nobody hears it. */
  async leave(): Promise<void> {
    this.#setAside();
    const said = this.#client.command({ type: 'leave', data: {} });
    await Promise.race([said, new Promise((resolve) => setTimeout(resolve, 2_000))]);
    this.stop();
  }

  /** "Join now". */
  release(): void {
    this.held.value = false;
    this.#own?.hold(false);
  }

  /** **Sound only**, or pictures again. */
  async setSoundOnly(on: boolean): Promise<void> {
    await this.#own?.setSoundOnly(on);
  }

  /** **Call me instead**, or back to the video visit. */
  goByPhone(on: boolean) {
    if (on) void this.#client.command({ type: 'happened', data: { what: 'phone_asked' } });
    return this.#client.command({ type: 'go_by_phone', data: { by_phone: on } });
  }

  /** **Resume**: microphone and camera are taken anew. */
  async resume(): Promise<void> {
    await this.#own?.guard.resume();
  }

  /** The browser wants a tap before it plays the others. */
  needsTap(needs: boolean): void {
    this.#own?.needsTap(needs);
  }

  askTakeover() {
    return this.#client.command({ type: 'takeover_ask', data: {} });
  }

  answerTakeover(allow: boolean) {
    this.takeoverAsked.value = false;
    return this.#client.command({ type: 'takeover_answer', data: { allow } });
  }

  answerConsent(agreed: boolean) {
    this.consentAskedBy.value = undefined;
    if (agreed) {
      this.recordNews.value = undefined;
    } else {
      this.#forgetRecord();
      this.recordNews.value = 'stopped';
    }
    return this.#client.command({ type: 'consent_answer', data: { agreed } });
  }

  /** The snippet is up; later: it has been on the visible screen. */
  shown(snippet: SnippetId): void {
    void this.#client.command({ type: 'snippet_shown', data: { snippet } });
  }

  seen(snippet: SnippetId): void {
    void this.#client.command({ type: 'snippet_seen', data: { snippet } });
  }

  /** To the clinician, at this element of what is on the screen. */
  point(snippet: SnippetId, element: string): void {
    this.pointed.value = { snippet, element, here: true };
    this.#receiver?.point(snippet, element);
  }

  stop(): void {
    this.#client.stop();
    this.#hangUp();
  }

  #lineIs(status: Status): void {
    if (this.status.peek() === 'open' && status !== 'open') this.losses++;
    this.status.value = status;
  }

  #welcomed({ arrival, view, visit, role, may }: Welcome): void {
    this.#visit = visit;
    this.#role = role;
    this.may.value = may;
    this.#own?.signalingIsBack(arrival !== 'resumed');
    if (arrival === 'resumed') return;
    if (this.#screen !== 'start') this.#client.send({ type: 'progress', data: { screen: this.#screen } });
    if (view?.where === 'inside') {
      // Let in while the phone was away: they have just come back to the page and are asked first.
      if (this.outside.peek()) this.held.value = true;
      this.#enter(view);
    }
    else if (view) this.#stand(view);
  }

  #heard(message: ServerMessage): void {
    this.#own?.message(message);
    switch (message.type) {
      case 'outside':
        return this.#stand(message.data);
      case 'admitted':
        this.held.value = document.visibilityState === 'hidden' || this.page.busy();
        return this.#enter(message.data);
      case 'person':
        return this.#met(message.data);
      case 'person_left':
        return this.#setPeople(this.#people().filter(({ seat }) => seat !== message.data.seat));
      case 'quality':
        if (this.inside.value) this.inside.value = { ...this.inside.value, paths: withPath(this.inside.value.paths, message.data) };
        return;
      case 'by_phone':
        this.byPhone.value = message.data.by_phone;
        return;
      case 'takeover_asked':
        this.takeoverAsked.value = true;
        return;
      case 'test_call':
        this.testCall.value = message.data;
        return;
      case 'run_check':
        this.runCheck.value = message.data;
        return;
      case 'consent_asked':
        this.consentAskedBy.value = message.data.by;
        return;
      case 'consent':
        return this.#consented(message.data);
      case 'snippet':
        return this.#snippet(message.data);
      case 'ended':
        this.ended.value = message.data.by;
        this.#setAside();
        return this.#hangUp();
    }
  }

  /** Before the door. Whoever was inside and is sent back leaves the call. */
  #stand(outside: Outside): void {
    if (this.inside.value) this.#hangUp();
    this.outside.value = outside;
  }

  #enter(inside: Inside): void {
    this.outside.value = undefined;
    this.inside.value = inside;
    this.consent.value = inside.consent.consent;
    const asking = inside.consent.consent === 'asked' ? inside.people.find((person) => person.role === 'clinician') : undefined;
    this.consentAskedBy.value = asking?.name;
    this.#receiver ??= this.#receive(inside.snippet_key);
    this.byPhone.value = inside.by_phone;
    this.#own ??= this.#begin();
    this.#own.hold(this.held.value);
    this.#own.view(inside);
    const known = new Set(inside.snippets.map(({ snippet }) => snippet));
    for (const { id } of this.snippets.value) if (!known.has(id)) this.#drop(id);
    for (const view of inside.snippets) this.#snippet(view);
  }

  #begin(): OwnEnd {
    return new OwnEnd(
      {
        capture,
        choices: savedSeat() ?? {},
        call: { seat: this.id, role: this.#role, phone: isPhone, start: this.#start.limits, reachable: () => this.#client.status === 'open' },
        tellsAway: true,
        ownPicture: () => drawn.own,
        send: (message) => this.#client.send(message),
        happened: (what) => void this.#client.command({ type: 'happened', data: { what } }),
        wake: () => this.#client.wake(),
        videoAgain: () => this.page.videoAgain(),
      },
      {
        changed: () => this.#callChanged(),
        // Only the clinician shows parts of the record.
        channel: ({ role }, channel) => role === 'clinician' && this.#receiver?.attach(channel),
      },
    );
  }

  #receive(key: string): SnippetReceiver {
    return new SnippetReceiver(
      { visit: this.#visit, key, now: gatewayNow },
      {
        arrived: (snippet) => {
          this.recordNews.value = undefined;
          this.snippets.value = this.#inOrder([...this.snippets.value.filter(({ id }) => id !== snippet.id), snippet]);
        },
        rejected: (snippet, why) => this.#rejected(snippet, why),
        gone: (snippet) => this.#drop(snippet, true),
        pointed: (snippet, element) => (this.pointed.value = { snippet, element, here: false }),
        leads: (snippet, region) => (this.leading.value = new Map(this.leading.value).set(snippet, region)),
      },
    );
  }

  #callChanged(): void {
    const own = this.#own;
    if (!own) return;
    batch(() => {
      this.peers.value = own.call.peers;
      this.step.value = own.call.step;
      this.soundOnly.value = own.soundOnly;
      this.ownTrouble.value = own.guard.trouble;
      this.isStuck.value = own.guard.isStuck;
    });
  }

  #consented({ consent }: ConsentState): void {
    this.consent.value = consent;
    if (consent !== 'asked') this.consentAskedBy.value = undefined;
    if (consent === 'refused' || consent === 'stopped') this.#forgetRecord();
  }

  #snippet({ snippet, state, audience, keep }: SnippetView): void {
    if (state === 'offered' || state === 'shown') {
      this.audience.value = new Map(this.audience.value).set(snippet, audience);
      if (keep && this.isPatient) this.keepable.value = new Set(this.keepable.value).add(snippet);
      this.#receiver?.offered(snippet);
    } else if (state === 'withdrawn' || state === 'rejected') this.#drop(snippet, state === 'withdrawn');
  }

  /** As they were offered: a large one that arrives late does not push away what the talk is about by now. */
  #inOrder(snippets: Snippet[]): Snippet[] {
    const order = [...this.audience.value.keys()];
    return snippets.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  }

  #rejected(snippet: SnippetId, why: Rejection): void {
    // What nobody offered, the person did not wait for.
    if (this.audience.value.has(snippet) && why !== 'withdrawn') this.recordNews.value = 'failed';
    void this.#client.command({ type: 'snippet_rejected', data: { snippet, why } });
  }

  #drop(snippet: SnippetId, said = false): void {
    this.#receiver?.withdrawn(snippet);
    if (said && this.snippets.value.some(({ id }) => id === snippet)) this.recordNews.value = 'gone';
    this.snippets.value = this.snippets.value.filter(({ id }) => id !== snippet);
    if (this.pointed.value?.snippet === snippet) this.pointed.value = undefined;
  }

  #forgetRecord(): void {
    for (const { id } of this.snippets.value) this.#drop(id);
  }

  /** What may be kept outlasts the call, in this page alone. */
  #setAside(): void {
    this.keepsakes.value = this.snippets.value.filter(({ id }) => this.keepable.value.has(id));
  }

  #people(): readonly Person[] {
    return this.inside.value?.people ?? [];
  }

  #met(person: Person): void {
    this.#setPeople([...this.#people().filter(({ seat }) => seat !== person.seat), person]);
  }

  #setPeople(people: Person[]): void {
    if (this.inside.value) this.inside.value = { ...this.inside.value, people };
  }

  #closed(reason: ClosedReason): void {
    batch(() => {
      this.closed.value = reason;
      if (reason === 'visit_ended' && !this.ended.value) this.#setAside();
      this.#hangUp();
    });
  }

  #hangUp(): void {
    this.#own?.close();
    this.#own = undefined;
    this.#receiver = undefined;
    this.inside.value = undefined;
    this.peers.value = [];
    this.byPhone.value = this.soundOnly.value = false;
    this.snippets.value = [];
    this.audience.value = new Map();
    this.pointed.value = undefined;
    this.leading.value = new Map();
    this.consentAskedBy.value = undefined;
  }
}

/** The gateway keeps refusing the connection: whether the seat is still this phone's. */
async function stillMine(id: SeatId): Promise<boolean> {
  try {
    await seatPage(id);
    return true;
  } catch (error) {
    return !(error instanceof ApiError && error.status === 404);
  }
}
