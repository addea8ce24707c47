// The clinician's side of the record channel: gives each receiver the pieces it asks for, as fast as its channel takes them.
// The receiver asks (`from`) once signaling told it of the offer, at first and again after every lost channel, so that
// nothing is sent unasked and nothing twice.
import type { SeatId, SnippetId, SnippetView } from '../../generated/signaling';
import { decode } from './base64';
import { cut, read, write, type RecordMessage } from './wire';

/** As `POST /visits/{visit}/snippets` answers: texts exactly as signed. */
export interface Prepared {
  manifest: string;
  signature: string;
  /** base64url */
  content: string;
}

interface Kept {
  prepared: Prepared;
  pieces: string[];
  audience: ReadonlySet<SeatId>;
  /** The patient agreed and it is not withdrawn: only then may its content leave. */
  open: boolean;
}

/** What may lie in a channel's buffer before we wait. */
const BUFFER = 64 * 1024;

export class SnippetSender {
  #kept = new Map<SnippetId, Kept>();
  #channels = new Map<SeatId, RTCDataChannel>();
  /** The newest question of each receiver; an older answer stops when it sees another. */
  #asked = new Map<string, object>();
  #early = new Map<string, number>();
  #progress: (seat: SeatId, snippet: SnippetId, share: number) => void;

  constructor(progress: (seat: SeatId, snippet: SnippetId, share: number) => void = () => undefined) {
    this.#progress = progress;
  }

  /** Keeps a prepared snippet ready; call before the offer is made. */
  keep(snippet: SnippetId, prepared: Prepared): void {
    this.#kept.set(snippet, { prepared, pieces: cut(decode(prepared.content)), audience: new Set(), open: false });
  }

  /** Follows what signaling says of a snippet. */
  update({ snippet, state, audience }: SnippetView): void {
    const kept = this.#kept.get(snippet);
    if (!kept) return;
    kept.audience = new Set(audience);
    kept.open = state === 'offered' || state === 'shown';
    if (kept.open) for (const seat of audience) this.#answerEarly(seat, snippet);
    if (state === 'withdrawn' || state === 'rejected') this.#forget(snippet);
  }

  /** Tells the receivers at once; signaling tells them too. */
  withdraw(snippet: SnippetId): void {
    for (const seat of this.#kept.get(snippet)?.audience ?? []) this.#say(seat, { t: 'gone', s: snippet });
    this.#forget(snippet);
  }

  /** A record channel to this seat; the one before is dead. */
  attach(seat: SeatId, channel: RTCDataChannel): void {
    this.#channels.set(seat, channel);
    channel.bufferedAmountLowThreshold = BUFFER / 2;
    channel.addEventListener('message', ({ data }) => this.#heard(seat, channel, read(data)));
  }

  #heard(seat: SeatId, channel: RTCDataChannel, message: RecordMessage | undefined): void {
    if (message?.t === 'from') void this.#give(seat, channel, message.s, message.i);
    if (message?.t === 'got') {
      const pieces = this.#kept.get(message.s)?.pieces.length;
      if (pieces) this.#progress(seat, message.s, (message.i + 1) / pieces);
    }
  }

  async #give(seat: SeatId, channel: RTCDataChannel, snippet: SnippetId, from: number): Promise<void> {
    const kept = this.#kept.get(snippet);
    if (!kept?.open || !kept.audience.has(seat)) return void this.#early.set(`${seat} ${snippet}`, from);
    const turn = {};
    this.#asked.set(`${seat} ${snippet}`, turn);
    const current = () => this.#asked.get(`${seat} ${snippet}`) === turn && kept.open && channel.readyState === 'open';
    const { manifest, signature } = kept.prepared;
    if (from === 0) channel.send(write({ t: 'begin', s: snippet, manifest, signature }));
    for (let i = from; i < kept.pieces.length; i++) {
      await room(channel);
      if (!current()) return;
      channel.send(write({ t: 'piece', s: snippet, i, d: kept.pieces[i] as string }));
    }
  }

  /** The receiver may hear of the offer before we do. */
  #answerEarly(seat: SeatId, snippet: SnippetId): void {
    const key = `${seat} ${snippet}`;
    const from = this.#early.get(key);
    const channel = this.#channels.get(seat);
    if (from === undefined || channel?.readyState !== 'open') return;
    this.#early.delete(key);
    void this.#give(seat, channel, snippet, from);
  }

  #forget(snippet: SnippetId): void {
    const kept = this.#kept.get(snippet);
    if (kept) kept.open = false;
    this.#kept.delete(snippet);
  }

  #say(seat: SeatId, message: RecordMessage): void {
    const channel = this.#channels.get(seat);
    if (channel?.readyState === 'open') channel.send(write(message));
  }
}

/** Waits until the channel's buffer has room, or the channel is dead. */
function room(channel: RTCDataChannel): Promise<void> {
  if (channel.bufferedAmount <= BUFFER || channel.readyState !== 'open') return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      channel.removeEventListener('bufferedamountlow', done);
      channel.removeEventListener('close', done);
      resolve();
    };
    channel.addEventListener('bufferedamountlow', done);
    channel.addEventListener('close', done);
  });
}
