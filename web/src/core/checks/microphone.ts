// Can we hear the person? Levels of 100 ms windows while they speak; ends early once it is clear.
import { Ear } from '../devices/ear';
import { fail, notChecked, pass, round, warn, type Check, type Result } from './types';
import { WORD } from './permission';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.microphone;
const WINDOW_MS = 100;
const SAMPLES = 4_096;
/** Half a second of listening; less is no look at it. */
const ENOUGH_WINDOWS = 5;
/** Of full scale: a sample at the rail. */
const CLIPPED = 0.995;

export interface Heard {
  /** Root mean square of each window, 0 to 1. */
  windows: readonly number[];
  clipped: number;
  /** The phone itself holds the microphone back. */
  muted: boolean;
}

export function judge({ windows, clipped, muted }: Heard): Result {
  const rms_db = round(decibels(loudestTenth(windows)));
  const values = { rms_db, clipped, windows: windows.length };
  if (muted) return fail('muted', values);
  if (rms_db < T.failDb) return fail('silent', values);
  if (rms_db < T.passDb) return warn('quiet', values);
  return clipped > T.clippedSamples ? warn('clipping', values) : pass(values);
}

/** A person speaks for part of the time only, so the mean over all of it would call every pause a fault. */
export function loudestTenth(windows: readonly number[]): number {
  const loudest = [...windows].sort((a, b) => b - a).slice(0, Math.max(1, Math.ceil(windows.length / 10)));
  return loudest.reduce((sum, level) => sum + level, 0) / loudest.length || 0;
}

/** Full scale is 0; silence is kept finite so that it can be reported. */
export function decibels(level: number): number {
  return level > 1e-6 ? 20 * Math.log10(level) : -120;
}

export const microphone: Check = {
  name: 'microphone',
  async run({ capture, level }) {
    const { microphone: track, microphoneCause } = capture.state;
    if (!track) return fail(microphoneCause && microphoneCause !== 'dismissed' ? WORD[microphoneCause] : 'blocked_by_page');
    const heard = await listen(track, level);
    return heard.windows.length < ENOUGH_WINDOWS && !heard.muted ? notChecked('interrupted') : judge(heard);
  },
};

/** What the phone did not let us listen to is no silence of the person's. */
async function listen(track: MediaStreamTrack, level: (level: number) => void): Promise<Heard> {
  const ear = new Ear(track, SAMPLES);
  const heard = { windows: [] as number[], clipped: 0, muted: track.muted };
  const begun = performance.now();
  while (!enough(heard.windows, performance.now() - begun)) {
    await wait(WINDOW_MS);
    const samples = ear.samples();
    heard.muted = track.muted;
    if (!samples) continue;
    const rms = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
    heard.windows.push(rms);
    heard.clipped += samples.filter((x) => Math.abs(x) >= CLIPPED).length;
    level(Math.min(1, Math.max(0, (decibels(rms) + 60) / 50)));
  }
  level(0);
  ear.close();
  return heard;
}

function enough(windows: readonly number[], ms: number): boolean {
  if (ms >= T.longestMs) return true;
  return ms >= T.shortestMs && decibels(loudestTenth(windows)) >= T.passDb;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
