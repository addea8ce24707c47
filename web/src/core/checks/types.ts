// What a check is: one question, one file, one result. The gateway alone turns results into a verdict.
import type { IceServer } from '../../generated/signaling';
import type { Capture } from '../devices/capture';
import type { LoopPath } from './loop';

export type CheckName = 'environment' | 'permission' | 'camera' | 'microphone' | 'speaker' | 'signaling' | 'path' | 'record_channel';
export type Outcome = 'pass' | 'warn' | 'fail' | 'not_checked';

export interface Result {
  outcome: Outcome;
  /** A stable word of the gateway's closed list; absent when passed. */
  cause?: string;
  /** Numbers by name, in small letters. */
  values: Record<string, number>;
}

export type Way = 'udp' | 'tcp' | 'tls';

/** What checks work with. */
export interface Bench {
  capture: Capture;
  /** Credentials of this test, by the way they take through the internet; absent when the gateway gave none. */
  paths?: Readonly<Record<Way, readonly IceServer[]>>;
  /** One answer from the gateway over the visit's own connection, in milliseconds. */
  echo(): Promise<number>;
  /** Plays a sound and asks the person. */
  askHeard(): Promise<'yes' | 'no' | 'skipped'>;
  /** How loud the microphone is now, 0 to 1, for a meter. */
  level(level: number): void;
  /** The best path found, left open for the record channel check. */
  loop?: LoopPath;
}

export interface Check {
  name: CheckName;
  run(bench: Bench): Promise<Result>;
}

export const pass = (values: Record<string, number> = {}): Result => ({ outcome: 'pass', values });
export const warn = (cause: string, values: Record<string, number> = {}): Result => ({ outcome: 'warn', cause, values });
export const fail = (cause: string, values: Record<string, number> = {}): Result => ({ outcome: 'fail', cause, values });
export const notChecked = (cause?: string): Result => ({ outcome: 'not_checked', ...(cause ? { cause } : {}), values: {} });

/** Whole milliseconds and at most three decimals: what is reported is read by people. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;
