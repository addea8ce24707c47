// The rows of the table that speak of what media comes through like: measured once, by the first of them, and judged one by one.
import { ApiError, mayComeBack } from '../api';
import { openAgent, type AgentSession } from './agent';
import { measure, type Figures } from './measure';
import { soundScore } from './mos';
import { THRESHOLDS } from './thresholds';
import { fail, notChecked, pass, round, warn, type Bench, type Check, type CheckName, type MediaWay, type Missing, type Result } from './types';

/** For one who waits in line: longer than most tests take, shorter than patience. */
const LONGEST_WAIT_MS = 8_000;
const WAYS: readonly MediaWay[] = ['direct', 'udp', 'tcp', 'tls'];

type Judge = (figures: Figures) => Result;

export const NETWORK: readonly Check[] = [
  row('connect', connect),
  row('round_trip', ({ roundTripMs }) => rising(roundTripMs, THRESHOLDS.roundTrip.passMs, THRESHOLDS.roundTrip.failMs, 'ms')),
  row('jitter', ({ jitterMs }) => rising(jitterMs, THRESHOLDS.jitter.passMs, THRESHOLDS.jitter.failMs, 'ms')),
  row('loss_up', ({ lossUp }) => loss(lossUp)),
  row('loss_down', ({ lossDown }) => loss(lossDown)),
  row('bitrate_up', ({ kbpsUp }) => bitrate(kbpsUp)),
  row('bitrate_down', bitrateDown),
  row('sound_score', score),
  row('device_load', ({ busyShare }) => rising(busyShare, THRESHOLDS.deviceLoad.pass, THRESHOLDS.deviceLoad.fail, 'share')),
];

function row(name: CheckName, judge: Judge): Check {
  return {
    name,
    async run(bench) {
      bench.figures ??= await figuresOf(bench);
      return typeof bench.figures === 'string' ? notChecked(bench.figures) : judge(bench.figures);
    },
  };
}

/** A way that is lost in the middle, as when the gateway starts anew, is tried once more. */
async function figuresOf(bench: Bench): Promise<Figures | Missing> {
  for (let tries = 0; tries < 2 && !bench.over.aborted; tries++) {
    const session = bench.session?.ended() === false ? bench.session : await openBest(bench);
    if (typeof session === 'string') return session;
    bench.session = session;
    if (bench.over.aborted) break;
    const figures = await measure(session, bench.saver);
    if (figures) return figures;
    session.close();
  }
  return 'interrupted';
}

/** The way that the visit would take: straight if that is open, else the best of those through the relay. */
async function openBest(bench: Bench): Promise<AgentSession | Missing> {
  for (const way of WAYS) {
    if (bench.over.aborted) return 'interrupted';
    const session = await tryWay(bench, way).catch(whyRefused);
    if (session) return session;
  }
  return 'no_agent';
}

/** What the gateway says to one way it says to all of them. */
function whyRefused(error: unknown): Missing | undefined {
  if (isFull(error)) return 'tests_full';
  return mayComeBack(error) ? 'interrupted' : undefined;
}

/** Undefined where the way is not offered. */
export async function tryWay(bench: Bench, way: MediaWay): Promise<AgentSession | undefined> {
  const { offerMedia, paths } = bench;
  const servers = way === 'direct' ? [] : (paths?.[way] ?? []);
  if (!offerMedia || (way !== 'direct' && servers.length === 0)) return undefined;
  return openAgent({ servers, answer: (offer) => inLine(() => offerMedia(way, offer)), withinMs: THRESHOLDS.connect.passMs * 2 });
}

/** All places are taken for the moment, or the gateway starts anew: asks again when it says, or soon. */
async function inLine(ask: () => Promise<string>): Promise<string> {
  const until = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const waitMs = mayComeBack(error) ? ((error as ApiError).retryAfterS ?? 2) * 1000 : Infinity;
      if (performance.now() + waitMs > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

const isFull = (error: unknown) => error instanceof ApiError && error.code === 'tests_full';

function connect({ connectMs, firstFrameMs, bytes }: Figures): Result {
  const T = THRESHOLDS.connect;
  const values = { connect_ms: round(connectMs), ...(firstFrameMs === undefined ? {} : { first_frame_ms: round(firstFrameMs) }), bytes };
  if (firstFrameMs === undefined) return fail('no_frames', values);
  if (connectMs > T.failMs || firstFrameMs > T.failMs) return fail('no_frames', values);
  return connectMs <= T.passMs && firstFrameMs <= T.framePassMs ? pass(values) : warn('slow', values);
}

/** The more the worse. */
function rising(value: number | undefined, passBelow: number, failFrom: number, unit: 'ms' | 'share'): Result {
  if (value === undefined) return notChecked();
  const values = { [unit]: round(value) };
  if (value < passBelow) return pass(values);
  return value < failFrom ? warn('weak', values) : fail('poor', values);
}

function loss(value: number | undefined): Result {
  const { pass: passBelow, fail: failFrom, unusable } = THRESHOLDS.loss;
  const result = rising(value, passBelow, failFrom, 'share');
  return value !== undefined && value >= unusable ? fail('unusable', result.values) : result;
}

function bitrate(kbps: number | undefined): Result {
  const T = THRESHOLDS.bitrate;
  if (kbps === undefined) return notChecked();
  const values = { kbps: round(kbps) };
  if (kbps < T.unusableKbps) return fail('unusable', values);
  if (kbps < T.failKbps) return fail('poor', values);
  return kbps < T.passKbps ? warn('weak', values) : pass(values);
}

/** An echo is never wider than what went up: where about all of it came back, the way down was not the narrow one. */
const ALL_OF_IT = 0.85;

function bitrateDown({ kbpsUp, kbpsDown }: Figures): Result {
  const result = bitrate(kbpsDown);
  const upIsNarrow = kbpsUp !== undefined && bitrate(kbpsUp).outcome !== 'pass';
  if (result.outcome === 'pass' || !upIsNarrow || (kbpsDown ?? 0) < ALL_OF_IT * kbpsUp) return result;
  return notChecked('not_reached', result.values);
}

function score({ roundTripMs, jitterMs, lossUp, lossDown }: Figures): Result {
  if (roundTripMs === undefined || jitterMs === undefined || lossUp === undefined) return notChecked();
  const T = THRESHOLDS.soundScore;
  const value = soundScore({ roundTripMs, jitterMs, loss: Math.max(lossUp, lossDown ?? 0) });
  const values = { mos: round(value) };
  if (value >= T.pass) return pass(values);
  return value >= T.fail ? warn('weak', values) : fail('poor', values);
}

/** For tests: each row by what was measured. */
export const judgeNetwork = (figures: Figures): Record<string, Promise<Result>> =>
  Object.fromEntries(NETWORK.map((check) => [check.name, check.run({ figures } as Bench)]));
