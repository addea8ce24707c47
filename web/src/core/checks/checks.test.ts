import { describe, expect, it } from 'vitest';
import type { CaptureState } from '../devices/capture';
import { judge as camera } from './camera';
import { judge as environment, type Surroundings } from './environment';
import { decibels, judge as microphone } from './microphone';
import { judge as path } from './path';
import { judge as permission } from './permission';
import { judge as recordChannel } from './record-channel';
import { judge as signaling } from './signaling';

const words = ({ outcome, cause }: { outcome: string; cause?: string }) => (cause ? `${outcome} ${cause}` : outcome);
const level = (db: number) => 10 ** (db / 20);

describe('environment', () => {
  const good: Surroundings = { secure: true, capture: true, rtc: true, modern: true, agent: 'Mozilla/5.0 Safari/605' };
  it.each([
    [{}, 'pass'],
    [{ secure: false }, 'fail not_secure'],
    [{ rtc: false }, 'fail no_rtc'],
    [{ capture: false }, 'fail no_capture'],
    [{ modern: false }, 'warn old_browser'],
    [{ agent: 'Mozilla/5.0 [FBAN/FBIOS]', capture: false }, 'fail in_app_browser'],
    [{ agent: 'Mozilla/5.0 Instagram 300' }, 'warn in_app_browser'],
  ])('%o is %s', (part, expected) => expect(words(environment({ ...good, ...part }))).toBe(expected));
});

describe('permission', () => {
  const track = {} as MediaStreamTrack;
  const state = (part: Partial<CaptureState>): CaptureState => ({
    camera: null,
    microphone: null,
    muted: false,
    cameraOff: false,
    facing: 'user',
    ...part,
  });
  it.each([
    [state({ camera: track, microphone: track }), 'pass'],
    [state({ microphone: track, cameraOff: true }), 'pass'],
    [state({ microphone: track, cameraCause: 'blocked' }), 'warn blocked_by_page'],
    [state({ cameraCause: 'blocked', microphoneCause: 'blocked' }), 'fail blocked_by_page'],
    [state({ camera: track, microphoneCause: 'in_use' }), 'warn in_use'],
    [state({}), 'fail no_answer'],
  ])('case %#: %s', (given, expected) => expect(words(permission(given))).toBe(expected));
});

describe('camera', () => {
  const good = { firstFrameMs: 400, fps: 30, luma: 110, blackShare: 0, frozenShare: 0 };
  it.each([
    [{}, 'pass'],
    [{ firstFrameMs: undefined }, 'fail no_frames'],
    [{ firstFrameMs: 3_000 }, 'warn slow_start'],
    [{ fps: 9 }, 'warn low_frame_rate'],
    [{ fps: 3 }, 'fail low_frame_rate'],
    [{ luma: 20 }, 'warn dark'],
    [{ luma: 2, blackShare: 1 }, 'fail black'],
    [{ frozenShare: 0.5 }, 'fail frozen'],
  ])('%o is %s', (part, expected) => expect(words(camera({ ...good, ...part }))).toBe(expected));
});

describe('microphone', () => {
  const heard = (db: number, clipped = 0) => microphone({ windows: Array(50).fill(level(db)), clipped, muted: false });
  it('goes by the loudest tenth', () => {
    expect(words(heard(-30))).toBe('pass');
    expect(words(heard(-50))).toBe('warn quiet');
    expect(words(heard(-70))).toBe('fail silent');
    const oneWord = [...Array(45).fill(level(-80)), ...Array(5).fill(level(-25))];
    expect(words(microphone({ windows: oneWord, clipped: 0, muted: false }))).toBe('pass');
  });
  it('names a microphone that is too loud, held back or dead', () => {
    expect(words(heard(-3, 7))).toBe('warn clipping');
    expect(words(microphone({ windows: [level(-20)], clipped: 0, muted: true }))).toBe('fail muted');
    expect(words(microphone({ windows: [], clipped: 0, muted: false }))).toBe('fail silent');
    expect(decibels(0)).toBe(-120);
  });
});

describe('path', () => {
  it.each([
    [{ connectMs: { udp: 200, tcp: 300, tls: 500 }, roundTripMs: 30 }, 'pass'],
    [{ connectMs: { udp: 200 }, roundTripMs: 300 }, 'warn slow'],
    [{ connectMs: { tcp: 200, tls: 300 } }, 'warn tcp_only'],
    [{ connectMs: { tls: 300 } }, 'warn tls_only'],
    [{ connectMs: {} }, 'fail no_connection'],
    [{ connectMs: {}, direct: true }, 'fail relay_unreachable'],
    [{ connectMs: {}, direct: true, refused: true }, 'fail relay_refused'],
    [{ connectMs: { udp: 200 }, direct: false }, 'pass'],
  ])('%o is %s', (found, expected) => expect(words(path(found))).toBe(expected));
});

describe('signaling and the record channel', () => {
  it('are judged by their milliseconds', () => {
    expect(words(signaling([20, 30, 20, 25, 20], 115))).toBe('pass');
    expect(words(signaling([800, 900, 700, 600, 500], 3_500))).toBe('warn slow');
    expect(words(recordChannel(300))).toBe('pass');
    expect(words(recordChannel(3_000))).toBe('warn slow');
  });
});
