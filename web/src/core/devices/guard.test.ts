import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Capture } from './capture';
import { CaptureGuard, type GuardNews } from './guard';
import { FakeTrack, fakeDevices, type FakeDevices } from './devices.fake';

let devices: FakeDevices;
let capture: Capture;
let guard: CaptureGuard;
let news: GuardNews[];
let isSeen: boolean;
let bright: number | undefined;

const microphone = () => capture.state.microphone as unknown as FakeTrack;
const camera = () => capture.state.camera as unknown as FakeTrack;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** The connection is looked at twice a second, and this is what it counts. */
async function counts(seconds: number, own: () => { energy?: number; frames?: number }): Promise<void> {
  for (let n = 0; n < seconds * 2; n++) {
    guard.sampled(own());
    await pass(500);
  }
}

beforeEach(async () => {
  vi.useFakeTimers();
  devices = fakeDevices('granted');
  [news, isSeen, bright] = [[], true, 90];
  capture = new Capture({ phone: true });
  await capture.start(['camera', 'microphone']);
  guard = new CaptureGuard(capture, { changed: () => undefined, happened: (what) => news.push(what), isSeen: () => isSeen, brightness: () => bright });
});
afterEach(() => {
  guard.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a phone call takes the microphone', () => {
  it('that is silenced and given back: paused after a moment, and on again by itself', async () => {
    microphone().silenced(true);
    await pass(900);
    expect(guard.trouble, 'a moment is nothing').toBeUndefined();
    await pass(200);
    expect(guard.trouble).toBe('interrupted');
    const asked = devices.asked.length;
    await pass(30_000);
    expect(devices.asked, 'nobody quarrels with a phone call').toHaveLength(asked);
    microphone().silenced(false);
    expect(guard.trouble).toBeUndefined();
    expect(news).toEqual(['interrupted', 'resumed']);
  });

  it('that has ended is taken anew, and nobody reads of it where that works at once', async () => {
    const before = microphone();
    before.taken();
    await pass(50);
    expect(microphone()).not.toBe(before);
    expect([guard.trouble, news]).toEqual([undefined, ['capture_restarted']]);
  });

  it('tries again while the other call lasts, and then leaves it to **Resume**', async () => {
    devices.answer = () => 'NotReadableError';
    microphone().taken();
    await pass(60_000);
    expect([guard.trouble, devices.asked.length], 'the first time, and three tries').toEqual(['interrupted', 4]);
    devices.answer = () => undefined;
    await guard.resume();
    expect([microphone().readyState, guard.isStuck, guard.trouble]).toEqual(['live', false, undefined]);
  });

  it('**Resume** that gets nothing leaves joining again', async () => {
    microphone().silenced(true);
    await pass(1_100);
    devices.answer = () => 'NotReadableError';
    await guard.resume();
    expect(guard.isStuck).toBe(true);
    devices.answer = () => undefined;
    await guard.resume();
    expect([guard.isStuck, guard.trouble]).toEqual([false, undefined]);
  });

  it('on a locked phone waits until somebody looks', async () => {
    isSeen = false;
    const asked = devices.asked.length;
    microphone().taken();
    await pass(60_000);
    expect(devices.asked).toHaveLength(asked);
    isSeen = true;
    guard.look();
    await pass(50);
    expect(microphone().readyState).toBe('live');
    expect(news).toEqual(['interrupted', 'resumed', 'capture_restarted']);
  });

  it('is not taken anew by itself where the phone would ask the person', async () => {
    devices.permission = 'prompt';
    const asked = devices.asked.length;
    microphone().taken();
    await pass(30_000);
    expect(devices.asked).toHaveLength(asked);
    expect(guard.trouble).toBe('interrupted');
  });
});

describe('a track that lies about being live', () => {
  it('a frozen camera is taken anew; where that helps nothing more is said', async () => {
    let frames = 7;
    const before = camera();
    await counts(6, () => ({ frames }));
    expect(camera()).not.toBe(before);
    await counts(20, () => ({ frames: frames++ }));
    expect([guard.trouble, news]).toEqual([undefined, ['capture_restarted']]);
  });

  it('and where it does not, the person and the others read of it until it moves again', async () => {
    await counts(12, () => ({ frames: 7 }));
    expect(guard.trouble).toBe('camera_frozen');
    let frames = 8;
    await counts(1, () => ({ frames: frames++ }));
    expect([guard.trouble, news]).toEqual([undefined, ['capture_restarted', 'camera_frozen', 'camera_back']]);
  });

  it('a microphone without any sound at all is found in ten seconds, taken anew, and said ten seconds later', async () => {
    const before = microphone();
    await counts(11, () => ({ energy: 0 }));
    expect(microphone()).not.toBe(before);
    await counts(11, () => ({ energy: 0 }));
    expect(guard.trouble).toBe('microphone_silent');
    await counts(1, () => ({ energy: 0.1 }));
    expect([guard.trouble, news.at(-1)]).toEqual([undefined, 'microphone_back']);
  });

  it('who is muted or has the camera off is not looked for', async () => {
    capture.setMuted(true);
    await capture.setCameraOff(true);
    await counts(40, () => ({ energy: 0, frames: 7 }));
    expect([guard.trouble, news]).toEqual([undefined, []]);
  });
});

describe('a camera that gives black pictures', () => {
  const moves = (seconds: number) => {
    let frames = performance.now();
    return counts(seconds, () => ({ frames: frames++ }));
  };

  it('is taken anew once, since another app may have it; where it stays black both people read so until there is light', async () => {
    const before = camera();
    bright = 1;
    await moves(6);
    expect([camera() === before, guard.trouble, news]).toEqual([false, undefined, ['capture_restarted']]);
    await moves(8);
    expect(guard.trouble).toBe('camera_dark');
    bright = 60;
    await moves(3);
    expect([guard.trouble, news]).toEqual([undefined, ['capture_restarted', 'camera_dark', 'camera_back']]);
  });

  it('stays said while nobody looks at the page, and is not said of a camera that was turned off', async () => {
    bright = 1;
    await moves(15);
    isSeen = false;
    bright = 90;
    await moves(10);
    expect(guard.trouble).toBe('camera_dark');
    await capture.setCameraOff(true);
    await moves(1);
    expect(guard.trouble).toBeUndefined();
  });
});

it('a camera that another app took is said as such, not as a pause of the visit', async () => {
  devices.permission = 'prompt';
  camera().taken();
  await pass(1_100);
  expect(guard.trouble).toBe('camera_frozen');
});

it('a call that is over takes nothing anew, also what it was about to', async () => {
  const asked = devices.asked.length;
  microphone().taken();
  vi.advanceTimersByTime(0);
  guard.stop();
  await pass(30_000);
  expect(devices.asked).toHaveLength(asked);
});
