// Measures what media comes through like on one way to the media agent: a moment to get going, then a few seconds that count. It
// stops when more would say nothing new, and when it has cost enough.
import type { AgentSession, Measured } from './agent';
import { between, read, type Reading } from './reading';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.measure;
const EVERY_MS = 250;
/** Three of the agent's reports within this of each other say that nothing new comes. */
const STEADY = 0.1;
/** The agent speaks once a second; where much is lost, its words are sent again and come later. */
const LATE_MS = 1_500;
const GONE_MS = 4_000;

/** Absent is what could not be known. Rates in kilobits a second, shares from 0 to 1. */
export interface Figures {
  connectMs: number;
  firstFrameMs?: number;
  roundTripMs?: number;
  jitterMs?: number;
  lossUp?: number;
  lossDown?: number;
  kbpsUp?: number;
  kbpsDown?: number;
  busyShare?: number;
  /** What all of it cost, both ways. */
  bytes: number;
}

/** What the record channel takes of the budget after us. */
const RECORD_BYTES = 2 * THRESHOLDS.recordChannel.bytes;
/** What the shortest measuring takes, there and back: whatever comes before it has to leave so much. */
const SHORTEST_BYTES = ((2 * (T.kbps + T.soundKbps) * 1000) / 8) * (T.shortestMs / 1000);
const BEFORE_BYTES = T.budgetBytes - RECORD_BYTES - SHORTEST_BYTES;

/** Resolves with `undefined` when the way was lost in the middle. */
export async function measure(session: AgentSession, saver: boolean): Promise<Figures | undefined> {
  const begun = performance.now();
  await session.play();
  const early = await firstFrame(session, begun);
  if (early !== undefined) await gotGoing(session);
  const from = await read(session.pc);
  session.mark('steady');
  const heard = await listen(session, saver);
  const to = await read(session.pc);
  session.pause();
  if (session.ended() || heard === 'gone') return undefined;
  const firstFrameMs = early ?? (to.framesDecoded > 0 ? performance.now() - begun : undefined);
  return {
    connectMs: session.connectMs,
    ...(firstFrameMs === undefined ? {} : { firstFrameMs: session.connectMs + firstFrameMs }),
    ...combine(from, to, heard),
  };
}

/** One that is late comes in the seconds that count, or not at all: waiting for it may not cost what they need. */
async function firstFrame(session: AgentSession, begun: number): Promise<number | undefined> {
  while (performance.now() - begun < T.firstFrameMs && !session.ended()) {
    const { framesDecoded, bytes } = await read(session.pc);
    if (framesDecoded > 0) return performance.now() - begun;
    if (bytes >= BEFORE_BYTES) return undefined;
    await wait(50);
  }
  return undefined;
}

/** The browser feels its way up to the rate; what it loses on the way there is not the path's doing. */
async function gotGoing(session: AgentSession): Promise<void> {
  const until = performance.now() + T.rampMs;
  while (performance.now() < until && !session.ended()) {
    const { availableKbps = 0, bytes } = await read(session.pc);
    if (availableKbps >= T.kbps || bytes >= BEFORE_BYTES) return;
    await wait(EVERY_MS);
  }
}

/** The agent's last words on the seconds that count; `undefined` where none of them came through. */
async function listen(session: AgentSession, saver: boolean): Promise<Measured | undefined | 'gone'> {
  const begun = performance.now();
  const rates: number[] = [];
  const words = figuresOf(session);
  let last: Measured | undefined;
  while (performance.now() - begun < (saver ? T.saverMs : T.longestMs) && !session.ended()) {
    await wait(EVERY_MS);
    const now = words();
    if (now && now !== last) rates.push(now.up.kbps);
    last = now ?? last;
    if (performance.now() - begun >= T.shortestMs && steady(rates, last)) break;
    if (last && (await read(session.pc)).bytes > T.budgetBytes - RECORD_BYTES) break;
  }
  return (await stillThere(session)) ? words() : 'gone';
}

/** The agent's first word after a mark is of a window that has only begun: an empty one is no figure. Where nothing arrives it says so again. */
function figuresOf(session: AgentSession): () => Measured | undefined {
  let first: Measured | undefined;
  return () => {
    const said = session.heard();
    first ??= said;
    return said === first && said?.up.kbps === 0 ? undefined : said;
  };
}

/** A connection takes long to see that the other end is gone; an agent that says nothing for so long is. */
async function stillThere(session: AgentSession): Promise<boolean> {
  while (session.silentMs() > LATE_MS && session.silentMs() < GONE_MS && !session.ended()) await wait(EVERY_MS);
  return session.silentMs() < GONE_MS;
}

/** Loss wants its whole time: a share of few packets is chance. */
export function steady(rates: readonly number[], last: Measured | undefined): boolean {
  const recent = rates.slice(-3);
  if (recent.length < 3 || !last || (last.up.loss ?? 1) > 0 || (last.down.loss ?? 1) > 0) return false;
  return Math.max(...recent) - Math.min(...recent) <= STEADY * Math.max(...recent);
}

/** Each figure from the end that sees it: the uplink from the agent, the downlink from here. */
export function combine(from: Reading, to: Reading, heard: Measured | undefined): Omit<Figures, 'connectMs' | 'firstFrameMs'> {
  const own = between(from, to);
  const { loss: lossUp, jitter_ms: jitterUp, kbps: kbpsUp } = heard?.up ?? {};
  const lossDown = heard?.down.loss ?? downAlone(own.loss, lossUp ?? undefined);
  const jitters = [own.jitterMs, jitterUp].filter((ms) => ms != null);
  return {
    ...known('roundTripMs', own.roundTripMs ?? heard?.down.round_trip_ms),
    ...known('jitterMs', jitters.length > 0 ? Math.max(...jitters) : undefined),
    ...known('lossUp', lossUp),
    ...known('lossDown', lossDown),
    ...known('kbpsUp', heard && kbpsUp),
    ...known('kbpsDown', own.kbps),
    ...known('busyShare', own.busyShare),
    bytes: to.bytes,
  };
}

/** What comes back has the gaps of the way up too: take them out. */
function downAlone(both: number | undefined, up: number | undefined): number | undefined {
  if (both === undefined || up === undefined || up >= 1) return undefined;
  return Math.max(0, 1 - (1 - both) / (1 - up));
}

function known<K extends string>(name: K, value: number | null | undefined): { [key in K]?: number } {
  return value == null || !Number.isFinite(value) ? {} : ({ [name]: value } as { [key in K]: number });
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
