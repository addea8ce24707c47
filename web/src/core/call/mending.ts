// What to do about a broken path, and when. Pure. The one who yields in a negotiation also waits a little, so that
// both ends do not restart at once.

export type Remedy = 'restart' | 'rebuild';

interface Step {
  afterMs: number;
  remedy: Remedy;
}

const STEPS: readonly Step[] = [
  { afterMs: 0, remedy: 'restart' },
  { afterMs: 4_000, remedy: 'restart' },
  { afterMs: 9_000, remedy: 'rebuild' },
];
const THEN_EVERY_MS = 8_000;
const POLITE_LAG_MS = 1_000;
/** Both ends find a path broken within so long of each other. */
const TOGETHER_MS = 2_500;

export class Mending {
  #since: number | undefined;
  #done = 0;
  #begunThere = Number.NEGATIVE_INFINITY;
  readonly #lag: number;

  constructor(polite: boolean) {
    this.#lag = polite ? POLITE_LAG_MS : 0;
  }

  /** Milliseconds the path has been broken; 0 when it is well. */
  brokenFor(now: number): number {
    return this.#since === undefined ? 0 : now - this.#since;
  }

  /** Broken, but nothing can be done just now. */
  wait(now: number): undefined {
    this.#found(now);
  }

  /** The other end looks for a new path already: to begin again here would throw away what it has found so far. */
  begunThere(now: number): void {
    this.#begunThere = now;
    this.#leave(now);
  }

  /** The remedy that is due now, if any. */
  broken(now: number): Remedy | undefined {
    const since = this.#found(now);
    const due = this.#step(this.#done);
    if (now - since < due.afterMs + this.#lag) return undefined;
    this.#done++;
    return due.remedy;
  }

  /** What was begun is worth nothing now: another network, or signaling that was away. */
  anew(): void {
    this.well();
    this.#begunThere = Number.NEGATIVE_INFINITY;
  }

  well(): void {
    this.#since = undefined;
    this.#done = 0;
  }

  /** Since when. */
  #found(now: number): number {
    if (this.#since !== undefined) return this.#since;
    this.#since = now;
    if (now - this.#begunThere < TOGETHER_MS) this.#leave(now);
    return now;
  }

  /** What would be due about now is done already, at the other end. */
  #leave(now: number): void {
    if (this.#since === undefined) return;
    while (this.#step(this.#done).afterMs < now - this.#since + TOGETHER_MS) this.#done++;
  }

  #step(index: number): Step {
    const last = STEPS[STEPS.length - 1] as Step;
    return STEPS[index] ?? { remedy: 'rebuild', afterMs: last.afterMs + (index - STEPS.length + 1) * THEN_EVERY_MS };
  }
}
