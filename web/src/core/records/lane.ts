// One record channel to one receiver: several contents at once, at the pace the path allows, the one with the least left first,
// so that a short list does not wait behind a large image.
import type { SnippetId } from '../../generated/signaling';
import { Pace } from './pace';
import { LARGEST_PIECE, writePiece } from './wire';

interface Delivery {
  snippet: SnippetId;
  content: Uint8Array;
  next: number;
}

interface Flying {
  k: number;
  end: number;
  bytes: number;
  sentAt: number;
}

/** What may lie in the channel's own buffer, however far the path is. */
const BUFFER = 256 * 1024;

export class Lane {
  readonly #channel: RTCDataChannel;
  readonly #pace = new Pace();
  readonly #now: () => number;
  readonly #deliveries = new Map<number, Delivery>();
  #flying: Flying[] = [];

  constructor(channel: RTCDataChannel, now: () => number) {
    this.#channel = channel;
    this.#now = now;
    channel.bufferedAmountLowThreshold = BUFFER / 2;
    channel.addEventListener('bufferedamountlow', () => this.#send());
  }

  get isOpen(): boolean {
    return this.#channel.readyState === 'open';
  }

  say(text: string): void {
    if (this.isOpen) this.#channel.send(text);
  }

  /** Sends the content from this byte on; a delivery of the same snippet from before is dropped. */
  deliver(k: number, snippet: SnippetId, content: Uint8Array, from: number): void {
    this.drop(snippet);
    this.#deliveries.set(k, { snippet, content, next: from });
    this.#send();
  }

  drop(snippet: SnippetId): void {
    for (const [k, delivery] of this.#deliveries) if (delivery.snippet === snippet) this.stop(k);
  }

  stop(k: number): void {
    this.#deliveries.delete(k);
    this.#flying = this.#flying.filter((piece) => piece.k !== k);
    this.#send();
  }

  /** Everything before this byte arrived: what share of which snippet that is. */
  confirmed(k: number, at: number): { snippet: SnippetId; share: number } | undefined {
    const delivery = this.#deliveries.get(k);
    if (!delivery) return undefined;
    const newest = this.#flying.filter((piece) => piece.k === k && piece.end <= at).at(-1);
    if (newest) this.#pace.confirmed(newest.sentAt, this.#now());
    this.#flying = this.#flying.filter((piece) => piece.k !== k || piece.end > at);
    if (at >= delivery.content.length) this.#deliveries.delete(k);
    this.#send();
    return { snippet: delivery.snippet, share: Math.min(1, at / delivery.content.length) };
  }

  #send(): void {
    for (let next = this.#shortest(); next && this.isOpen; next = this.#shortest()) {
      const [k, delivery] = next;
      const size = Math.min(this.#pace.piece, LARGEST_PIECE, delivery.content.length - delivery.next);
      if (!this.#hasRoomFor(size)) return this.#pace.full();
      if (this.#flying.length === 0) this.#pace.begins(this.#now());
      const { next: at, content } = delivery;
      delivery.next += size;
      this.#flying.push({ k, end: delivery.next, bytes: size, sentAt: this.#now() });
      this.#channel.send(writePiece(k, at, content.subarray(at, delivery.next)));
    }
  }

  #hasRoomFor(size: number): boolean {
    const flying = this.#flying.reduce((sum, { bytes }) => sum + bytes, 0);
    return (flying === 0 || flying + size <= this.#pace.window) && this.#channel.bufferedAmount < BUFFER;
  }

  #shortest(): [number, Delivery] | undefined {
    const left = ({ content, next }: Delivery) => content.length - next;
    const waiting = [...this.#deliveries].filter(([, delivery]) => left(delivery) > 0);
    return waiting.sort(([, a], [, b]) => left(a) - left(b))[0];
  }
}
