// Trap 3: a phone call stops every AudioContext of the page, and some never run again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { microphone } from '../checks/microphone';
import { playSound } from '../checks/speaker';
import type { Bench } from '../checks/types';
import { FakeAudio, fakeAudio, realAudio } from './audio.fake';
import { listenTo } from './level';

const track = { kind: 'audio', muted: false, clone: () => ({ ...track, stop: () => undefined }) } as unknown as MediaStreamTrack;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(fakeAudio);
afterEach(realAudio);

describe('a meter', () => {
  let level: number;
  let stop: () => void;

  beforeEach(async () => {
    stop = listenTo(track, (now) => (level = now));
    await pass(200);
    expect(level).toBeGreaterThan(0.5);
  });
  afterEach(() => stop());

  it.each(['interrupted', 'suspended'] as const)('that the phone stopped (%s) shows nothing instead of the last word, and goes on after the call', async (state) => {
    FakeAudio.rings(state);
    await pass(200);
    expect(level).toBe(0);
    FakeAudio.hangsUp();
    await pass(200);
    expect(level).toBeGreaterThan(0.5);
    expect(FakeAudio.made).toHaveLength(1);
  });

  it('whose AudioContext died listens with another one', async () => {
    FakeAudio.last.isDead = true;
    FakeAudio.rings();
    FakeAudio.hangsUp();
    await pass(3_300);
    expect([FakeAudio.made.length, FakeAudio.made[0]?.state]).toEqual([2, 'closed']);
    expect(level).toBeGreaterThan(0.5);
  });

  it('whose AudioContext was closed under it does so at once', async () => {
    FakeAudio.last.state = 'closed';
    await pass(300);
    expect(level).toBeGreaterThan(0.5);
  });

  it('makes no heap of them while the call lasts', async () => {
    FakeAudio.rings();
    await pass(60_000);
    expect(FakeAudio.made.filter(({ state }) => state !== 'closed')).toHaveLength(1);
    expect(FakeAudio.made.length).toBeLessThanOrEqual(21);
  });
});

describe('the check of the microphone', () => {
  const check = () => microphone.run({ capture: { state: { microphone: track } }, level: () => undefined } as unknown as Bench);

  it('that could not listen does not say that the person is silent', async () => {
    FakeAudio.isCalling = true;
    const result = check();
    await pass(30_000);
    expect(await result).toMatchObject({ outcome: 'not_checked', cause: 'interrupted' });
  });

  it('that a call broke into hears the rest', async () => {
    const result = check();
    await pass(300);
    FakeAudio.rings();
    await pass(1_000);
    FakeAudio.hangsUp();
    await pass(30_000);
    expect((await result).outcome).toBe('pass');
  });

  it('still finds a microphone that gives nothing', async () => {
    FakeAudio.loud = 0;
    const result = check();
    await pass(30_000);
    expect(await result).toMatchObject({ outcome: 'fail', cause: 'silent' });
  });
});

it('a sound that the phone does not play is given up, instead of coming after the call', async () => {
  FakeAudio.isCalling = true;
  const played = playSound().then(() => 'played', () => 'given up');
  await pass(2_000);
  expect([await played, FakeAudio.last.state]).toEqual(['given up', 'closed']);
});
