// One seat's WebSocket session: numbers, acknowledgements, resumption and reconnection. What the messages mean is others' business.
//
//   const client = new SignalingClient({ url }, { message, welcome, status, closed });
//   client.start();
//   const answer = await client.command({ type: 'check_in', data: {} });
import { HEARTBEAT_S, VERSION, type Bye, type ClientMessage, type CloseWord, type Refused, type ServerMessage, type Welcome } from '../../generated/signaling';
import { delayBefore } from './backoff';
import { isFinal, wordOf } from './closing';
import { read, write, type Envelope } from './envelope';
import { isCommand, isNumbered, Outbox, type Sent } from './outbox';

export type Status = 'connecting' | 'open' | 'reconnecting' | 'closed';
/** `gone`: the gateway no longer knows this seat; `stopped`: the page itself ended it. */
export type ClosedReason = CloseWord | 'gone' | 'stopped';
export type Answer = { done: true } | { done: false; refused: Refused };

export interface Listener {
  /** Every message but those of the connection itself. */
  message(message: ServerMessage): void;
  /** At each (re)connection; `arrival` says whether the view is new. */
  welcome(welcome: Welcome): void;
  status(status: Status): void;
  /** The client stays away from now on. */
  closed(reason: ClosedReason): void;
}

export interface Options {
  url: string;
  features?: string[];
  /** Asked when the gateway keeps refusing the connection: whether the seat is still this device's. */
  stillMine?: () => Promise<boolean>;
  open?: (url: string) => WebSocket;
}

/** A connection without an answer for so long is dead, whatever the socket says. */
const ANSWER_WITHIN_MS = 5_000;
/** The same where there is reason to doubt it. */
const DOUBTED_ANSWER_WITHIN_MS = 2_500;
const ACKNOWLEDGE_WITHIN_MS = 1_000;
const ACKNOWLEDGE_EVERY = 32;
const ECHO_WITHIN_MS = 10_000;
const REFUSALS_BEFORE_ASKING = 3;

const TIMERS = ['heartbeat', 'answer', 'acknowledge', 'retry'] as const;
type Timer = (typeof TIMERS)[number];

const NEVER_ANSWERED: Answer = { done: false, refused: { word: 'try_again', sentence: '' } };

export class SignalingClient {
  #options: Options;
  #listener: Listener;
  #socket: WebSocket | undefined;
  #status: Status = 'connecting';
  #outbox = new Outbox();
  #answers = new Map<string, (answer: Answer) => void>();
  #echoes = new Map<number, () => void>();
  #resumeToken: string | undefined;
  #received = 0;
  #acknowledged = 0;
  #tries = 0;
  /** What the gateway's last goodbye asked for; obeyed once. */
  #retryAfterS: number | undefined;
  #isAskedToWait = false;
  /** Who runs the room, as far as we were told: the load balancer brings us there. */
  #node: string | undefined;
  #heartbeatMs = HEARTBEAT_S * 1000;
  #commands = 0;
  #prefix = crypto.randomUUID().slice(0, 8);
  /** While it stays the same, the others keep their call with this page, whatever happens to connections and gateways. */
  #page = crypto.randomUUID();
  #timers: Partial<Record<Timer, ReturnType<typeof setTimeout>>> = {};

  constructor(options: Options, listener: Listener) {
    this.#options = options;
    this.#listener = listener;
  }

  get status(): Status {
    return this.#status;
  }

  start(): void {
    this.#connect();
  }

  /** Says something that is repeated until it arrives; or once, where it is of use now or never. */
  send(message: ClientMessage): void {
    if (!isNumbered(message)) {
      if (this.#status === 'open') this.#write({ ack: this.#received, message });
      return;
    }
    this.#transmit(this.#outbox.add(message));
  }

  /** Asks for something; the answer comes once, however often the connection is lost in between. */
  command(message: ClientMessage): Promise<Answer> {
    if (!isCommand(message)) throw new TypeError(`${message.type} is no command`);
    const id = `${this.#prefix}-${++this.#commands}`;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#transmit(this.#outbox.add(message, id));
    });
  }

  /** How long an answer takes now, in milliseconds; rejects where none comes. */
  echo(): Promise<number> {
    const nonce = Math.floor(Math.random() * 2 ** 32);
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#echoes.delete(nonce);
        reject(new Error('no answer'));
      }, ECHO_WITHIN_MS);
      this.#echoes.set(nonce, () => {
        clearTimeout(late);
        resolve(performance.now() - begun);
      });
      // Before the welcome nobody knows which session an acknowledgement would be of.
      if (this.#status === 'open') this.#write({ ack: this.#received, message: { type: 'ping', data: { nonce } } });
    });
  }

  /** The network or the page came back, or the call's path was lost: finds out now instead of at the next heartbeat, unless the gateway asked to wait. */
  wake(): void {
    if (this.#status === 'closed') return;
    if (this.#socket?.readyState === WebSocket.OPEN && this.#status === 'open') this.#doubt();
    else if (this.#timers.retry !== undefined && !this.#isAskedToWait) this.#connect();
  }

  stop(): void {
    this.#close('stopped');
  }

  #connect(): void {
    this.#clearTimers();
    const open = this.#options.open ?? ((url) => new WebSocket(url));
    const socket = open(this.#url());
    // Told again by whoever answers; where nobody does, the next try goes wherever there is somebody.
    this.#node = undefined;
    this.#socket = socket;
    this.#expectAnswer();
    socket.onopen = () => this.#hello(socket);
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#arrived(data);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#lost(wordOf(code));
    };
  }

  #url(): string {
    if (this.#node === undefined) return this.#options.url;
    const url = new URL(this.#options.url);
    url.searchParams.set('node', this.#node);
    return url.href;
  }

  #hello(socket: WebSocket): void {
    const resume = this.#resumeToken === undefined ? {} : { resume: { token: this.#resumeToken, received: this.#received } };
    const hello: ClientMessage = {
      type: 'hello',
      data: { versions: [VERSION], features: this.#options.features ?? [], page: this.#page, ...resume },
    };
    // The envelope's acknowledgement belongs to the session, which the gateway knows only after this message.
    socket.send(write({ ack: 0, message: hello }));
  }

  #arrived(data: unknown): void {
    const envelope = typeof data === 'string' ? read(data) : undefined;
    if (!envelope) return;
    this.#expectNothing();
    const { message, n } = envelope;
    if (message.type === 'welcome') return this.#welcomed(message.data);
    if (message.type === 'bye') return this.#bye(message.data);
    this.#outbox.acknowledge(envelope.ack);
    if (message.type === 'pong') return this.#echoed(message.data.nonce);
    if (n !== undefined && !this.#take(n)) return;
    this.#deliver(envelope);
  }

  #echoed(nonce: number): void {
    this.#echoes.get(nonce)?.();
    this.#echoes.delete(nonce);
  }

  /** Whether number `n` is the next one. Older ones were taken before; a hole means the connection cannot be trusted. */
  #take(n: number): boolean {
    if (n <= this.#received) return false;
    if (n > this.#received + 1) {
      this.#drop();
      return false;
    }
    this.#received = n;
    if (n - this.#acknowledged >= ACKNOWLEDGE_EVERY) this.#ping();
    else this.#timers.acknowledge ??= setTimeout(() => this.#ping(), ACKNOWLEDGE_WITHIN_MS);
    return true;
  }

  #deliver({ id, message }: Envelope<ServerMessage>): void {
    if ((message.type === 'done' || message.type === 'refused') && id !== undefined) {
      this.#outbox.answered(id);
      this.#answers.get(id)?.(message.type === 'done' ? { done: true } : { done: false, refused: message.data });
      this.#answers.delete(id);
      return;
    }
    this.#listener.message(message);
  }

  #welcomed(welcome: Welcome): void {
    this.#tries = 0;
    this.#node = welcome.node;
    // What was said before the very first answer belongs to no lost session: all of it still counts.
    const first = this.#resumeToken === undefined;
    this.#resumeToken = welcome.resume_token;
    this.#heartbeatMs = welcome.heartbeat_s * 1000;
    const resumed = welcome.arrival === 'resumed';
    if (!resumed) this.#received = this.#acknowledged = 0;
    const again = resumed || first ? this.#outbox.resume(welcome.received) : this.#outbox.restart();
    const isBack = this.#status !== 'open';
    this.#status = 'open';
    this.#beat();
    for (const sent of [...again]) this.#transmit(sent);
    // Only now: whoever is told may say something new, which comes after what is said again.
    if (isBack) this.#listener.status('open');
    this.#listener.welcome(welcome);
  }

  #bye({ code, retry_after_s, node }: Bye): void {
    if (retry_after_s === undefined && isFinal(code)) return this.#close(code);
    this.#retryAfterS = retry_after_s;
    this.#node = node;
  }

  #transmit({ n, id, message }: Sent): void {
    if (this.#status !== 'open') return;
    this.#write({ n, ...(id === undefined ? {} : { id }), ack: this.#received, message });
  }

  #write(envelope: Envelope<ClientMessage>): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(write(envelope));
    this.#acknowledged = this.#received;
    this.#clear('acknowledge');
    if (this.#status === 'open') this.#beat();
  }

  #ping(): void {
    const nonce = Math.floor(Math.random() * 2 ** 32);
    this.#write({ ack: this.#received, message: { type: 'ping', data: { nonce } } });
    if (this.#timers.answer === undefined) this.#expectAnswer();
  }

  #doubt(): void {
    this.#ping();
    this.#expectAnswer(DOUBTED_ANSWER_WITHIN_MS);
  }

  #beat(): void {
    this.#clear('heartbeat');
    this.#timers.heartbeat = setTimeout(() => this.#ping(), this.#heartbeatMs);
  }

  #expectAnswer(withinMs = ANSWER_WITHIN_MS): void {
    this.#clear('answer');
    this.#timers.answer = setTimeout(() => this.#drop(), withinMs);
  }

  #expectNothing(): void {
    this.#clear('answer');
  }

  /** Gives the present connection up, without waiting for its own close. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#lost(undefined);
  }

  #lost(word: CloseWord | undefined): void {
    if (this.#status === 'closed') return;
    if (word !== undefined && isFinal(word)) return this.#close(word);
    this.#clearTimers();
    this.#socket = undefined;
    if (this.#status === 'open') this.#setStatus('reconnecting');
    if (++this.#tries % REFUSALS_BEFORE_ASKING === 0) void this.#askWhetherGone();
    const askedS = this.#retryAfterS ?? 0;
    this.#isAskedToWait = askedS > 0;
    this.#retryAfterS = undefined;
    const delay = delayBefore(this.#tries - 1, Math.random(), askedS);
    this.#timers.retry = setTimeout(() => this.#connect(), delay);
  }

  async #askWhetherGone(): Promise<void> {
    const mine = await this.#options.stillMine?.().catch(() => true);
    if (mine === false) this.#close('gone');
  }

  #close(reason: ClosedReason): void {
    if (this.#status === 'closed') return;
    this.#clearTimers();
    const socket = this.#socket;
    this.#socket = undefined;
    this.#setStatus('closed');
    socket?.close(1000);
    for (const answer of this.#answers.values()) answer(NEVER_ANSWERED);
    this.#answers.clear();
    this.#listener.closed(reason);
  }

  #setStatus(status: Status): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#listener.status(status);
  }

  #clear(name: Timer): void {
    clearTimeout(this.#timers[name]);
    delete this.#timers[name];
  }

  #clearTimers(): void {
    for (const name of TIMERS) this.#clear(name);
  }
}
