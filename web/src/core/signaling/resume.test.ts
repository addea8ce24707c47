// Whatever happens to the line and the gateway: what is said arrives in order and once, a command is answered once, nobody is nagged.
// Rows of accidents from numbered seeds; a row that breaks something is named by its seed.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ServerMessage } from '../../generated/signaling';
import { SignalingClient } from './client';
import { Gateway, Line } from './gateway.fake';

const ROWS = 150;
const ACCIDENTS = 80;

/** mulberry32: small, and the same everywhere. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

class World {
  readonly gateway = new Gateway();
  readonly lines: Line[] = [];
  readonly heard: number[] = [];
  readonly client: SignalingClient;
  answers = 0;
  commands = 0;
  #random: () => number;
  #serial = 0;
  #said = 0;
  /** No connection before this. */
  #asked = 0;

  constructor(seed: number) {
    this.#random = dice(seed);
    const open = () => {
      expect(Date.now(), 'came back before it was asked to').toBeGreaterThanOrEqual(this.#asked);
      const line = new Line(Date.now());
      this.lines.push(line);
      return line as unknown as WebSocket;
    };
    this.client = new SignalingClient(
      { url: 'wss://x', open },
      {
        message: (message) => this.#hear(message),
        // Whoever listens may speak at once.
        welcome: () => this.#talk(),
        status: (status) => status === 'open' && this.#talk(),
        closed: (reason) => expect(reason).toBe('stopped'),
      },
    );
    this.client.start();
  }

  accident() {
    const kinds: (() => void)[] = [
      () => this.#talk(),
      () => this.#talk(),
      () => this.#ask(),
      () => this.gateway.say(candidate(++this.#said)),
      () => this.gateway.say(candidate(++this.#said)),
      () => this.#move(this.#random() * 6),
      () => this.#move(this.#random() * 6),
      () => this.#pass(this.#random() * 900),
      () => this.#pass(this.#random() * 900),
      () => this.#pass(this.#random() * 9_000),
      () => this.#line().cut(this.#random() < 0.5),
      () => void this.client.echo().catch(() => {}),
      () => this.client.wake(),
      () => this.#random() < 0.3 && this.gateway.die(),
      () => this.#random() < 0.3 && this.#goodbye(),
    ];
    kinds[Math.floor(this.#random() * kinds.length)]?.();
  }

  async heal() {
    for (let second = 0; second < 40; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      this.#move(10_000);
    }
  }

  #line(): Line {
    return this.lines.at(-1) as Line;
  }

  #talk() {
    this.client.send({ type: 'candidate', data: { to: 'other', candidate: { candidate: String(++this.#serial), sdpMid: null, sdpMLineIndex: null, usernameFragment: null } } });
  }

  #ask() {
    this.commands++;
    void this.client.command({ type: 'check_in', data: {} }).then((answer) => {
      expect(answer).toEqual({ done: true });
      this.answers++;
    });
  }

  #goodbye() {
    const line = this.#line();
    if (line.readyState !== 1 || !this.gateway.goodbye(line, 3)) return;
    while (line.down.length > 0 && line.readyState === 1) {
      const isLast = line.down.length === 1;
      line.deliver();
      if (isLast && line === this.#line()) this.#asked = Date.now() + 3_000;
    }
  }

  /** So many things arrive, either way, on any of the lines: the older ones are slow, not dead. */
  #move(things: number) {
    for (let i = 0; i < things; i++) {
      const line = this.#random() < 0.85 ? this.#line() : (this.lines[Math.floor(this.#random() * this.lines.length)] as Line);
      if (!line.isCut) line.open();
      if (this.#random() < 0.5) this.gateway.hear(line);
      else line.deliver();
    }
  }

  #pass(ms: number) {
    vi.advanceTimersByTime(ms);
  }

  #hear(message: ServerMessage) {
    if (message.type === 'candidate') this.heard.push(Number(message.data.candidate.candidate));
  }
}

function candidate(serial: number): ServerMessage {
  const data = { candidate: String(serial), sdpMid: null, sdpMLineIndex: null, usernameFragment: null };
  return { type: 'candidate', data: { from: 'other', candidate: data } };
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || (numbers[i - 1] as number) < number);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('loses nothing, doubles nothing and breaks no rule, whatever happens', async () => {
  let resyncs = 0;
  for (let seed = 1; seed <= ROWS; seed++) {
    const random = dice(-seed);
    vi.spyOn(Math, 'random').mockImplementation(random);
    const world = new World(seed);
    for (let i = 0; i < ACCIDENTS; i++) world.accident();
    await world.heal();
    const { gateway, heard } = world;
    const row = `row ${seed}`;
    expect(gateway.complaints, row).toEqual([]);
    expect(isAscending(gateway.taken), `${row}: ${gateway.taken}`).toBe(true);
    expect(isAscending(heard), `${row}: ${heard}`).toBe(true);
    expect([world.answers, gateway.carriedOut], row).toEqual([world.commands, world.commands]);
    resyncs += gateway.resyncs;
    world.client.stop();
    vi.clearAllTimers();
  }
  expect(resyncs, 'rows reach a resync').toBeGreaterThan(ROWS / 4);
});
