// How much of the record may be on its way at once, so that sound and picture on the same path do not wait behind it. Pure.
//
// What is sent faster than the path carries it queues up, and a spoken word stands at the end of that queue. So the sender looks
// at how long a piece takes to be confirmed: what it takes longer than on a free path is queue, and of that there may be a little
// only. The same idea as LEDBAT (RFC 6817), steered once a round trip as FAST TCP does. It needs nothing from the browser
// but the confirmations, and yields to everybody who needs the path more.

/** So long a queue of ours may be; less than a jitter buffer takes without anybody hearing it. */
const QUEUE_MS = 80;
/** One packet; smaller pieces would only be more of them. */
const PACKET = 1_100;
const LEAST = 2 * PACKET;
const FIRST = 8 * 1024;
const MOST = 1024 * 1024;
/** A path may become another one: how long a free one takes is measured again after so long. */
const MEASURE_AGAIN_MS = 10_000;

/** A look at what the window has led to: only pieces sent a round trip after it was set show that. */
interface Round {
  from: number;
  endsAt: number | undefined;
  shortest: number;
  longest: number;
  /** All that was allowed was made use of; a window that nobody fills says nothing. */
  full: boolean;
}

export class Pace {
  #window = FIRST;
  /** A free path's round trip, as far as it is known. */
  #free = Number.POSITIVE_INFINITY;
  #measuredAt = 0;
  #round = newRound(0);
  /** At first it doubles each round trip, until a queue is seen. */
  #starting = true;
  /** Nothing is sent until everything under way has arrived, so that the next piece finds the path free of ours. */
  #clearingSince: number | undefined;
  #aloneAt: number | undefined;

  /** Bytes that may be on their way unconfirmed. */
  get window(): number {
    return this.#clearingSince === undefined ? this.#window : 0;
  }

  /** A good size for the next piece: many a round trip, so that no single one blocks the path for long. */
  get piece(): number {
    return Math.max(PACKET, Math.floor(this.window / 8));
  }

  /** A piece is sent while nothing is under way. */
  begins(now: number): void {
    // A window's worth has just taken this long to arrive.
    if (this.#clearingSince !== undefined) this.#setWindow(Math.min(1, (this.#free + QUEUE_MS) / (now - this.#clearingSince)));
    this.#aloneAt = now;
    this.#measuredAt = now;
    this.#round = newRound(now);
  }

  /** As much is under way as may be. */
  full(): void {
    this.#round.full = true;
  }

  /** A piece that was sent then has arrived. */
  confirmed(sentAt: number, now: number): void {
    const trip = Math.max(1, now - sentAt);
    this.#measure(trip, sentAt, now);
    const round = this.#round;
    if (sentAt < round.from) return;
    round.shortest = Math.min(round.shortest, trip);
    round.longest = Math.max(round.longest, trip);
    round.endsAt ??= now + trip / 2;
    const jammed = round.shortest > this.#free + 2 * QUEUE_MS;
    if (!jammed && (this.#clearingSince !== undefined || now < round.endsAt)) return;
    this.#steer(round, jammed);
    this.#round = newRound(now + trip);
  }

  #measure(trip: number, sentAt: number, now: number): void {
    if (sentAt === this.#aloneAt || trip < this.#free) {
      this.#free = trip;
      this.#measuredAt = now;
      this.#clearingSince = undefined;
      this.#aloneAt = undefined;
    } else if (now - this.#measuredAt > MEASURE_AGAIN_MS) this.#clearingSince ??= now;
  }

  /** Towards the window whose queue is as long as it may be: half the way at once, all of it where the path is jammed. */
  #steer({ shortest, longest, full }: Round, jammed: boolean): void {
    if (longest - this.#free > QUEUE_MS / 2) this.#starting = false;
    const right = (this.#free + QUEUE_MS) / shortest;
    const factor = this.#starting ? 2 : jammed ? right : Math.min(2, (1 + right) / 2);
    if (factor <= 1 || full) this.#setWindow(factor);
  }

  #setWindow(factor: number): void {
    this.#window = Math.min(MOST, Math.max(LEAST, this.#window * factor));
  }
}

const newRound = (from: number): Round => ({ from, endsAt: undefined, shortest: Number.POSITIVE_INFINITY, longest: 0, full: false });
