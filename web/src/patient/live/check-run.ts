// One run of the quick check: starts the checks, holds what the screen shows of them, and reports to the gateway.
import { batch, signal } from '@preact/signals';
import { mayComeBack } from '../../core/api';
import { EQUIPMENT, INTERNET, runChecks, type CheckReport } from '../../core/checks/runner';
import { playSound, playTones } from '../../core/checks/speaker';
import type { Check, CheckName } from '../../core/checks/types';
import * as gateway from '../gateway';
import { phoneKind } from '../link';
import { cameraRow, internetRow, microphoneRow, RUNNING, soundRow, type Row } from './check-words';
import { benchFor, InternetRun, note, takeInternet } from './internet-run';
import { main, place, turnCamera } from './visit';

/** "Did you hear the sound?", or, where it was answered with a doubt, "How many tones did you hear?" */
export interface Question {
  again: boolean;
  /** Counted instead: nobody says yes by habit to a number. */
  counts: boolean;
  play(): void;
  answer(heard: 'yes' | 'no' | 'skipped'): void;
  /** So many tones. */
  counted(tones: number): void;
  count(): void;
}

/** The run that the screen shows. */
export const run = signal<CheckRun | undefined>(undefined);

const NAMES: readonly CheckName[] = [
  'environment', 'permission', 'camera', 'microphone', 'speaker', 'signaling', 'path', 'connect', 'round_trip', 'jitter', 'loss_up', 'loss_down',
  'bitrate_up', 'bitrate_down', 'sound_score', 'device_load', 'record_channel',
];
/** A report that the gateway did not take, because it starts anew, is brought again. */
const REPORT_TRIES = 5;
const REPORT_AGAIN_MS = 2_000;

export class CheckRun {
  readonly camera = signal<Row>(RUNNING);
  readonly microphone = signal<Row>({ ...RUNNING, says: 'check-say' });
  readonly sound = signal<Row>(RUNNING);
  readonly internet = signal<Row>(RUNNING);
  readonly level = signal(0);
  readonly question = signal<Question | undefined>(undefined);
  readonly verdict = signal<gateway.Verdict | undefined>(undefined);
  #reports = new Map<CheckName, CheckReport>();
  #internet: InternetRun;
  #equipment = EQUIPMENT;
  #reported = false;
  #withoutPicture = false;
  #abandoned = false;

  static begin(): void {
    run.value?.abandon();
    run.value = new CheckRun();
  }

  /** A technician asks for one step again: what else is known stands. */
  static again(name: CheckName): void {
    const before = run.value;
    before?.abandon();
    run.value = new CheckRun({ name, known: before ? [...before.#reports.values()] : [] });
  }

  private constructor(again?: { name: CheckName; known: readonly CheckReport[] }) {
    const has = (line: readonly Check[]) => line.some(({ name }) => name === again?.name);
    this.#internet = again ? new InternetRun(INTERNET.filter(has)) : takeInternet();
    if (again) {
      this.#equipment = EQUIPMENT.map((line) => line.filter(({ name }) => name === again.name));
      const asked = new Set([again.name, ...INTERNET.filter(has).flat().map(({ name }) => name)]);
      for (const report of again.known) if (!asked.has(report.name)) this.#take(report);
    }
    void this.#run();
  }

  /** The screen is left: what is still going on is of no interest. */
  abandon(): void {
    this.#abandoned = true;
    this.#internet.stop();
    this.question.value?.answer('skipped');
  }

  /** Tells the gateway what is known by now; what is not is told as not checked. */
  async report(): Promise<void> {
    if (this.#reported) return;
    this.#reported = true;
    const checks = NAMES.map((name) => this.#reports.get(name) ?? ({ name, outcome: 'not_checked', values: {} } satisfies CheckReport));
    const verdict = await this.#judged(checks);
    this.#withoutPicture = verdict !== undefined && main.value?.startAs(verdict) === false;
    // Who is past this screen has no other moment for it.
    if (place.value.at !== 'check') await this.takeEffect();
    if (!this.#abandoned) this.verdict.value = verdict ?? { mode: 'not_checked' };
  }

  /** The person goes on with what was found: the camera stays off where a picture would take from the sound. Until then it is on, to be checked again. */
  async takeEffect(): Promise<void> {
    if (this.#withoutPicture) await turnCamera(true);
  }

  async #judged(checks: readonly CheckReport[]): Promise<gateway.Verdict | undefined> {
    const test = await this.#internet.test;
    for (let tries = 0; test && tries < REPORT_TRIES; tries++) {
      try {
        return (await gateway.reportTest(main.value?.id ?? '', test.id, checks, phoneKind)).verdict;
      } catch (error) {
        if (!mayComeBack(error) || this.#abandoned) return undefined;
        await new Promise((resolve) => setTimeout(resolve, REPORT_AGAIN_MS));
      }
    }
    return undefined;
  }

  async #run(): Promise<void> {
    const bench = { ...(await benchFor(this.#internet.test, this.#internet.over)), askHeard: () => this.#askHeard(), level: (level: number) => (this.level.value = level) };
    this.#internet.follow((report) => this.#take(report));
    const equipment = runChecks(this.#equipment, bench, (report) => {
      this.#take(report);
      void note(this.#internet.test, report);
    });
    await Promise.all([equipment, this.#internet.done]);
    if (!this.#abandoned) await this.report();
  }

  #take(report: CheckReport): void {
    this.#reports.set(report.name, report);
    batch(() => {
      if (report.name === 'camera') this.camera.value = cameraRow(report);
      if (report.name === 'microphone') this.microphone.value = microphoneRow(report);
      if (report.name === 'speaker') this.sound.value = soundRow(report);
      this.internet.value = internetRow((name) => this.#reports.get(name));
    });
  }

  /** The sound plays by itself once; a first "no" gets help and another try. */
  async #askHeard(): Promise<'yes' | 'no' | 'skipped'> {
    if (this.#abandoned || place.value.at !== 'check') return 'skipped';
    const first = await this.#ask(false);
    return first === 'no' ? this.#ask(true) : first;
  }

  #ask(again: boolean): Promise<'yes' | 'no' | 'skipped'> {
    return new Promise((resolve) => {
      const answer = (heard: 'yes' | 'no' | 'skipped') => {
        this.question.value = undefined;
        resolve(heard);
      };
      const play = () => void playSound().catch(() => undefined);
      play();
      this.question.value = { again, counts: false, play, answer, counted: () => undefined, count: () => this.#count(again, answer) };
    });
  }

  /** Two to five tones, never the same number by habit. */
  #count(again: boolean, answer: Question['answer']): void {
    const tones = 2 + Math.floor(Math.random() * 4);
    const play = () => void playTones(tones).catch(() => undefined);
    play();
    const counted = (heard: number) => answer(heard === tones ? 'yes' : 'no');
    this.question.value = { again, counts: true, play, answer, counted, count: () => undefined };
  }
}
