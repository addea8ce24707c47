// What a check is: one question, one file, one result. The gateway alone turns results into a verdict.
import type { components } from '../../generated/api';
import type { IceServer } from '../../generated/signaling';
import type { Capture } from '../devices/capture';
import type { AgentSession } from './agent';
import type { LoopPath } from './loop';
import type { Figures } from './measure';

export type CheckName = components['schemas']['CheckName'];
export type Outcome = components['schemas']['CheckOutcome'];
export type Cause = components['schemas']['Cause'];

export interface Result {
  outcome: Outcome;
  /** Absent when passed. */
  cause?: Cause;
  /** Numbers by name, in small letters. */
  values: Record<string, number>;
}

export type Way = 'udp' | 'tcp' | 'tls';
export type MediaWay = Way | 'direct';
/** Why nothing could be measured. */
export type Missing = Extract<Cause, 'no_agent' | 'tests_full' | 'interrupted'>;

/** What checks work with. */
export interface Bench {
  capture: Capture;
  /** Credentials of this test, by the way they take through the internet; absent when the gateway gave none. */
  paths?: Readonly<Record<Way, readonly IceServer[]>>;
  /** Brings an offer to the gateway's media agent; resolves with its answer. */
  offerMedia?(way: MediaWay, offer: string): Promise<string>;
  /** The person pays by the megabyte and has said so to the phone. */
  saver: boolean;
  /** One answer from the gateway over the visit's own connection, in milliseconds. */
  echo(): Promise<number>;
  /** How often that connection was lost by now. */
  losses(): number;
  /** Plays a sound and asks the person. */
  askHeard(): Promise<'yes' | 'no' | 'skipped'>;
  /** How loud the microphone is now, 0 to 1, for a meter. */
  level(level: number): void;
  /** Aborted when the person has gone on: what is still to be measured is of no interest then, and would take from the call. */
  over: AbortSignal;
  /** The best way through the relay, left open for the record channel check. */
  loop?: LoopPath;
  /** The best way to the media agent, left open likewise. */
  session?: AgentSession;
  /** What media came through like; a word where that is not known. */
  figures?: Figures | Missing;
}

export interface Check {
  name: CheckName;
  run(bench: Bench): Promise<Result>;
}

export const pass = (values: Record<string, number> = {}): Result => ({ outcome: 'pass', values });
export const warn = (cause: Cause, values: Record<string, number> = {}): Result => ({ outcome: 'warn', cause, values });
export const fail = (cause: Cause, values: Record<string, number> = {}): Result => ({ outcome: 'fail', cause, values });
export const notChecked = (cause?: Cause, values: Record<string, number> = {}): Result => ({ outcome: 'not_checked', ...(cause ? { cause } : {}), values });

/** Whole milliseconds and at most three decimals: what is reported is read by people. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;
