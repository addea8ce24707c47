import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ClientMessage, Inside, MediaState, Person } from '../../generated/signaling';
import { Capture } from '../devices/capture';
import { fakeDevices, type FakeTrack } from '../devices/devices.fake';
import { OwnEnd } from './own';
import { FakePeer, fakePeers, realPeers } from './peer.fake';
import { startOf } from './start';

class FakePage extends EventTarget {
  visibilityState = 'visible';
}

let capture: Capture;
let page: FakePage;
let screen: EventTarget;
let said: MediaState[];
let happened: string[];
let woken: number;
let own: OwnEnd;

const lee: Person = { seat: 'lee', role: 'clinician', name: 'Dr. Lee', presence: 'here', media: { camera: true, microphone: true, connection: 'good' } };
const inside = (byPhone: boolean) => ({ people: [lee], relay_only: false, by_phone: byPhone }) as unknown as Inside;
const settle = () => vi.advanceTimersByTimeAsync(20);
const sends = () => FakePeer.last.getTransceivers().map(({ sender }) => sender.track?.readyState === 'live');

function send(message: ClientMessage): void {
  if (message.type === 'media_state') said.push(message.data);
}

beforeEach(async () => {
  fakePeers();
  fakeDevices('granted');
  [page, screen, said, happened, woken] = [new FakePage(), new EventTarget(), [], [], 0];
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', screen);
  capture = new Capture({ phone: true });
  await capture.start(['camera', 'microphone']);
  const call = { seat: 'ada', role: 'patient' as const, phone: true, start: startOf(undefined, true).limits };
  own = new OwnEnd(
    { capture, choices: {}, call, tellsAway: true, ownPicture: () => null, send, happened: (what) => happened.push(what), wake: () => woken++, videoAgain: () => void capture.start(['camera', 'microphone']) },
    { changed: () => undefined, channel: () => undefined },
  );
  own.view(inside(false));
  own.message({ type: 'ice_servers', data: { servers: [], expires_in_s: 600 } });
  await vi.advanceTimersByTimeAsync(1_000);
  FakePeer.last.becomes('connected');
  await settle();
});
afterEach(() => {
  own.close();
  realPeers();
});

it('says what it sends when that is news, and again to a gateway that knows nothing any more', async () => {
  expect(said.at(-1)).toEqual({ camera: true, microphone: true, connection: 'good' });
  const before = said.length;
  own.signalingIsBack(false);
  expect(said).toHaveLength(before);
  own.signalingIsBack(true);
  expect(said).toHaveLength(before + 1);
});

it('by telephone nothing is sent and both devices are off; back from it they are on again', async () => {
  own.message({ type: 'by_phone', data: { by_phone: true } });
  await settle();
  expect([sends(), capture.state.camera, capture.state.microphone]).toEqual([[false, false], null, null]);
  expect(said.at(-1)).toMatchObject({ camera: false, microphone: false });
  own.message({ type: 'by_phone', data: { by_phone: false } });
  await settle();
  expect(sends()).toEqual([true, true]);
});

it('sound only turns the camera off with its light, and on again for who had it on', async () => {
  await own.setSoundOnly(true);
  expect([capture.state.camera, said.at(-1)]).toEqual([null, { camera: false, microphone: true, connection: 'good', pictures: 'none_by_hand' }]);
  await own.setSoundOnly(false);
  expect(said.at(-1)).toEqual({ camera: true, microphone: true, connection: 'good' });
  await capture.setCameraOff(true);
  await own.setSoundOnly(true);
  await own.setSoundOnly(false);
  expect(capture.state.cameraOff, 'off by their own choice it stays off').toBe(true);
  expect(happened.slice(0, 2)).toEqual(['sound_only_by_hand', 'picture_by_hand']);
});

it('a phone that is put away is told to the others; looked at again, everything is looked after at once', async () => {
  (capture.state.microphone as unknown as FakeTrack).taken();
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(said.at(-1)?.trouble).toBe('away');
  await settle();
  const looked = vi.spyOn(FakePeer.last, 'getStats');
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  expect([woken, looked.mock.calls.length]).toEqual([1, 1]);
  await settle();
  expect(capture.state.microphone?.readyState).toBe('live');
  expect(said.at(-1)?.trouble).toBeUndefined();
});

it('the internet that comes back is used at once', async () => {
  screen.dispatchEvent(new Event('online'));
  expect(woken).toBe(1);
});

it('a path that is lost has the line to the gateway looked after', () => {
  FakePeer.last.becomes('failed');
  expect([woken, happened]).toEqual([1, ['stall']]);
});

it('sound that waits for a tap is told, once', () => {
  own.needsTap(true);
  own.needsTap(true);
  expect([said.at(-1)?.trouble, happened]).toEqual(['tap_to_hear', ['tap_to_hear']]);
  own.needsTap(false);
  expect(said.at(-1)?.trouble).toBeUndefined();
});
