// Keeps people talking on a weak uplink: the picture pauses before the sound suffers, and comes back by itself. Pure.

export interface Uplink {
  at: number;
  /** What the connection can carry now, bits a second, as the browser estimates it. */
  available?: number;
  /** Share of our packets that the other side misses, 0 to 1. */
  loss?: number;
}

const TOO_LITTLE = 100_000;
const TOO_LOSSY = 0.2;
const PAUSE_AFTER_MS = 5_000;
const FIRST_PAUSE_MS = 20_000;
const LONGEST_PAUSE_MS = 120_000;

export class UplinkGuard {
  #badSince: number | undefined;
  #pausedUntil: number | undefined;
  #pause = FIRST_PAUSE_MS;

  /** `pausedAt`: the path was found too weak for a picture before, so that it begins with a pause. */
  constructor(pausedAt?: number) {
    if (pausedAt !== undefined) this.#beginPause(pausedAt);
  }

  /** Whether the picture should be paused now. */
  judge({ at, available, loss }: Uplink): boolean {
    if (this.#pausedUntil !== undefined) return this.#stillPaused(at);
    const bad = (available !== undefined && available < TOO_LITTLE) || (loss !== undefined && loss > TOO_LOSSY);
    if (!bad) {
      this.#badSince = undefined;
      return false;
    }
    this.#badSince ??= at;
    if (at - this.#badSince < PAUSE_AFTER_MS) return false;
    this.#beginPause(at);
    return true;
  }

  #beginPause(at: number): void {
    this.#pausedUntil = at + this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
  }

  /** An estimate does not grow while nothing is sent, so the only way to know is to try again. */
  #stillPaused(at: number): boolean {
    if (this.#pausedUntil !== undefined && at < this.#pausedUntil) return true;
    this.#pausedUntil = undefined;
    this.#badSince = undefined;
    return false;
  }
}
