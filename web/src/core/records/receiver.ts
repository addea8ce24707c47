// The patient's side of the record channel: asks for what signaling offered, checks it, and hands it over whole or not at all.
import type { Rejection, SnippetId, VisitId } from '../../generated/signaling';
import { readContent, type Content } from './content';
import { check, hashIs, type Manifest } from './manifest';
import { read, uncut, write, type RecordMessage } from './wire';

export interface Snippet {
  id: SnippetId;
  manifest: Manifest;
  content: Content;
}

export interface ReceiverListener {
  /** Whole, and right: to be shown. */
  arrived(snippet: Snippet): void;
  /** Will not be shown. */
  rejected(snippet: SnippetId, why: Rejection): void;
  /** The clinician took it back, said on the channel itself. */
  gone(snippet: SnippetId): void;
}

export interface ReceiverOptions {
  visit: VisitId;
  /** The gateway's Ed25519 key for snippets, base64url. */
  key: string;
  /** The gateway's time, as far as the page knows it. */
  now(): number;
}

interface Incoming {
  manifest?: Manifest;
  pieces: Uint8Array<ArrayBuffer>[];
  bytes: number;
  done: boolean;
}

export class SnippetReceiver {
  #options: ReceiverOptions;
  #listener: ReceiverListener;
  #incoming = new Map<SnippetId, Incoming>();
  #channel: RTCDataChannel | undefined;
  /** Messages are taken one after the other, though checking takes time. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: ReceiverOptions, listener: ReceiverListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Signaling says that this snippet is for us. */
  offered(snippet: SnippetId): void {
    if (this.#incoming.has(snippet)) return;
    this.#incoming.set(snippet, { pieces: [], bytes: 0, done: false });
    this.#ask(snippet);
  }

  /** Signaling says that it is no longer for us. */
  withdrawn(snippet: SnippetId): void {
    this.#incoming.delete(snippet);
  }

  /** A record channel; the one before is dead. Asks for what is not whole yet, from where it broke off. */
  attach(channel: RTCDataChannel): void {
    this.#channel = channel;
    const askAll = () => {
      for (const snippet of this.#incoming.keys()) this.#ask(snippet);
    };
    channel.addEventListener('message', ({ data }) => {
      if (channel === this.#channel) this.#queue = this.#queue.then(() => this.#take(read(data)));
    });
    if (channel.readyState === 'open') askAll();
    else channel.addEventListener('open', askAll);
  }

  #ask(snippet: SnippetId): void {
    const incoming = this.#incoming.get(snippet);
    if (!incoming || incoming.done || this.#channel?.readyState !== 'open') return;
    this.#say({ t: 'from', s: snippet, i: incoming.manifest ? incoming.pieces.length : 0 });
  }

  async #take(message: RecordMessage | undefined): Promise<void> {
    if (message?.t === 'begin') await this.#begin(message);
    if (message?.t === 'piece') await this.#piece(message);
    if (message?.t === 'gone' && this.#incoming.delete(message.s)) this.#listener.gone(message.s);
  }

  async #begin({ s, manifest: text, signature }: Extract<RecordMessage, { t: 'begin' }>): Promise<void> {
    const incoming = this.#incoming.get(s);
    if (!incoming) return this.#listener.rejected(s, 'not_offered');
    if (incoming.manifest) return;
    const { visit, key, now } = this.#options;
    const manifest = await check(text, signature, { id: s, visit, key, now: now() });
    if (this.#incoming.get(s) !== incoming) return;
    if (typeof manifest === 'string') this.#reject(s, manifest);
    else incoming.manifest = manifest;
  }

  async #piece({ s, i, d }: Extract<RecordMessage, { t: 'piece' }>): Promise<void> {
    const incoming = this.#incoming.get(s);
    if (!incoming?.manifest || incoming.done || i !== incoming.pieces.length) return;
    const bytes = uncut(d);
    if (!bytes || bytes.length === 0) return this.#reject(s, 'unreadable');
    incoming.pieces.push(bytes);
    incoming.bytes += bytes.length;
    if (incoming.bytes > incoming.manifest.size) return this.#reject(s, 'too_large');
    this.#say({ t: 'got', s, i });
    if (incoming.bytes === incoming.manifest.size) await this.#finish(s, incoming, incoming.manifest);
  }

  async #finish(id: SnippetId, incoming: Incoming, manifest: Manifest): Promise<void> {
    const whole = new Uint8Array(manifest.size);
    let at = 0;
    for (const piece of incoming.pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    const right = await hashIs(whole, manifest.sha256);
    if (this.#incoming.get(id) !== incoming) return;
    const content = right ? readContent(manifest.kind, whole) : undefined;
    if (!right) return this.#reject(id, 'bad_hash');
    if (!content) return this.#reject(id, 'unreadable');
    incoming.done = true;
    incoming.pieces = [];
    this.#listener.arrived({ id, manifest, content });
  }

  #reject(snippet: SnippetId, why: Rejection): void {
    this.#incoming.delete(snippet);
    this.#listener.rejected(snippet, why);
  }

  #say(message: RecordMessage): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(write(message));
  }
}
