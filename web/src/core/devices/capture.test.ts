import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Capture } from './capture';
import { fakeDevices, type FakeDevices } from './devices.fake';

let devices: FakeDevices;

const live = (kind: string) => devices.made.filter((track) => track.kind === kind && track.readyState === 'live');

beforeEach(() => {
  devices = fakeDevices('prompt');
});
afterEach(() => vi.unstubAllGlobals());

describe('asking', () => {
  it('is one question for both', async () => {
    const { camera, microphone } = await new Capture({ phone: true }).start(['camera', 'microphone']);
    expect(devices.asked).toHaveLength(1);
    expect([camera, microphone]).toEqual(devices.made.toReversed());
  });

  it('does not nag who said no to both', async () => {
    devices.answer = () => 'NotAllowedError';
    const state = await new Capture({ phone: true }).start(['camera', 'microphone']);
    expect(devices.asked).toHaveLength(1);
    expect(state).toMatchObject({ camera: null, microphone: null, cameraCause: 'blocked', microphoneCause: 'blocked' });
  });

  it('keeps the microphone where there is no camera', async () => {
    devices.answer = ({ video }) => (video ? 'NotFoundError' : undefined);
    const state = await new Capture({ phone: false }).start(['camera', 'microphone']);
    expect(state.microphone).toBe(devices.made[0]);
    expect([state.cameraCause, state.microphoneCause]).toEqual(['not_found', undefined]);
  });

  it('takes less than it wished for', async () => {
    devices.answer = ({ video }) => (video === true ? undefined : 'OverconstrainedError');
    const state = await new Capture({ phone: true }).start(['camera']);
    expect(devices.asked.map(({ video }) => video === true)).toEqual([false, false, true]);
    expect(state.camera).toBe(devices.made[0]);
  });
});

describe('a running camera and microphone', () => {
  async function running() {
    const capture = new Capture({ phone: true });
    await capture.start(['camera', 'microphone']);
    return capture;
  }

  it('muted, sends silence and stays on', async () => {
    const capture = await running();
    capture.setMuted(true);
    expect(live('audio').map(({ enabled }) => enabled)).toEqual([false]);
    await capture.choose('microphone', 'headset');
    expect(live('audio').map(({ enabled }) => enabled), 'muted means muted, on a new device too').toEqual([false]);
  });

  it('off means that the camera and its light are off', async () => {
    const capture = await running();
    await capture.setCameraOff(true);
    expect([live('video').length, live('audio').length, capture.state.camera]).toEqual([0, 1, null]);
    await capture.setCameraOff(false);
    expect(live('video')).toEqual([capture.state.camera]);
  });

  it('turns to the other side, and never holds two cameras', async () => {
    const capture = await running();
    await Promise.all([capture.flip(), capture.flip(), capture.flip()]);
    expect(live('video')).toEqual([capture.state.camera]);
    expect(capture.state.facing).toBe('environment');
    expect(devices.asked.at(-1)?.video).toMatchObject({ facingMode: { ideal: 'environment' } });
  });

  it('comes back after the phone took it away, but not against the wish of the person', async () => {
    const capture = await running();
    let changes = 0;
    capture.listen(() => changes++);
    live('video')[0]?.taken();
    expect(changes, 'whoever listens hears of it').toBe(1);
    await capture.recover();
    expect(live('video')).toEqual([capture.state.camera]);
    await capture.setCameraOff(true);
    const questions = devices.asked.length;
    await capture.recover();
    expect(devices.asked).toHaveLength(questions);
  });

  it('stops whole', async () => {
    const capture = await running();
    capture.stop();
    expect([live('audio'), live('video')]).toEqual([[], []]);
    await capture.start(['microphone']);
    expect(live('audio')).toEqual([capture.state.microphone]);
  });
});

describe('while the browser waits for an answer', () => {
  const asking = () => {
    const capture = new Capture({ phone: true });
    let answer = () => undefined as void;
    devices.answered = new Promise((resolve) => (answer = resolve));
    return { capture, started: capture.start(['camera', 'microphone']), answer };
  };

  it('who leaves is not seen or heard by a page that they left, and nothing more is asked', async () => {
    const { capture, started, answer } = asking();
    const more = capture.choose('microphone', 'headset');
    await vi.waitUntil(() => devices.asked.length > 0);
    capture.stop();
    answer();
    await Promise.all([started, more]);
    expect([live('audio'), live('video'), devices.asked.length]).toEqual([[], [], 1]);
    expect(capture.state).toMatchObject({ camera: null, microphone: null });
  });

  it('a camera that is turned off is off at once, and stays off', async () => {
    const { capture, started, answer } = asking();
    await capture.setCameraOff(true);
    expect(capture.state.cameraOff).toBe(true);
    answer();
    await started;
    expect([live('video'), live('audio')]).toEqual([[], [capture.state.microphone]]);
  });
});

it('a camera that is off by choice is not turned on by anything but that choice', async () => {
  const capture = new Capture({ phone: false });
  await capture.setCameraOff(true);
  await capture.start(['camera', 'microphone']);
  await capture.choose('camera', 'desk');
  await capture.flip();
  expect(devices.asked.map(({ video }) => video)).toEqual([undefined]);
  await capture.setCameraOff(false);
  expect(live('video')).toEqual([capture.state.camera]);
});
