// The part of a check that asks nobody for anything: the internet. It begins with the question for camera and microphone, so that
// most of it is done when the person has answered.
import { INTERNET, runChecks, type CheckReport } from '../../core/checks/runner';
import type { Bench } from '../../core/checks/types';
import * as gateway from '../gateway';
import { capture } from './media';
import { main } from './visit';

/** What was measured longer ago is measured again. */
const FRESH_MS = 90_000;

export class InternetRun {
  readonly test: Promise<gateway.EquipmentTest | undefined>;
  readonly done: Promise<void>;
  readonly #begun = performance.now();
  readonly #stop = new AbortController();
  #reports: CheckReport[] = [];
  #told: (report: CheckReport) => void = () => undefined;
  #taken = false;

  constructor(private readonly lines = INTERNET) {
    this.test = gateway.beginTest(main.value?.id ?? '').catch(() => undefined);
    this.done = this.#run();
  }

  /** Whether a check that starts now can go on from here. */
  get fresh(): boolean {
    return !this.#taken && performance.now() - this.#begun < FRESH_MS;
  }

  /** Aborted when nobody waits for it any more. */
  get over(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Tells of what is known and of all that comes. */
  follow(told: (report: CheckReport) => void): void {
    this.#taken = true;
    this.#told = told;
    for (const report of this.#reports) told(report);
  }

  async #run(): Promise<void> {
    const bench = await benchFor(this.test, this.over);
    await runChecks(this.lines, bench, (report) => {
      this.#reports.push(report);
      void this.#note(report);
      this.#told(report);
    });
  }

  async #note(report: CheckReport): Promise<void> {
    await note(this.test, report);
  }
}

/** Begun on the screen before, if it was. */
let prepared: InternetRun | undefined;

export function prepareInternet(): void {
  if (!prepared?.fresh) prepared = new InternetRun();
}

export function takeInternet(): InternetRun {
  const run = prepared?.fresh ? prepared : new InternetRun();
  prepared = undefined;
  return run;
}

/** What every part of the check works with; a screen adds its question and its meter. */
export async function benchFor(starting: Promise<gateway.EquipmentTest | undefined>, over: AbortSignal): Promise<Bench> {
  const [test, seat] = [await starting, main.value?.id ?? ''];
  return {
    capture,
    ...(test ? { paths: test.paths, offerMedia: async (way, offer) => (await gateway.openMedia(seat, test.id, way, offer)).answer } : {}),
    saver: (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
    echo: () => main.value?.client.echo() ?? Promise.reject(new Error('no connection')),
    losses: () => main.value?.losses ?? 0,
    askHeard: async () => 'skipped',
    level: () => undefined,
    over,
  };
}

/** A technician may be watching. Whether this one arrives does not matter: all of them come again with the report. */
export async function note(starting: Promise<gateway.EquipmentTest | undefined>, report: CheckReport): Promise<void> {
  const test = await starting;
  if (test) await gateway.noteTest(main.value?.id ?? '', test.id, [report]).catch(() => undefined);
}
