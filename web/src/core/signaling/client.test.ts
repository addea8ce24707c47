import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerMessage, Welcome } from '../../generated/signaling';
import { SignalingClient, type ClosedReason } from './client';

/** The gateway's end of one connection. */
class Line {
  readyState = 0;
  said: { n?: number; ack: number; id?: string; type: string; data: never }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(message: ServerMessage, n?: number, id?: string, ack = 0) {
    this.onmessage?.({ data: JSON.stringify({ v: 1, n, ack, id, ...message }) });
  }
  lose(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  types() {
    return this.said.map(({ type }) => type);
  }
}

const welcome = (over: Partial<Welcome> = {}): ServerMessage => ({
  type: 'welcome',
  data: {
    version: 1,
    arrival: 'new',
    seat: 'seat',
    visit: 'visit',
    role: 'patient',
    kind: 'clinical',
    may: [],
    resume_token: 'token-1',
    heartbeat_s: 5,
    received: 0,
    epoch: 1,
    node: 'north-1',
    ...over,
  },
});

let lines: Line[];
let urls: string[];
let heard: ServerMessage[];
let closed: ClosedReason[];
const line = () => lines[lines.length - 1] as Line;

function begin(stillMine?: () => Promise<boolean>) {
  const client = new SignalingClient(
    { url: 'wss://x/socket', ...(stillMine ? { stillMine } : {}), open: (url) => (urls.push(url), lines.push(new Line()), line() as unknown as WebSocket) },
    { message: (m) => heard.push(m), welcome: () => {}, status: () => {}, closed: (reason) => closed.push(reason) },
  );
  client.start();
  return client;
}

function joined() {
  const client = begin();
  line().open();
  line().say(welcome());
  return client;
}

beforeEach(() => {
  lines = [];
  urls = [];
  heard = [];
  closed = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a session', () => {
  it('says hello, then numbers what it says from 1', () => {
    const client = joined();
    client.send({ type: 'progress', data: { screen: 'devices' } });
    client.send({ type: 'progress', data: { screen: 'quick_check' } });
    expect(line().types()).toEqual(['hello', 'progress', 'progress']);
    expect(line().said.map(({ n }) => n)).toEqual([undefined, 1, 2]);
  });

  it('keeps what is said before the gateway answers', () => {
    const client = begin();
    client.send({ type: 'progress', data: { screen: 'devices' } });
    line().open();
    expect(line().types()).toEqual(['hello']);
    line().say(welcome());
    expect(line().types()).toEqual(['hello', 'progress']);
  });

  it('answers a command once', async () => {
    const answer = joined().command({ type: 'check_in', data: {} });
    const { id } = line().said[1] as { id: string };
    line().say({ type: 'done', data: {} }, 1, id, 1);
    expect(await answer).toEqual({ done: true });
    expect(heard).toEqual([]);
  });

  it('takes a repeated message once and acknowledges within a second', () => {
    joined();
    const late: ServerMessage = { type: 'outside', data: { state: 'waiting', late_minutes: 5, staff_present: true } };
    line().say(late, 1);
    line().say(late, 1);
    expect(heard).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(line().said.at(-1)).toMatchObject({ type: 'ping', ack: 1 });
  });

  it('gives up a connection with a hole in its numbers', () => {
    joined();
    line().say({ type: 'ended', data: { by: 'clinician' } }, 2);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(lines).toHaveLength(2);
  });
});

describe('a lost connection', () => {
  function lostWithTwoUnsaid() {
    const client = joined();
    client.send({ type: 'progress', data: { screen: 'devices' } });
    void client.command({ type: 'check_in', data: {} });
    line().say({ type: 'outside', data: { state: 'waiting', late_minutes: 0, staff_present: false } }, 1);
    line().lose();
    vi.advanceTimersByTime(1_000);
    line().open();
    return client;
  }

  it('resumes with its token and what it has received', () => {
    lostWithTwoUnsaid();
    expect(line().said[0]).toMatchObject({ type: 'hello', data: { resume: { token: 'token-1', received: 1 } } });
  });

  it('repeats exactly what the gateway has not taken, with its old number', () => {
    lostWithTwoUnsaid();
    line().say(welcome({ arrival: 'resumed', received: 1, resume_token: 'token-2' }));
    expect(line().said.slice(1)).toMatchObject([{ n: 2, type: 'check_in' }]);
  });

  it('after a resync repeats only unanswered commands, numbered from 1, with their ids', () => {
    lostWithTwoUnsaid();
    const id = (lines[0] as Line).said.find(({ type }) => type === 'check_in')?.id;
    line().say(welcome({ arrival: 'resync', epoch: 2 }));
    expect(line().said.slice(1)).toMatchObject([{ n: 1, type: 'check_in', id }]);
    line().say({ type: 'ended', data: { by: 'clinician' } }, 1);
    expect(heard.at(-1)?.type).toBe('ended');
  });

  it('is noticed when nothing answers a heartbeat', () => {
    joined();
    vi.advanceTimersByTime(5_000);
    expect(line().types()).toEqual(['hello', 'ping']);
    vi.advanceTimersByTime(6_000);
    expect(lines).toHaveLength(2);
  });

  it('is noticed sooner where there is reason to doubt it', () => {
    const client = joined();
    client.wake();
    vi.advanceTimersByTime(2_000);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(lines).toHaveLength(2);
  });

  it('waits as long as the gateway asked', () => {
    joined();
    line().say({ type: 'bye', data: { code: 'going_away', retry_after_s: 3 } });
    line().lose(1001);
    vi.advanceTimersByTime(2_900);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1_200);
    expect(lines).toHaveLength(2);
  });

  it('comes back to the node that runs the room, and anywhere once that does not answer', () => {
    joined();
    line().lose();
    vi.advanceTimersByTime(1_000);
    expect(urls).toEqual(['wss://x/socket', 'wss://x/socket?node=north-1']);
    line().lose();
    vi.advanceTimersByTime(2_000);
    expect(urls.at(-1)).toBe('wss://x/socket');
    line().open();
    line().say({ type: 'bye', data: { code: 'elsewhere', retry_after_s: 0, node: 'north-2' } });
    line().lose(4421);
    vi.advanceTimersByTime(2_000);
    expect(urls.at(-1)).toBe('wss://x/socket?node=north-2');
  });

  it('stays away after a final closing code', () => {
    joined();
    line().lose(4409);
    vi.advanceTimersByTime(60_000);
    expect(closed).toEqual(['taken_over']);
    expect(lines).toHaveLength(1);
  });

  it('asks whether the seat is still ours when the gateway keeps refusing', async () => {
    begin(async () => false);
    for (let i = 0; i < 3; i++) {
      line().lose();
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(closed).toEqual(['gone']);
  });
});
