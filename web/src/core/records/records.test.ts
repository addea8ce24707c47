import { beforeAll, describe, expect, it } from 'vitest';
import type { Rejection } from '../../generated/signaling';
import { encode } from './base64';
import { check } from './manifest';
import { SnippetReceiver, type Snippet } from './receiver';
import { SnippetSender, type Prepared } from './sender';
import { MAX_MESSAGE, PIECE } from './wire';

const VISIT = 'visit-1';
const NOW = 1_000_000;
const text = new TextEncoder();
let keys: CryptoKeyPair;
let key: string;

beforeAll(async () => {
  keys = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  key = encode(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
});

async function prepare(id: string, over: Record<string, unknown> = {}, tamper = (content: string) => content): Promise<Prepared> {
  const points = Array.from({ length: 2_000 }, (_, i) => ({ at: '2026-01-02', value: i, flag: null }));
  const json = JSON.stringify({ title: 'A1c', unit: '%', reference: {}, newest: points[0], points });
  const content = text.encode(json);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const sha256 = [...digest].map((b) => b.toString(16).padStart(2, '0')).join('');
  const manifest = JSON.stringify({
    id,
    visit: VISIT,
    kind: 'lab_trend',
    size: content.length,
    sha256,
    pieces: Math.ceil(content.length / PIECE),
    expires_at: NOW + 1,
    ...over,
  });
  const signature = encode(new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, keys.privateKey, text.encode(manifest))));
  return { manifest, signature, content: encode(text.encode(tamper(json))) };
}

/** Two ends of a data channel that dies after so many messages, and says how large the largest was. */
class Wire {
  largest = 0;
  #left: number;
  near = new End((data) => this.#pass(this.far, data));
  far: End = new End((data) => this.#pass(this.near, data));
  constructor(messages = Number.POSITIVE_INFINITY) {
    this.#left = messages;
  }
  #pass(to: End, data: string) {
    this.largest = Math.max(this.largest, data.length);
    if (this.#left-- > 0) queueMicrotask(() => to.dispatchEvent(new MessageEvent('message', { data })));
    else for (const end of [this.near, this.far]) end.die();
  }
}

class End extends EventTarget {
  readyState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readonly pass: (data: string) => void;
  constructor(pass: (data: string) => void) {
    super();
    this.pass = pass;
  }
  send(data: string) {
    if (this.readyState === 'open') this.pass(data);
  }
  die() {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}
const channel = (end: End) => end as unknown as RTCDataChannel;

function people() {
  const arrived: Snippet[] = [];
  const rejected: [string, Rejection][] = [];
  const gone: string[] = [];
  const sender = new SnippetSender();
  const receiver = new SnippetReceiver(
    { visit: VISIT, key, now: () => NOW },
    { arrived: (s) => arrived.push(s), rejected: (s, why) => rejected.push([s, why]), gone: (s) => gone.push(s) },
  );
  const connect = (wire: Wire) => {
    sender.attach('patient', channel(wire.near));
    receiver.attach(channel(wire.far));
  };
  const offer = (id: string, prepared: Prepared) => {
    sender.keep(id, prepared);
    sender.update({ snippet: id, state: 'offered', audience: ['patient'], shown_to: [], seen_by: [] });
  };
  return { arrived, rejected, gone, sender, receiver, connect, offer };
}

/** Lets everything that is under way come to rest. */
async function rest() {
  for (let i = 0; i < 40; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a snippet', () => {
  it('arrives whole in messages of at most 15 KiB', async () => {
    const { arrived, connect, offer, receiver } = people();
    const wire = new Wire();
    connect(wire);
    offer('s1', await prepare('s1'));
    receiver.offered('s1');
    await rest();
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.content.kind).toBe('lab_trend');
    expect(wire.largest).toBeLessThanOrEqual(MAX_MESSAGE);
  });

  it('arrives whole and once wherever the channel is lost', async () => {
    const prepared = await prepare('s1');
    for (let lostAfter = 0; lostAfter < 26; lostAfter++) {
      const { arrived, connect, offer, receiver } = people();
      connect(new Wire(lostAfter));
      offer('s1', prepared);
      receiver.offered('s1');
      await rest();
      connect(new Wire());
      await rest();
      expect(arrived, `lost after ${lostAfter}`).toHaveLength(1);
    }
  }, 30_000);

  it('waits for the consent although the receiver asks', async () => {
    const { arrived, connect, sender, receiver } = people();
    connect(new Wire());
    sender.keep('s1', await prepare('s1'));
    sender.update({ snippet: 's1', state: 'held', audience: ['patient'], shown_to: [], seen_by: [] });
    receiver.offered('s1');
    await rest();
    expect(arrived).toHaveLength(0);
    sender.update({ snippet: 's1', state: 'offered', audience: ['patient'], shown_to: [], seen_by: [] });
    await rest();
    expect(arrived).toHaveLength(1);
  });

  it('goes only to those it is for', async () => {
    const { arrived, connect, sender, receiver } = people();
    connect(new Wire());
    sender.keep('s1', await prepare('s1'));
    sender.update({ snippet: 's1', state: 'offered', audience: ['someone else'], shown_to: [], seen_by: [] });
    receiver.offered('s1');
    await rest();
    expect(arrived).toHaveLength(0);
  });

  it('is gone when it is withdrawn, also half way', async () => {
    const { arrived, gone, connect, offer, receiver, sender } = people();
    connect(new Wire());
    offer('s1', await prepare('s1'));
    receiver.offered('s1');
    sender.withdraw('s1');
    await rest();
    expect(arrived).toHaveLength(0);
    expect(gone).toEqual(['s1']);
  });

  it.each<[string, Rejection, (id: string) => Promise<Prepared>]>([
    ['of another visit', 'other_visit', (id) => prepare(id, { visit: 'visit-2' })],
    ['whose time is over', 'expired', (id) => prepare(id, { expires_at: NOW - 120_000 })],
    ['of another name', 'not_offered', () => prepare('s9')],
    ['that is too large', 'too_large', (id) => prepare(id, { size: 10_000_000 })],
    ['of an unknown kind', 'unreadable', (id) => prepare(id, { kind: 'inbox' })],
    ['with other content', 'bad_hash', (id) => prepare(id, {}, (json) => json.replace('A1c', 'B1c'))],
    ['with an edited manifest', 'bad_signature', async (id) => ({ ...(await prepare(id)), manifest: (await prepare(id, { size: 1 })).manifest })],
  ])('%s is refused', async (_what, why, make) => {
    const { arrived, rejected, connect, offer, receiver } = people();
    connect(new Wire());
    offer('s1', await make('s1'));
    receiver.offered('s1');
    await rest();
    expect(arrived).toHaveLength(0);
    expect(rejected).toEqual([['s1', why]]);
  });

  it('that nobody offered is refused', async () => {
    const { rejected, connect } = people();
    const wire = new Wire();
    connect(wire);
    const { manifest, signature } = await prepare('s1');
    wire.near.send(JSON.stringify({ t: 'begin', s: 's1', manifest, signature }));
    await rest();
    expect(rejected).toEqual([['s1', 'not_offered']]);
  });
});

describe('a signature', () => {
  it('is checked as well where the phone has no Ed25519 of its own', async () => {
    const { manifest, signature } = await prepare('s1');
    const importKey = crypto.subtle.importKey;
    crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));
    try {
      const expected = { id: 's1', visit: VISIT, key, now: NOW };
      expect(await check(manifest, signature, expected)).toMatchObject({ id: 's1' });
      expect(await check(`${manifest} `, signature, expected)).toBe('bad_signature');
    } finally {
      crypto.subtle.importKey = importKey;
    }
  });
});
