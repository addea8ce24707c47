// Two ends of a record channel whose messages a test lets through, swaps, changes or loses; and snippets as the gateway signs them.
import type { Rejection } from '../../generated/signaling';
import { encode } from './base64';
import { SnippetReceiver, type Snippet } from './receiver';
import { SnippetSender, type Prepared } from './sender';

export type Data = string | ArrayBuffer;

class End extends EventTarget {
  readyState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  binaryType = '';
  constructor(readonly send: (data: Data) => void) {
    super();
  }
}

/** What was said and has not arrived, in the order in which it was said. */
export class Wire {
  readonly near = new End((data) => this.#said(this.far, data));
  readonly far = new End((data) => this.#said(this.near, data));
  readonly flying: { to: End; data: Data }[] = [];
  largest = 0;
  isAlive = true;

  constructor(private readonly inflates: boolean) {}

  /** The next message arrives, or, where messages overtake each other, a later one. */
  async pass(at = 0, change: (data: Data) => Data = (data) => data): Promise<void> {
    const [message] = this.flying.splice(at, 1);
    if (message) message.to.dispatchEvent(new MessageEvent('message', { data: change(message.data) }));
    await breath();
  }

  /** Messages arrive until this is so. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.pass();
  }

  /** Everything arrives until this is so and nothing more is said for a while. */
  async calm(after: () => boolean = () => true): Promise<void> {
    await this.until(after);
    for (let quiet = 0; quiet < 25; quiet++) {
      if (this.flying.length > 0) quiet = 0;
      await this.pass();
      await pause();
    }
  }

  cut(): void {
    this.isAlive = false;
    this.flying.length = 0;
    for (const end of [this.near, this.far]) {
      end.readyState = 'closed';
      end.dispatchEvent(new Event('close'));
    }
  }

  #said(to: End, said: Data): void {
    if (!this.isAlive) return;
    const data = typeof said === 'string' && !this.inflates ? said.replace('"z":true', '"z":false') : said;
    this.largest = Math.max(this.largest, typeof data === 'string' ? data.length : data.byteLength);
    this.flying.push({ to, data });
  }
}

/** Lets promises and checks that are under way get on. */
const breath = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Time in which somebody could say more. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 0));

export const channel = (end: object) => end as unknown as RTCDataChannel;

export const VISIT = 'visit-1';
export const NOW = 1_000_000;

/** The gateway, as far as snippets are concerned. */
export class Gateway {
  private constructor(
    readonly key: string,
    private readonly keys: CryptoKeyPair,
  ) {}

  static async open(): Promise<Gateway> {
    const keys = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair;
    return new Gateway(encode(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey))), keys);
  }

  /** A trend of so many results. `over` replaces fields of the manifest before it is signed, `tamper` changes the content after. */
  async prepare(id: string, { points = 40, over = {}, tamper = (json: string) => json } = {}): Promise<Prepared> {
    const results = Array.from({ length: points }, (_, i) => ({ at: '2026-01-02', value: noise(i), flag: null }));
    const json = JSON.stringify({ title: id, unit: '%', reference: {}, newest: results[0], points: results });
    const content = text.encode(json);
    const manifest = JSON.stringify({
      ...{ id, visit: VISIT, kind: 'lab_trend', size: content.length, sha256: await sha256(content), expires_at: NOW + 1 },
      ...over,
    });
    const signature = await crypto.subtle.sign({ name: 'Ed25519' }, this.keys.privateKey, text.encode(manifest));
    return { manifest, signature: encode(new Uint8Array(signature)), content: encode(text.encode(tamper(json))) };
  }
}

const text = new TextEncoder();

async function sha256(content: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', content))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Numbers that do not become small when they are deflated. */
const noise = (i: number) => Math.sin(i + 1) * 1e6;

/** A clinician's and a patient's end, and what the patient's page got to know. A phone of some years ago does not inflate. */
export function people(key: string, inflates = true) {
  const arrived: Snippet[] = [];
  const rejected: [string, Rejection][] = [];
  const gone: string[] = [];
  const pointed: [string, string][] = [];
  const leads: [string, string][] = [];
  const heard: [string, string, string][] = [];
  const shares: [string, number][] = [];
  let time = 0;
  const sender = new SnippetSender(
    {
      progress: (_seat, ...share) => void shares.push(share),
      pointed: (...what) => void heard.push(what),
    },
    // Goes on with what is done, not with how fast this machine does it.
    () => (time += 5),
  );
  const receiver = new SnippetReceiver(
    { visit: VISIT, key, now: () => NOW },
    {
      arrived: (snippet) => void arrived.push(snippet),
      rejected: (...what) => void rejected.push(what),
      gone: (snippet) => void gone.push(snippet),
      pointed: (...what) => void pointed.push(what),
      leads: (...what) => void leads.push(what),
    },
  );
  const connect = (): Wire => {
    const wire = new Wire(inflates);
    sender.attach('patient', channel(wire.near));
    receiver.attach(channel(wire.far));
    return wire;
  };
  const state = (snippet: string, now: 'held' | 'offered' | 'withdrawn', audience = ['patient']) =>
    sender.update({ snippet, state: now, audience, shown_to: [], seen_by: [], keep: false });
  const offer = (snippet: string, prepared: Prepared) => {
    sender.keep(snippet, prepared);
    state(snippet, 'offered');
    receiver.offered(snippet);
  };
  /** How much of it had arrived, each time that was told. */
  const progress = (snippet: string) => shares.filter(([of]) => of === snippet).map(([, share]) => share);
  return { arrived, rejected, gone, pointed, leads, heard, progress, sender, receiver, connect, state, offer };
}
