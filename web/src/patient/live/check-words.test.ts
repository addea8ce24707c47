import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../core/checks/runner';
import { fail, notChecked, pass, warn, type Cause, type CheckName, type Result } from '../../core/checks/types';
import { cameraRow, internetRow, microphoneRow } from './check-words';

const report = (name: CheckName, result: Result): CheckReport => ({ name, ...result });
const NETWORK: readonly CheckName[] = [
  'signaling', 'path', 'connect', 'round_trip', 'jitter', 'loss_up', 'loss_down', 'bitrate_up', 'bitrate_down', 'sound_score', 'device_load', 'record_channel',
];

/** All is well but these; what is named `undefined` has not come yet. */
function internet(changes: Partial<Record<CheckName, Result | undefined>>) {
  const result = (name: CheckName) => (name in changes ? changes[name] : pass());
  const known = new Map(NETWORK.flatMap((name) => (result(name) ? [[name, report(name, result(name)!)] as const] : [])));
  const { state, says } = internetRow((name) => known.get(name));
  return says ? `${state} ${says}` : state;
}

describe('the internet in one row', () => {
  it.each<[Partial<Record<CheckName, Result | undefined>>, string]>([
    [{}, 'pass check-internet-good'],
    [{ record_channel: undefined }, 'running'],
    [{ path: fail('no_connection') }, 'fail check-internet-none'],
    [{ path: fail('relay_refused') }, 'fail check-internet-clinic'],
    [{ path: fail('relay_unreachable') }, 'fail check-internet-clinic'],
    [{ signaling: fail('no_connection') }, 'fail check-internet-none'],
    [{ path: warn('tcp_only') }, 'warn check-internet-limited'],
    [{ loss_up: fail('poor') }, 'fail check-internet-lossy'],
    [{ loss_down: warn('weak'), path: pass() }, 'warn check-internet-lossy'],
    [{ bitrate_up: fail('poor') }, 'fail check-internet-narrow'],
    [{ bitrate_up: warn('weak'), bitrate_down: notChecked('not_reached') }, 'warn check-internet-slow'],
    [{ round_trip: fail('poor') }, 'warn check-internet-delayed'],
    [{ path: warn('slow'), connect: warn('slow') }, 'warn check-internet-delayed'],
    [{ bitrate_down: warn('weak'), round_trip: fail('poor') }, 'warn check-internet-slow'],
    [{ connect: fail('no_frames') }, 'warn check-internet-slow'],
    [{ jitter: fail('poor') }, 'warn check-internet-uneven'],
    [{ connect: notChecked('no_agent'), jitter: notChecked('no_agent') }, 'not_checked check-internet-unmeasured'],
    [{ record_channel: fail('no_echo') }, 'warn check-internet-record'],
    [{ record_channel: fail('no_echo'), bitrate_up: warn('weak') }, 'warn check-internet-slow'],
    [{ connect: notChecked('interrupted') }, 'not_checked check-interrupted'],
    [{ path: notChecked() }, 'not_checked'],
  ])('%o is %s', (changes, expected) => expect(internet(changes)).toBe(expected));
});

describe('camera and microphone', () => {
  it.each<[Cause, string]>([
    ['blocked_by_page', 'check-camera-blocked'],
    ['blocked_by_phone', 'check-camera-blocked'],
    ['not_found', 'check-camera-none'],
    ['in_use', 'check-camera-in-use'],
    ['black', 'check-camera-black'],
    ['frozen', 'check-camera-frozen'],
    ['low_frame_rate', 'check-camera-very-slow'],
  ])('a camera that is %s has words of its own', (cause, says) => expect(cameraRow(report('camera', fail(cause))).says).toBe(says));

  it.each<[Cause, string]>([
    ['silent', 'check-silent'],
    ['muted', 'check-muted'],
    ['not_found', 'check-microphone-missing'],
  ])('a microphone that is %s too', (cause, says) => expect(microphoneRow(report('microphone', fail(cause))).says).toBe(says));
});
