// The patient's side of the record channel: asks for what signaling offered, goes on where a lost channel broke off, checks what
// came, and hands it over whole or not at all. What nobody offered is refused, and said.
import type { Rejection, SnippetId, VisitId } from '../../generated/signaling';
import { readContent, type Content } from './content';
import { canInflate, inflated, joined } from './deflate';
import { check, hashIs, isOver, LARGEST, type Manifest } from './manifest';
import { isElement, readRegion } from './pointing';
import { read, readPiece, write, type Piece, type RecordMessage } from './wire';

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
  /** The clinician points at this element; at nothing where it is empty. */
  pointed(snippet: SnippetId, element: string): void;
  /** The clinician leads to this region of an image. */
  leads(snippet: SnippetId, region: string): void;
}

export interface ReceiverOptions {
  visit: VisitId;
  /** The gateway's Ed25519 key for snippets, base64url. */
  key: string;
  /** The gateway's time, as far as the page knows it. */
  now(): number;
}

/** What its delivery begins with: all of it stays the same when it is asked for again. */
interface Announced {
  manifest: Manifest;
  bytes: number;
  z: boolean;
}

interface Incoming {
  /** The name of the delivery that is listened to, and whether it has begun. */
  k: number;
  begun: boolean;
  announced?: Announced;
  pieces: Uint8Array<ArrayBuffer>[];
  at: number;
  whole: boolean;
}

type Begin = Extract<RecordMessage, { t: 'begin' }>;

interface Over {
  why: Rejection;
  /** Was asked for and may still begin: nobody's fault. */
  late: number | undefined;
}

/** Refusals of this page that are said; who sends more than that is not worth more words. */
const MOST_REFUSALS = 64;

export class SnippetReceiver {
  #options: ReceiverOptions;
  #listener: ReceiverListener;
  #incoming = new Map<SnippetId, Incoming>();
  #over = new Map<SnippetId, Over>();
  #refused = new Set<string>();
  #channel: RTCDataChannel | undefined;
  #deliveries = 0;
  /** Messages are taken one after the other, though checking takes time. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: ReceiverOptions, listener: ReceiverListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Signaling says that this snippet is for us. */
  offered(snippet: SnippetId): void {
    const over = this.#over.get(snippet);
    if (this.#incoming.has(snippet) || (over && over.why !== 'withdrawn')) return;
    this.#over.delete(snippet);
    this.#incoming.set(snippet, { k: 0, begun: false, pieces: [], at: 0, whole: false });
    this.#ask(snippet);
  }

  /** Signaling says that it is no longer for us. */
  withdrawn(snippet: SnippetId): void {
    this.#drop(snippet, 'withdrawn');
  }

  /** A record channel; the one before is dead. Asks for what is not whole yet, from where it broke off. */
  attach(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    const askAll = () => {
      for (const snippet of this.#incoming.keys()) this.#ask(snippet);
    };
    channel.addEventListener('message', ({ data }) => {
      this.#queue = this.#queue.then(() => (channel === this.#channel ? this.#take(data) : undefined));
    });
    if (channel.readyState === 'open') askAll();
    else channel.addEventListener('open', askAll);
  }

  /** The person points at this element of what they see. */
  point(snippet: SnippetId, element: string): void {
    this.#say({ t: 'point', s: snippet, p: element });
  }

  #ask(snippet: SnippetId): void {
    const incoming = this.#incoming.get(snippet);
    if (!incoming || incoming.whole || this.#channel?.readyState !== 'open') return;
    incoming.k = ++this.#deliveries;
    incoming.begun = false;
    this.#say({ t: 'from', s: snippet, k: incoming.k, at: incoming.at, z: canInflate });
  }

  async #take(data: unknown): Promise<void> {
    const piece = readPiece(data);
    if (piece) return this.#piece(piece);
    const message = read(data);
    if (message?.t === 'begin') await this.#begin(message);
    if (message?.t === 'gone' && this.#incoming.has(message.s)) {
      this.withdrawn(message.s);
      this.#listener.gone(message.s);
    }
    if (message?.t === 'point' && this.#incoming.has(message.s) && isElement(message.p)) this.#listener.pointed(message.s, message.p);
    if (message?.t === 'lead' && this.#incoming.has(message.s) && readRegion(message.p)) this.#listener.leads(message.s, message.p);
  }

  async #begin({ s, k, manifest: text, signature, bytes, z }: Begin): Promise<void> {
    const incoming = this.#incoming.get(s);
    if (!incoming) return this.#unexpected(s, k);
    if (incoming.whole || incoming.k !== k) return;
    incoming.begun = true;
    const { visit, key, now } = this.#options;
    const manifest = await check(text, signature, { id: s, visit, key, now: now() });
    if (this.#incoming.get(s) !== incoming) return;
    if (typeof manifest === 'string') return this.#refuse(s, manifest);
    const announced = { manifest, bytes, z };
    if (bytes > LARGEST || (!z && bytes !== manifest.size)) return this.#refuse(s, 'too_large');
    incoming.announced ??= announced;
    // A delivery that goes on has to be of the same bytes.
    if (JSON.stringify(incoming.announced) !== JSON.stringify(announced)) this.#refuse(s, 'unreadable');
  }

  async #piece({ k, at, bytes }: Piece): Promise<void> {
    const [snippet, incoming] = [...this.#incoming].find(([, one]) => one.k === k && !one.whole) ?? [];
    if (!snippet || !incoming?.announced || at < incoming.at) return;
    // A hole, which an ordered channel does not have: once more from where it is.
    if (at > incoming.at) return this.#ask(snippet);
    incoming.pieces.push(bytes);
    incoming.at += bytes.length;
    if (incoming.at > incoming.announced.bytes) return this.#refuse(snippet, 'too_large');
    this.#say({ t: 'got', k, at: incoming.at });
    if (incoming.at === incoming.announced.bytes) await this.#finish(snippet, incoming, incoming.announced);
  }

  async #finish(id: SnippetId, incoming: Incoming, { manifest, z }: Announced): Promise<void> {
    const came = joined(incoming.pieces, incoming.at);
    incoming.whole = true;
    incoming.pieces = [];
    const whole = z ? await inflated(came, manifest.size) : came;
    const right = whole?.length === manifest.size && (await hashIs(whole, manifest.sha256));
    if (this.#incoming.get(id) !== incoming) return;
    if (!right) return this.#refuse(id, 'bad_hash');
    if (isOver(manifest, this.#options.now())) return this.#refuse(id, 'expired');
    const content = readContent(manifest.kind, whole);
    if (!content) return this.#refuse(id, 'unreadable');
    this.#listener.arrived({ id, manifest, content });
  }

  /** Nothing of this is awaited. */
  #unexpected(snippet: SnippetId, k: number): void {
    const over = this.#over.get(snippet);
    if (over && over.late === k) over.late = undefined;
    else this.#sayRefused(snippet, over?.why ?? 'not_offered');
  }

  #refuse(snippet: SnippetId, why: Rejection): void {
    this.#drop(snippet, why);
    this.#sayRefused(snippet, why);
  }

  #sayRefused(snippet: SnippetId, why: Rejection): void {
    const said = `${why} ${snippet}`;
    if (this.#refused.has(said) || this.#refused.size >= MOST_REFUSALS) return;
    this.#refused.add(said);
    this.#listener.rejected(snippet, why);
  }

  #drop(snippet: SnippetId, why: Rejection): void {
    const incoming = this.#incoming.get(snippet);
    if (!incoming) return;
    this.#incoming.delete(snippet);
    this.#over.set(snippet, { why, late: incoming.begun ? undefined : incoming.k });
    if (!incoming.whole) this.#say({ t: 'stop', k: incoming.k });
  }

  #say(message: RecordMessage): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(write(message));
  }
}
