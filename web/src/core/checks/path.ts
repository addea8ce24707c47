// Does media find a way to the clinic? Tries UDP, TCP and TLS through the visit's relay, each for itself and all at once.
import { fail, notChecked, pass, round, warn, type Bench, type Check, type Result, type Way } from './types';
import { echo, openLoop, type LoopPath } from './loop';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.path;
const WAYS: readonly Way[] = ['udp', 'tcp', 'tls'];

export interface Found {
  /** Milliseconds to connect; absent where there was no way. */
  connectMs: Partial<Record<Way, number>>;
  roundTripMs?: number;
}

export function judge({ connectMs, roundTripMs }: Found): Result {
  const values: Record<string, number> = {};
  for (const way of WAYS) {
    const ms = connectMs[way];
    values[way] = ms === undefined ? 0 : 1;
    if (ms !== undefined) values[`${way}_connect_ms`] = round(ms);
  }
  if (roundTripMs !== undefined) values['round_trip_ms'] = round(roundTripMs);
  const best = WAYS.find((way) => connectMs[way] !== undefined);
  if (!best) return fail('relay_unreachable', values);
  if (best !== 'udp') return warn(best === 'tcp' ? 'tcp_only' : 'tls_only', values);
  const slow = (connectMs.udp ?? 0) > T.connectWarnMs || (roundTripMs ?? 0) >= THRESHOLDS.roundTrip.passMs;
  return slow ? warn('slow', values) : pass(values);
}

export const path: Check = {
  name: 'path',
  async run(bench) {
    if (!bench.paths) return notChecked();
    const loops = await Promise.all(WAYS.map((way) => attempt(bench, way)));
    const best = loops.find((loop) => loop !== undefined);
    for (const loop of loops) if (loop !== best) loop?.close();
    if (best) bench.loop = best;
    const connectMs: Found['connectMs'] = {};
    WAYS.forEach((way, i) => {
      const loop = loops[i];
      if (loop) connectMs[way] = loop.connectMs;
    });
    const roundTripMs = best && (await roundTrip(best));
    return judge({ connectMs, ...(roundTripMs === undefined ? {} : { roundTripMs }) });
  },
};

async function attempt({ paths }: Bench, way: Way): Promise<LoopPath | undefined> {
  const servers = paths?.[way] ?? [];
  if (servers.length === 0) return undefined;
  return openLoop(servers, T.connectFailMs).catch(() => undefined);
}

/** Half of what the loop takes: it crosses the internet twice each way, the visit once. */
async function roundTrip(loop: LoopPath): Promise<number | undefined> {
  const times: number[] = [];
  try {
    for (let i = 0; i < THRESHOLDS.roundTrip.pings; i++) times.push(await echo(loop, [`{"t":"echo","b":"${i}"}`], 2_000));
  } catch {
    return undefined;
  }
  return (times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0) / 2;
}
