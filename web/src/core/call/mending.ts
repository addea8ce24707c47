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
const POLITE_LAG_MS = 1_500;

export class Mending {
  #since: number | undefined;
  #done = 0;
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
    this.#since ??= now;
  }

  /** The remedy that is due now, if any. */
  broken(now: number): Remedy | undefined {
    this.#since ??= now;
    const due = this.#step(this.#done);
    if (now - this.#since < due.afterMs + this.#lag) return undefined;
    this.#done++;
    return due.remedy;
  }

  well(): void {
    this.#since = undefined;
    this.#done = 0;
  }

  #step(index: number): Step {
    const last = STEPS[STEPS.length - 1] as Step;
    return STEPS[index] ?? { remedy: 'rebuild', afterMs: last.afterMs + (index - STEPS.length + 1) * THEN_EVERY_MS };
  }
}
