// Does media find a way? Straight to the clinic, and by UDP, TCP and TLS through the visit's relay: each for itself and all at once.
import { fail, notChecked, pass, round, warn, type Bench, type Check, type Result, type Way } from './types';
import { echo, openLoop, Refused, type LoopPath } from './loop';
import { tryWay } from './network';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.path;
const WAYS: readonly Way[] = ['udp', 'tcp', 'tls'];
const OTHER_WAYS_MS = 2_000;

export interface Found {
  /** Milliseconds to connect through the relay; absent where there was no way. */
  connectMs: Partial<Record<Way, number>>;
  /** Whether the gateway's own port was reached; absent where it could not be tried. */
  direct?: boolean;
  /** The relay answered, and did not take our credentials. */
  refused?: boolean;
  roundTripMs?: number;
}

export function judge({ connectMs, direct, refused, roundTripMs }: Found): Result {
  const values: Record<string, number> = direct === undefined ? {} : { direct: Number(direct) };
  for (const way of WAYS) {
    const ms = connectMs[way];
    values[way] = ms === undefined ? 0 : 1;
    if (ms !== undefined) values[`${way}_connect_ms`] = round(ms);
  }
  if (roundTripMs !== undefined) values['round_trip_ms'] = round(roundTripMs);
  const best = WAYS.find((way) => connectMs[way] !== undefined);
  // A visit needs the relay to find its way, even where the gateway itself is within reach.
  if (!best) return fail(refused ? 'relay_refused' : direct ? 'relay_unreachable' : 'no_connection', values);
  if (best !== 'udp') return warn(best === 'tcp' ? 'tcp_only' : 'tls_only', values);
  const slow = (connectMs.udp ?? 0) > T.connectWarnMs || (roundTripMs ?? 0) >= THRESHOLDS.roundTrip.passMs;
  return slow ? warn('slow', values) : pass(values);
}

export const path: Check = {
  name: 'path',
  async run(bench) {
    if (!bench.paths) return notChecked();
    const loops: Partial<Record<Way, LoopPath>> = {};
    let over = false;
    let refused = false;
    const direct = straight(bench);
    const attempts = WAYS.map(async (way) => {
      const loop = await attempt(bench, way);
      if (loop === 'refused') refused = true;
      else if (over) loop?.close();
      else if (loop) loops[way] = loop;
    });
    await Promise.race([Promise.all(attempts), enough(attempts[0], loops)]);
    over = true;
    const [found, reached] = await Promise.all([measure(bench, loops), direct]);
    return judge({ ...found, refused, ...(reached === undefined ? {} : { direct: reached }) });
  },
};

/** What it finds stays open for the measuring. */
async function straight(bench: Bench): Promise<boolean | undefined> {
  let answered = false;
  const asking = bench.offerMedia;
  if (!asking) return undefined;
  const watched: Bench = { ...bench, offerMedia: async (way, offer) => asking(way, offer).then((answer) => ((answered = true), answer)) };
  const session = await tryWay(watched, 'direct').catch(() => undefined);
  if (session) bench.session = session;
  return session ? true : answered ? false : undefined;
}

/** Once the best way is found, the others are of interest only if they come soon. */
async function enough(udp: Promise<void> | undefined, loops: Partial<Record<Way, LoopPath>>): Promise<void> {
  await udp;
  if (!loops.udp) return new Promise(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, OTHER_WAYS_MS));
}

/** Keeps the best path for the record channel and closes the rest. */
async function measure(bench: Bench, loops: Partial<Record<Way, LoopPath>>): Promise<Found> {
  const best = WAYS.find((way) => loops[way]);
  const connectMs: Found['connectMs'] = {};
  for (const way of WAYS) {
    const loop = loops[way];
    if (loop) connectMs[way] = loop.connectMs;
    if (way !== best) loop?.close();
  }
  const loop = best && loops[best];
  if (!loop) return { connectMs };
  bench.loop = loop;
  const roundTripMs = await roundTrip(loop);
  return { connectMs, ...(roundTripMs === undefined ? {} : { roundTripMs }) };
}

async function attempt({ paths }: Bench, way: Way): Promise<LoopPath | 'refused' | undefined> {
  const servers = paths?.[way] ?? [];
  if (servers.length === 0) return undefined;
  return openLoop(servers, T.connectFailMs).catch((error) => (error instanceof Refused ? 'refused' : undefined));
}

/** Half of what the loop takes: it crosses the internet twice each way, the visit once. */
async function roundTrip(loop: LoopPath): Promise<number | undefined> {
  const times: number[] = [];
  try {
    for (let i = 0; i < THRESHOLDS.roundTrip.pings; i++) times.push(await echo(loop.near, loop.far, [`{"t":"echo","b":"${i}"}`], 2_000));
  } catch {
    return undefined;
  }
  return (times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0) / 2;
}
