// One run of the quick check: starts the checks, holds what the screen shows of them, and reports to the gateway.
import { batch, signal } from '@preact/signals';
import { runChecks, type CheckReport } from '../../core/checks/runner';
import { playSound } from '../../core/checks/speaker';
import type { Bench, CheckName, Outcome } from '../../core/checks/types';
import * as gateway from '../gateway';
import { phoneKind } from '../link';
import { capture } from './media';
import { main } from './visit';

export interface Row {
  state: Outcome | 'running';
  /** Name of the sentence below the title. */
  says?: string;
}

/** "Did you hear the sound?" */
export interface Question {
  again: boolean;
  play(): void;
  answer(heard: 'yes' | 'no' | 'skipped'): void;
}

/** The run that the screen shows. */
export const run = signal<CheckRun | undefined>(undefined);

const RUNNING: Row = { state: 'running' };
const NAMES: readonly CheckName[] = ['environment', 'permission', 'camera', 'microphone', 'speaker', 'signaling', 'path', 'record_channel'];

export class CheckRun {
  readonly camera = signal<Row>(RUNNING);
  readonly microphone = signal<Row>({ ...RUNNING, says: 'check-say' });
  readonly sound = signal<Row>(RUNNING);
  readonly internet = signal<Row>(RUNNING);
  readonly level = signal(0);
  readonly question = signal<Question | undefined>(undefined);
  readonly verdict = signal<gateway.Verdict | undefined>(undefined);
  #reports: CheckReport[] = [];
  #test: Promise<gateway.EquipmentTest | undefined>;
  #reported = false;
  #abandoned = false;

  static begin(): void {
    run.value?.abandon();
    run.value = new CheckRun();
  }

  private constructor() {
    this.#test = gateway.beginTest(main.value?.id ?? '').catch(() => undefined);
    void this.#run();
  }

  /** The screen is left: what is still going on is of no interest. */
  abandon(): void {
    this.#abandoned = true;
    this.question.value?.answer('skipped');
  }

  /** Tells the gateway what is known by now; what is not is told as not checked. */
  async report(): Promise<void> {
    if (this.#reported) return;
    this.#reported = true;
    const test = await this.#test;
    const checks = NAMES.map((name) => this.#find(name) ?? ({ name, outcome: 'not_checked', values: {} } satisfies CheckReport));
    const answer = test && (await gateway.reportTest(main.value?.id ?? '', test.id, checks, phoneKind).catch(() => undefined));
    if (!this.#abandoned) this.verdict.value = answer?.verdict ?? { mode: 'not_checked' };
  }

  async #run(): Promise<void> {
    const test = await this.#test;
    const bench: Bench = {
      capture,
      ...(test ? { paths: test.paths } : {}),
      echo: () => main.value?.client.echo() ?? Promise.reject(new Error('no connection')),
      askHeard: () => this.#askHeard(),
      level: (level) => (this.level.value = level),
    };
    await runChecks(bench, (report) => this.#take(report));
    if (!this.#abandoned) await this.report();
  }

  #take(report: CheckReport): void {
    this.#reports.push(report);
    batch(() => {
      if (report.name === 'camera') this.camera.value = cameraRow(report);
      if (report.name === 'microphone') this.microphone.value = microphoneRow(report);
      if (report.name === 'speaker') this.sound.value = soundRow(report);
      if (report.name === 'path' || report.name === 'signaling') this.internet.value = this.#internetRow();
    });
  }

  #find(name: CheckName): CheckReport | undefined {
    return this.#reports.find((report) => report.name === name);
  }

  /** The sound plays by itself once; a first "no" gets help and another try. */
  async #askHeard(): Promise<'yes' | 'no' | 'skipped'> {
    if (this.#abandoned) return 'skipped';
    const first = await this.#ask(false);
    return first === 'no' ? this.#ask(true) : first;
  }

  #ask(again: boolean): Promise<'yes' | 'no' | 'skipped'> {
    const play = () => void playSound().catch(() => undefined);
    play();
    return new Promise((resolve) => {
      const answer = (heard: 'yes' | 'no' | 'skipped') => {
        this.question.value = undefined;
        resolve(heard);
      };
      this.question.value = { again, play, answer };
    });
  }

  #internetRow(): Row {
    const path = this.#find('path');
    const signaling = this.#find('signaling');
    if (!path) return RUNNING;
    if (path.outcome === 'fail' || signaling?.outcome === 'fail') return { state: 'fail', says: 'check-internet-none' };
    if (path.outcome === 'not_checked') return { state: 'not_checked' };
    if (path.cause === 'tcp_only' || path.cause === 'tls_only') return { state: 'warn', says: 'check-internet-limited' };
    if (path.outcome === 'warn' || signaling?.outcome === 'warn') return { state: 'warn', says: 'check-internet-slow' };
    return { state: 'pass', says: 'check-internet-good' };
  }
}

function cameraRow({ outcome, cause }: CheckReport): Row {
  if (outcome === 'pass') return { state: outcome, says: 'check-camera-good' };
  if (outcome === 'not_checked') return { state: outcome, says: 'check-camera-missing' };
  const blocked = cause === 'blocked_by_page' || cause === 'blocked_by_phone';
  const gone = cause === 'not_found' || cause === 'in_use';
  if (outcome === 'fail') return { state: outcome, says: blocked ? 'check-camera-blocked' : gone ? 'check-camera-missing' : 'check-camera-black' };
  return { state: outcome, says: cause === 'dark' ? 'check-camera-dark' : 'check-camera-slow' };
}

function microphoneRow({ outcome, cause }: CheckReport): Row {
  if (outcome === 'pass') return { state: outcome, says: 'check-heard' };
  if (outcome === 'warn') return { state: outcome, says: cause === 'clipping' ? 'check-loud' : 'check-quiet' };
  const silent = cause === 'silent' || cause === 'muted';
  return { state: outcome, says: silent ? 'check-silent' : 'check-microphone-missing' };
}

function soundRow({ outcome }: CheckReport): Row {
  if (outcome === 'pass') return { state: outcome, says: 'check-sound-good' };
  return { state: outcome, says: outcome === 'fail' ? 'check-sound-bad' : 'check-sound-skipped' };
}
