// A gateway for tests of the client, as docs/PROTOCOL.md has it, over lines that delay and lose. It complains of a client that breaks a rule.
import type { Arrival, ClientMessage, ServerMessage } from '../../generated/signaling';

interface Said {
  v: number;
  n?: number;
  ack: number;
  id?: string;
  type: ClientMessage['type'];
  data: { resume?: { token: string; received: number }; nonce?: number; screen?: string; to?: string; candidate?: { candidate: string } };
}

/** One WebSocket: what the client sends waits in `up`, what the gateway sends in `down`. */
export class Line {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  up: string[] = [];
  down: (string | { code: number })[] = [];
  isCut = false;

  constructor(readonly openedAt: number) {}

  send(text: string) {
    if (!this.isCut) this.up.push(text);
  }

  close() {
    this.readyState = 3;
  }

  open() {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.();
  }

  /** One thing arrives at the page. */
  deliver() {
    const next = this.down.shift();
    if (next === undefined || this.readyState === 3) return;
    if (typeof next === 'string') return this.onmessage?.({ data: next });
    this.readyState = 3;
    this.onclose?.(next);
  }

  /** What is under way is lost; the page hears of it or has to find out. */
  cut(pageHears: boolean) {
    this.isCut = true;
    this.up = [];
    this.down = pageHears ? [{ code: 1006 }] : [];
  }
}

interface Session {
  epoch: number;
  tokens: string[];
  received: number;
  last: number;
  kept: { n: number; text: (ack: number) => string }[];
  line: Line;
}

export class Gateway {
  complaints: string[] = [];
  /** Serial numbers of candidates, in the order of taking. */
  taken: number[] = [];
  resyncs = 0;
  #session: Session | undefined;
  #done = new Set<string>();
  #epoch = 0;
  #tokens = 0;

  /** One thing arrives at the gateway. */
  hear(line: Line) {
    const text = line.up.shift();
    if (text === undefined) return;
    const said = JSON.parse(text) as Said;
    if (said.type === 'hello') return this.#hello(line, said);
    if (this.#session?.line === line) this.#take(this.#session, said);
  }

  /** Says something numbered to whoever holds the session. */
  say(message: ServerMessage, id?: string) {
    const session = this.#session;
    if (!session) return;
    const n = ++session.last;
    const text = (ack: number) => JSON.stringify({ v: 1, n, ack, ...(id === undefined ? {} : { id }), ...message });
    session.kept.push({ n, text });
    this.#put(session.line, text(session.received));
  }

  /** Whether the line is the one to say goodbye on. */
  goodbye(line: Line, retryAfterS: number): boolean {
    if (this.#session?.line !== line || line.isCut) return false;
    this.#put(line, JSON.stringify({ v: 1, ack: 0, type: 'bye', data: { code: 'going_away', retry_after_s: retryAfterS } }));
    line.down.push({ code: 1001 });
    return true;
  }

  /** Nothing is left but what was stored: which commands were carried out. */
  die() {
    if (this.#session && !this.#session.line.isCut) this.#session.line.down.push({ code: 1006 });
    this.#session = undefined;
  }

  #hello(line: Line, said: Said) {
    const { resume } = said.data;
    const session = this.#session;
    const goesOn = session && resume && session.tokens.includes(resume.token) && resume.received <= session.last;
    if (goesOn) {
      session.tokens = [resume.token, this.#token()];
      session.line = line;
      session.kept = session.kept.filter(({ n }) => n > resume.received);
      this.#welcome(session, 'resumed');
      for (const { text } of session.kept) this.#put(line, text(session.received));
      return;
    }
    this.#session = { epoch: ++this.#epoch, tokens: [this.#token()], received: 0, last: 0, kept: [], line };
    if (resume) this.resyncs++;
    this.#welcome(this.#session, resume ? 'resync' : 'new');
  }

  #welcome({ epoch, tokens, received, line }: Session, arrival: Arrival) {
    const data = { arrival, resume_token: tokens.at(-1), heartbeat_s: 4, received, epoch };
    this.#put(line, JSON.stringify({ v: 1, ack: received, type: 'welcome', data }));
  }

  #take(session: Session, said: Said) {
    session.tokens = session.tokens.slice(-1);
    if (said.ack > session.last) this.complaints.push(`${said.type} acknowledges ${said.ack} of ${session.last}`);
    session.kept = session.kept.filter(({ n }) => n > said.ack);
    if (said.type === 'ping') return this.#pong(session, said.data.nonce ?? 0);
    const n = said.n ?? 0;
    if (n <= session.received) return;
    if (n > session.received + 1) this.complaints.push(`${said.type} has ${n} after ${session.received}`);
    session.received = n;
    if (said.type === 'candidate') this.taken.push(Number(said.data.candidate?.candidate));
    else if (said.id !== undefined) this.#carryOut(said.id);
  }

  #carryOut(id: string) {
    this.#done.add(id);
    this.say({ type: 'done', data: {} }, id);
  }

  #pong({ received, line }: Session, nonce: number) {
    this.#put(line, JSON.stringify({ v: 1, ack: received, type: 'pong', data: { nonce } }));
  }

  #put(line: Line, text: string) {
    if (!line.isCut) line.down.push(text);
  }

  #token() {
    return `token ${++this.#tokens}`;
  }

  get carriedOut(): number {
    return this.#done.size;
  }
}
