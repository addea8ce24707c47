// Keeps two people talking on a weak path: what it can spare it gives up step by step, first one's own picture, then theirs, and at
// last the telephone is offered. Each step comes back by itself. Pure: fed with what the connection says of itself.

/** From everything to nothing but a voice that breaks up. */
export const STEPS = ['both', 'own_paused', 'none', 'phone'] as const;
export type Step = (typeof STEPS)[number];

export interface Sample {
  at: number;
  /** What the connection can carry now, bits a second, as the browser estimates it; means something only while a picture is sent. */
  available?: number;
  /** Share of our packets that the other side misses, and of theirs that we miss, 0 to 1. */
  lossUp?: number;
  lossDown?: number;
  /** Share of the sound heard that was made up, because what was said did not come in time. */
  madeUp?: number;
}

const TOO_LITTLE = 100_000;
const TOO_LOSSY = 0.2;
const TOO_MUCH_MADE_UP = 0.3;
/** Between these and those a path is neither good nor bad, and things stay as they are. */
const GOOD_LOSS = 0.08;
const GOOD_MADE_UP = 0.06;

const DOWN_AFTER_MS = 5_000;
const PHONE_AFTER_MS = 10_000;
const UP_AFTER_MS = 20_000;
const LONGEST_WAIT_MS = 120_000;
/** A step up that does not last so long was too early: the next one waits twice as long. */
const PROOF_MS = 30_000;
/** So long the other side's last report on our sound speaks of a gap that is over. */
const REPORT_MS = 6_000;
/** A page that slept has seen nothing in between. */
const GAP_MS = 3_000;

type Weather = 'bad' | 'fair' | 'good';

export class Ladder {
  #rung: number;
  #weather: Weather = 'fair';
  #since = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #raisedAt = Number.NEGATIVE_INFINITY;
  #wait = UP_AFTER_MS;
  #backAt = Number.NEGATIVE_INFINITY;

  /** A path that was found too weak for a picture before begins a step lower. */
  constructor(first: Step = 'both') {
    this.#rung = STEPS.indexOf(first);
  }

  get step(): Step {
    return STEPS[this.#rung] as Step;
  }

  judge(sample: Sample): Step {
    const { at } = sample;
    const weather = this.#look(sample);
    if (weather !== this.#weather || at - this.#last > GAP_MS) [this.#weather, this.#since] = [weather, at];
    this.#last = at;
    const lasted = at - this.#since;
    if (weather === 'bad' && lasted >= (this.step === 'none' ? PHONE_AFTER_MS : DOWN_AFTER_MS)) this.#down(at);
    if (weather === 'good' && lasted >= this.#wait) this.#up(at);
    return this.step;
  }

  /** The path was lost and is there again: what got lost meanwhile is not held against it. */
  pathIsBack(at: number): void {
    this.#backAt = at;
  }

  /** The person wants the pictures back, whatever the path was like. */
  reset(): void {
    this.#rung = 0;
    this.#weather = 'fair';
    this.#wait = UP_AFTER_MS;
  }

  #look({ at, available, lossUp = 0, lossDown = 0, madeUp = 0 }: Sample): Weather {
    // While no picture is sent the estimate does not grow: then it says nothing.
    const starved = this.step === 'both' && available !== undefined && available < TOO_LITTLE;
    if (starved || lossUp > TOO_LOSSY || lossDown > TOO_LOSSY || madeUp > TOO_MUCH_MADE_UP) return at - this.#backAt < REPORT_MS ? 'fair' : 'bad';
    return lossUp <= GOOD_LOSS && lossDown <= GOOD_LOSS && madeUp <= GOOD_MADE_UP ? 'good' : 'fair';
  }

  #down(at: number): void {
    if (this.#rung === STEPS.length - 1) return;
    if (at - this.#raisedAt < PROOF_MS) this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2);
    this.#rung++;
    this.#since = at;
  }

  #up(at: number): void {
    if (this.#rung === 0) {
      if (at - this.#raisedAt >= PROOF_MS) this.#wait = UP_AFTER_MS;
      return;
    }
    this.#rung--;
    this.#raisedAt = this.#since = at;
  }
}
