// Measuring by recorded readings: a way to the agent that behaves second by second as written down, under a clock that is moved.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentSession, Measured } from './agent';
import { measure, type Figures } from './measure';
import { soundScore } from './mos';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.measure;
const RECORD_BYTES = 2 * THRESHOLDS.recordChannel.bytes;

interface Recorded {
  /** Kilobits a second that go up, and come back, by second since sending began; the last goes on. */
  kbps: readonly number[];
  /** The first frame of the echo is decoded after so many seconds. */
  frameAfterS: number;
  /** The agent says nothing from this second on. */
  silentFromS?: number;
  /** The agent's word on a window that has just begun comes at this second, and the others from a later one: the way lost them. */
  late?: { firstS: number; restS: number };
}

/** A session that plays back what was recorded. */
function recording({ kbps, frameAfterS, silentFromS = Infinity, late }: Recorded): { session: AgentSession; bytes(): number } {
  let begun = Infinity;
  let until = Infinity;
  let mark = 0;
  const seconds = () => Math.max(0, (Math.min(performance.now(), until) - begun) / 1000);
  const rate = (second: number) => kbps[Math.min(second, kbps.length - 1)] ?? 0;
  const kilobits = (s: number) => Array.from({ length: Math.floor(s) }, (_, i) => rate(i)).reduce((a, b) => a + b, 0) + rate(Math.floor(s)) * (s % 1);
  const bytes = () => (2 * kilobits(seconds()) * 1000) / 8;
  const stats = (): object[] => [
    { type: 'transport', bytesSent: bytes() / 2, bytesReceived: bytes() / 2 },
    { type: 'inbound-rtp', kind: 'video', bytesReceived: bytes() / 2, packetsReceived: seconds() * 75, framesDecoded: seconds() >= frameAfterS ? 10 : 0 },
    { type: 'candidate-pair', nominated: true, availableOutgoingBitrate: rate(Math.floor(seconds())) * 1000 },
  ];
  const said = (second: number): Measured => ({ up: { loss: 0, jitter_ms: 5, kbps: rate(second) }, down: { loss: 0, round_trip_ms: 30 } });
  const last = () => Math.min(Math.floor(seconds()), silentFromS - 1);
  const words = new Map<number, Measured>();
  const isLate = () => late !== undefined && seconds() < late.restS;
  const empty: Measured = { up: { kbps: 0 }, down: {} };
  const session = {
    pc: { getStats: async () => stats() },
    connectMs: 200,
    play: async () => void (begun = performance.now()),
    pause: () => void (until = performance.now()),
    mark: () => void (mark = Math.floor(seconds())),
    // The same second is the same word.
    heard: () => (isLate() ? (seconds() < late!.firstS ? undefined : empty) : last() > mark ? (words.get(last()) ?? words.set(last(), said(last())).get(last())) : undefined),
    silentMs: () => (seconds() - (isLate() ? late!.firstS : last())) * 1000,
    ended: () => false,
  } as unknown as AgentSession;
  return { session, bytes };
}

async function measured(recorded: Recorded): Promise<{ figures: Figures | undefined; bytes: number }> {
  const { session, bytes } = recording(recorded);
  const done = measure(session, false);
  await vi.advanceTimersByTimeAsync(40_000);
  return { figures: await done, bytes: bytes() };
}

describe('measuring', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('a good way is measured at the rate it has come to', async () => {
    const { figures, bytes } = await measured({ kbps: [300, 640], frameAfterS: 0.4 });
    expect(figures).toMatchObject({ kbpsUp: 640, lossUp: 0, lossDown: 0 });
    expect(figures?.firstFrameMs).toBeLessThan(1_000);
    expect(bytes + RECORD_BYTES).toBeLessThan(T.budgetBytes);
  });

  it('a first frame that comes late leaves room for the measuring', async () => {
    const { figures, bytes } = await measured({ kbps: [640], frameAfterS: 6.5 });
    expect(figures?.kbpsUp, 'still measured').toBe(640);
    expect(figures?.firstFrameMs, 'and it is known that it came').toBeGreaterThan(6_500);
    expect(bytes + RECORD_BYTES).toBeLessThan(T.budgetBytes * 1.05);
  });

  it('so does one that never comes', async () => {
    const { figures } = await measured({ kbps: [640], frameAfterS: Infinity });
    expect(figures).toMatchObject({ kbpsUp: 640 });
    expect(figures?.firstFrameMs).toBeUndefined();
  });

  it('a ramp that takes long is cut short', async () => {
    const { figures, bytes } = await measured({ kbps: [500, 520, 540, 560, 580], frameAfterS: 4 });
    expect(figures?.kbpsUp).toBeGreaterThan(500);
    expect(bytes + RECORD_BYTES).toBeLessThan(T.budgetBytes);
  });

  it('an agent that falls silent in the middle is gone', async () => {
    expect((await measured({ kbps: [640], frameAfterS: 0.4, silentFromS: 2 })).figures).toBeUndefined();
  });

  it('waits for words that are late, and takes none that were said of a window that had only begun', async () => {
    const { figures } = await measured({ kbps: [640], frameAfterS: 0.4, late: { firstS: 3, restS: 6.5 } });
    expect(figures).toMatchObject({ kbpsUp: 640, lossUp: 0 });
  });

  it('where only such a word came through, the way up is not known, and what is seen here is', async () => {
    const { figures } = await measured({ kbps: [640], frameAfterS: 0.4, late: { firstS: 5, restS: 60 } });
    expect(figures?.kbpsDown).toBeGreaterThan(0);
    expect([figures?.kbpsUp, figures?.lossUp]).toEqual([undefined, undefined]);
  });

  it('a way up on which nothing arrives is told as nothing', async () => {
    expect((await measured({ kbps: [0], frameAfterS: Infinity })).figures?.kbpsUp).toBe(0);
  });

  it('all of it fits into what a person pays for', () => {
    const media = (2 * (T.kbps + T.soundKbps) * 1000 * (T.longestMs + T.rampMs)) / 8 / 1000;
    expect(media + RECORD_BYTES).toBeLessThan(T.budgetBytes);
    expect(soundScore({ roundTripMs: 20, jitterMs: 2, loss: 0 })).toBeGreaterThan(THRESHOLDS.soundScore.pass);
  });
});
