// The clinician's side of the record channel: gives each receiver what it asks for, once the patient agreed and as long as it is
// not withdrawn, and passes on what people point at. The receiver asks (`from`) once signaling told it of the offer, at first
// and again after every lost channel, so that nothing is sent unasked and nothing twice.
import type { SeatId, SnippetId, SnippetView } from '../../generated/signaling';
import { decode } from './base64';
import { deflated } from './deflate';
import { Lane } from './lane';
import { read, write, type RecordMessage } from './wire';

/** As `POST /visits/{visit}/snippets` answers: texts exactly as signed. */
export interface Prepared {
  manifest: string;
  signature: string;
  /** base64url */
  content: string;
}

export interface SenderListener {
  /** So much of it has arrived there, 0 to 1. */
  progress(seat: SeatId, snippet: SnippetId, share: number): void;
  /** Somebody who sees the snippet points at this element of it; at nothing where it is empty. */
  pointed(seat: SeatId, snippet: SnippetId, element: string): void;
}

type Asked = Extract<RecordMessage, { t: 'from' }>;

interface Kept {
  prepared: Prepared;
  content: Uint8Array;
  deflated: Promise<Uint8Array | undefined>;
  audience: ReadonlySet<SeatId>;
  /** The patient agreed and it is not withdrawn: only then may its content leave. */
  open: boolean;
  /** The newest question of each receiver that is not answered yet: it may hear of the offer before we do. */
  asked: Map<SeatId, Asked>;
  element: string;
  leading: string;
}

export class SnippetSender {
  #kept = new Map<SnippetId, Kept>();
  #lanes = new Map<SeatId, Lane>();
  #listener: SenderListener;
  #now: () => number;

  constructor(listener: SenderListener, now: () => number = () => performance.now()) {
    this.#listener = listener;
    this.#now = now;
  }

  /** Keeps a prepared snippet ready; call before the offer is made. */
  keep(snippet: SnippetId, prepared: Prepared): void {
    const content = decode(prepared.content);
    const whole = { prepared, content, deflated: deflated(content), element: '', leading: '' };
    this.#kept.set(snippet, { ...whole, audience: new Set(), open: false, asked: new Map() });
  }

  /** Follows what signaling says of a snippet. */
  update({ snippet, state, audience }: SnippetView): void {
    const kept = this.#kept.get(snippet);
    if (!kept) return;
    for (const seat of kept.audience) if (!audience.includes(seat)) this.#lanes.get(seat)?.drop(snippet);
    kept.audience = new Set(audience);
    kept.open = state === 'offered' || state === 'shown';
    if (state === 'withdrawn' || state === 'rejected') return this.#forget(snippet);
    for (const [seat, asked] of kept.asked) void this.#answer(seat, kept, asked);
  }

  /** Tells the receivers at once; signaling tells them too. */
  withdraw(snippet: SnippetId): void {
    this.#tell(snippet, { t: 'gone', s: snippet });
    this.#forget(snippet);
  }

  /** From this receiver alone. */
  withdrawFrom(snippet: SnippetId, seat: SeatId): void {
    const kept = this.#kept.get(snippet);
    if (!kept?.audience.has(seat)) return;
    kept.audience = new Set([...kept.audience].filter((other) => other !== seat));
    this.#lanes.get(seat)?.drop(snippet);
    this.#lanes.get(seat)?.say(write({ t: 'gone', s: snippet }));
  }

  point(snippet: SnippetId, element: string): void {
    const kept = this.#kept.get(snippet);
    if (!kept) return;
    kept.element = element;
    this.#tell(snippet, { t: 'point', s: snippet, p: element });
  }

  lead(snippet: SnippetId, region: string): void {
    const kept = this.#kept.get(snippet);
    if (!kept) return;
    kept.leading = region;
    this.#tell(snippet, { t: 'lead', s: snippet, p: region });
  }

  /** A record channel to this seat; the one before is dead. */
  attach(seat: SeatId, channel: RTCDataChannel): void {
    const lane = new Lane(channel, this.#now);
    this.#lanes.set(seat, lane);
    channel.addEventListener('message', ({ data }) => {
      const message = read(data);
      if (message && this.#lanes.get(seat) === lane) this.#heard(seat, lane, message);
    });
  }

  #heard(seat: SeatId, lane: Lane, message: RecordMessage): void {
    if (message.t === 'stop') lane.stop(message.k);
    if (message.t === 'got') {
      const arrived = lane.confirmed(message.k, message.at);
      if (arrived) this.#listener.progress(seat, arrived.snippet, arrived.share);
    }
    const kept = 's' in message ? this.#kept.get(message.s) : undefined;
    if (!kept) return;
    if (message.t === 'from') {
      kept.asked.set(seat, message);
      void this.#answer(seat, kept, message);
    }
    if (message.t === 'point' && kept.open && kept.audience.has(seat)) this.#listener.pointed(seat, message.s, message.p);
  }

  async #answer(seat: SeatId, kept: Kept, asked: Asked): Promise<void> {
    const lane = this.#lanes.get(seat);
    const small = asked.z ? await kept.deflated : undefined;
    if (!lane || lane !== this.#lanes.get(seat) || kept.asked.get(seat) !== asked) return;
    if (!kept.open || !kept.audience.has(seat)) return;
    kept.asked.delete(seat);
    const { s, k, at } = asked;
    const [content, { manifest, signature }] = [small ?? kept.content, kept.prepared];
    lane.say(write({ t: 'begin', s, k, manifest, signature, bytes: content.length, z: small !== undefined }));
    if (kept.element) lane.say(write({ t: 'point', s, p: kept.element }));
    if (kept.leading) lane.say(write({ t: 'lead', s, p: kept.leading }));
    lane.deliver(k, s, content, at);
  }

  #forget(snippet: SnippetId): void {
    const kept = this.#kept.get(snippet);
    if (kept) kept.open = false;
    this.#kept.delete(snippet);
    for (const lane of this.#lanes.values()) lane.drop(snippet);
  }

  #tell(snippet: SnippetId, message: RecordMessage): void {
    const kept = this.#kept.get(snippet);
    if (!kept?.open) return;
    for (const seat of kept.audience) this.#lanes.get(seat)?.say(write(message));
  }
}
