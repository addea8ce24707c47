import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Capture } from './capture';

class Track {
  readyState: MediaStreamTrackState = 'live';
  enabled = true;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;

  constructor(readonly kind: 'audio' | 'video') {}

  stop() {
    this.readyState = 'ended';
  }

  /** The phone takes it away. */
  taken() {
    this.readyState = 'ended';
    this.onended?.();
  }
}

/** What the browser answers: given, or an error by its name. */
let answer: (wanted: MediaStreamConstraints) => string | undefined;
let asked: MediaStreamConstraints[];
let made: Track[];

async function getUserMedia(wanted: MediaStreamConstraints) {
  asked.push(wanted);
  const refusal = answer(wanted);
  if (refusal !== undefined) throw new DOMException('', refusal);
  const tracks = (['audio', 'video'] as const).filter((kind) => wanted[kind]).map((kind) => new Track(kind));
  made.push(...tracks);
  const of = (kind: string) => tracks.filter((track) => track.kind === kind);
  return { getTracks: () => tracks, getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') };
}

const live = (kind: string) => made.filter((track) => track.kind === kind && track.readyState === 'live');

beforeEach(() => {
  [asked, made, answer] = [[], [], () => undefined];
  const query = async () => ({ state: 'prompt' });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia }, permissions: { query } });
});
afterEach(() => vi.unstubAllGlobals());

describe('asking', () => {
  it('is one question for both', async () => {
    const { camera, microphone } = await new Capture({ phone: true }).start(['camera', 'microphone']);
    expect(asked).toHaveLength(1);
    expect([camera, microphone]).toEqual(made.toReversed());
  });

  it('does not nag who said no to both', async () => {
    answer = () => 'NotAllowedError';
    const state = await new Capture({ phone: true }).start(['camera', 'microphone']);
    expect(asked).toHaveLength(1);
    expect(state).toMatchObject({ camera: null, microphone: null, cameraCause: 'blocked', microphoneCause: 'blocked' });
  });

  it('keeps the microphone where there is no camera', async () => {
    answer = ({ video }) => (video ? 'NotFoundError' : undefined);
    const state = await new Capture({ phone: false }).start(['camera', 'microphone']);
    expect(state.microphone).toBe(made[0]);
    expect([state.cameraCause, state.microphoneCause]).toEqual(['not_found', undefined]);
  });

  it('takes less than it wished for', async () => {
    answer = ({ video }) => (video === true ? undefined : 'OverconstrainedError');
    const state = await new Capture({ phone: true }).start(['camera']);
    expect(asked.map(({ video }) => video === true)).toEqual([false, false, true]);
    expect(state.camera).toBe(made[0]);
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
    expect(asked.at(-1)?.video).toMatchObject({ facingMode: { ideal: 'environment' } });
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
    const questions = asked.length;
    await capture.recover();
    expect(asked).toHaveLength(questions);
  });

  it('stops whole', async () => {
    const capture = await running();
    capture.stop();
    expect([live('audio'), live('video')]).toEqual([[], []]);
  });
});
