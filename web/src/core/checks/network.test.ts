import { describe, expect, it } from 'vitest';
import { ApiError } from '../api';
import type { Figures } from './measure';
import { combine, steady } from './measure';
import { judgeNetwork, NETWORK } from './network';
import { between, readRows } from './reading';
import type { Bench, Result } from './types';

const GOOD: Figures = {
  connectMs: 200, firstFrameMs: 700, roundTripMs: 40, jitterMs: 4, lossUp: 0, lossDown: 0, kbpsUp: 640, kbpsDown: 630, busyShare: 0, bytes: 900_000,
};
const words = ({ outcome, cause }: Result) => (cause ? `${outcome} ${cause}` : outcome);

describe('every row of the table', () => {
  it.each<[string, Partial<Figures>, string]>([
    ['connect', { connectMs: 2_000, firstFrameMs: 3_000 }, 'pass'],
    ['connect', { connectMs: 2_001 }, 'warn slow'],
    ['connect', { firstFrameMs: 3_001 }, 'warn slow'],
    ['connect', { connectMs: 10_001 }, 'fail no_frames'],
    ['round_trip', { roundTripMs: 249 }, 'pass'],
    ['round_trip', { roundTripMs: 250 }, 'warn weak'],
    ['round_trip', { roundTripMs: 399 }, 'warn weak'],
    ['round_trip', { roundTripMs: 400 }, 'fail poor'],
    ['jitter', { jitterMs: 29 }, 'pass'],
    ['jitter', { jitterMs: 30 }, 'warn weak'],
    ['jitter', { jitterMs: 101 }, 'fail poor'],
    ['loss_up', { lossUp: 0.029 }, 'pass'],
    ['loss_up', { lossUp: 0.05 }, 'warn weak'],
    ['loss_up', { lossUp: 0.1 }, 'fail poor'],
    ['loss_down', { lossDown: 0.079 }, 'warn weak'],
    ['loss_down', { lossDown: 0.08 }, 'fail poor'],
    ['loss_down', { lossDown: 0.25 }, 'fail unusable'],
    ['bitrate_up', { kbpsUp: 600 }, 'pass'],
    ['bitrate_up', { kbpsUp: 300 }, 'warn weak'],
    ['bitrate_up', { kbpsUp: 100 }, 'fail poor'],
    ['bitrate_up', { kbpsUp: 19 }, 'fail unusable'],
    ['bitrate_down', { kbpsDown: 300 }, 'warn weak'],
    ['bitrate_down', { kbpsUp: 300, kbpsDown: 290 }, 'not_checked not_reached'],
    ['bitrate_down', { kbpsUp: 300, kbpsDown: 120 }, 'fail poor'],
    ['sound_score', { roundTripMs: 400 }, 'pass'],
    ['sound_score', { lossUp: 0.09 }, 'warn weak'],
    ['sound_score', { lossDown: 0.25 }, 'fail poor'],
    ['device_load', { busyShare: 0.09 }, 'pass'],
    ['device_load', { busyShare: 0.2 }, 'warn weak'],
    ['device_load', { busyShare: 0.31 }, 'fail poor'],
  ])('%s with %o is %s', async (name, part, expected) => {
    expect(words(await judgeNetwork({ ...GOOD, ...part })[name]!)).toBe(expected);
  });

  it('is good on a good network', async () => {
    const all = await Promise.all(Object.values(judgeNetwork(GOOD)));
    expect(all.map(words)).toEqual(NETWORK.map(() => 'pass'));
  });

  it('is never good where nothing is known', async () => {
    const all = Object.values(judgeNetwork({ connectMs: 100, bytes: 0 }));
    const outcomes = (await Promise.all(all)).map(({ outcome }) => outcome);
    expect(outcomes).not.toContain('pass');
    expect(outcomes.slice(1).every((outcome) => outcome === 'not_checked')).toBe(true);
  });
});

describe('without the media agent', () => {
  const bench = (part: Partial<Bench>): Bench => ({ saver: false, over: new AbortController().signal, ...part }) as Bench;

  it('each row is not checked, with a word', async () => {
    const none = bench({});
    for (const check of NETWORK) expect(words(await check.run(none))).toBe('not_checked no_agent');
  });

  it.each([
    ['tests_full', 503, 60],
    ['interrupted', 502, 60],
  ])('%s is another word', async (word, status, retryAfter) => {
    stubConnection();
    const refusing = bench({ offerMedia: () => Promise.reject(new ApiError(word, status, '', {}, retryAfter)) });
    for (const check of NETWORK) expect(words(await check.run(refusing))).toBe(`not_checked ${word}`);
  });
});

/** The little of a browser that an offer needs. */
function stubConnection(): void {
  Object.assign(globalThis, {
    RTCPeerConnection: class {
      localDescription = { sdp: 'v=0' };
      createDataChannel = () => ({});
      addTransceiver = () => ({ sender: {} });
      setLocalDescription = async () => undefined;
      close = () => undefined;
    },
  });
}

describe('what was measured', () => {
  const at = (ms: number, part: object = {}) => ({ ...readRows([], ms), ...part });
  const heard = (up: object, down: object = {}) => ({ up: { packets: 500, lost: 0, kbps: 600, frames: 75, fps: 15, ...up }, down: { loss: null, ...down } });

  it('takes each figure from the end that sees it', () => {
    const from = at(1_000, { bytesReceived: 10_000, packetsReceived: 10 });
    const to = at(6_000, { bytesReceived: 385_000, packetsReceived: 510, bytes: 800_000, jitterMs: 8, roundTripMs: 240, roundTrips: 4, encodingS: 5, busyS: 1 });
    expect(combine(from, to, heard({ loss: 0.02, jitter_ms: 12 }, { loss: 0.01 }))).toEqual({
      roundTripMs: 60, jitterMs: 12, lossUp: 0.02, lossDown: 0.01, kbpsUp: 600, kbpsDown: 600, busyShare: 0.2, bytes: 800_000,
    });
  });

  it('takes the loss of the way up out of what came back, where the agent does not say', () => {
    const [from, to] = [at(0), at(5_000, { packetsReceived: 810, packetsLost: 190 })];
    expect(combine(from, to, heard({ loss: 0.1 })).lossDown).toBeCloseTo(0.1);
  });

  it('claims nothing that the agent did not say', () => {
    expect(combine(at(0), at(5_000), undefined)).toEqual({ kbpsDown: 0, bytes: 0 });
  });

  it('counts the time between two moments only', () => {
    const row = { type: 'inbound-rtp', kind: 'video', packetsReceived: 5, packetsLost: 1, bytesReceived: 900, headerBytesReceived: 100, framesDecoded: 3 };
    const one = readRows([row], 0);
    expect([one.bytesReceived, one.framesDecoded]).toEqual([1_000, 3]);
    expect(between(one, { ...one, at: 1_000, bytesReceived: 2_000 }).kbps).toBeCloseTo(8);
  });

  it('is steady when three words of the agent agree and nothing is lost', () => {
    const clean = heard({ loss: 0 }, { loss: 0 });
    expect(steady([200, 600, 610, 605], clean)).toBe(true);
    expect(steady([300, 450, 600], clean)).toBe(false);
    expect(steady([600, 600], clean)).toBe(false);
    expect(steady([600, 600, 600], heard({ loss: 0.05 }, { loss: 0 })), 'a lossy path is measured to the end').toBe(false);
  });
});
