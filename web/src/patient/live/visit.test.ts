// The live part over reloads: each `open` is a page of its own, with what the phone kept of the one before.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Person, ServerMessage, Welcome } from '../../generated/signaling';
import { fakeDevices, type FakeDevices } from '../../core/devices/devices.fake';
import { fakePeers, realPeers } from '../../core/call/peer.fake';

// The first page of all is translated while its test runs.
vi.setConfig({ testTimeout: 30_000 });

/** The gateway's end of the page's newest connection. */
class Line {
  static last: Line;
  readyState = 1;
  said: { type: string; id?: string; data: never }[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  #n = 0;

  constructor() {
    Line.last = this;
  }
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  say(message: ServerMessage, n?: number) {
    this.onmessage?.({ data: JSON.stringify({ v: 1, ack: 0, n, ...message }) });
  }
  /** Does the command of this type that came last. */
  does(type: string) {
    const asked = this.said.findLast((one) => one.type === type);
    this.onmessage?.({ data: JSON.stringify({ v: 1, ack: 0, n: ++this.#n, id: asked?.id, type: 'done', data: {} }) });
  }
  /** The last of these that the page said. */
  last = (type: string) => this.said.findLast((one) => one.type === type)?.data;
}

const lee: Person = { seat: 'lee', role: 'clinician', name: 'Dr. Lee', presence: 'here', media: { camera: true, microphone: true, connection: 'good' } };
const inside: Welcome['view'] = { where: 'inside', people: [lee], waiting: [], paths: [], by_phone: false, late_minutes: 0, relay_only: false, consent: { consent: 'not_asked' }, snippets: [], snippet_key: '' } as never;
const byPhone = { ...(inside as object), by_phone: true } as never;
const outside = (state: 'expected' | 'waiting'): Welcome['view'] => ({ where: 'outside', state, late_minutes: 0, staff_present: false }) as never;
const settle = () => vi.advanceTimersByTimeAsync(20);

let devices: FakeDevices;
const cameras = () => devices.made.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live').length;

/** A new page, which finds the seat like this at the gateway. */
async function open(view: Welcome['view']) {
  vi.resetModules();
  for (const track of devices.made) track.stop();
  const journey = await import('../journey');
  journey.seat.value = { join: { seat: 'mine' }, visit: 'visit', step: 'ready' } as never;
  const visit = await import('./visit');
  visit.connect();
  found(view);
  return { ...visit, at: () => visit.place.value.at, seat: () => visit.main.value! };
}

/** The gateway takes the connection up, and this is where it has the seat. */
function found(view: Welcome['view'], arrival: Welcome['arrival'] = 'new') {
  Line.last.onopen?.();
  Line.last.say({ type: 'welcome', data: { version: 1, arrival, seat: 'mine', visit: 'visit', role: 'patient', kind: 'clinical', may: [], resume_token: 't', heartbeat_s: 5, received: 0, epoch: 1, view } as never });
}

beforeEach(() => {
  fakePeers();
  devices = fakeDevices('granted');
  Object.assign(navigator, { userAgent: 'Android 14 Chrome/140', maxTouchPoints: 5 });
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => void kept.set(name, text), removeItem: (name: string) => void kept.delete(name) });
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible', getElementById: () => ({ dataset: { ref: 'ref' } }) }));
  vi.stubGlobal('window', Object.assign(new EventTarget(), { isSecureContext: true }));
  vi.stubGlobal('location', { hash: '#secret', protocol: 'https:', host: 'clinic' });
  vi.stubGlobal('WebSocket', Object.assign(Line, { OPEN: 1 }));
});
afterEach(realPeers);

it('sound only, chosen by hand, is still chosen after a reload in the call; and the way back to the pictures too', async () => {
  const page = await open(outside('waiting'));
  page.goTo('check');
  page.remember({ cameraOff: false });
  found(inside, 'resync');
  page.seat().release();
  await page.restoreDevices();
  expect([page.at(), cameras()]).toEqual(['call', 1]);
  await page.chooseSoundOnly(page.seat(), true);
  expect(cameras()).toBe(0);

  const again = await open(inside);
  await again.restoreDevices();
  expect([again.at(), cameras(), again.seat().soundOnly.value]).toEqual(['call', 0, true]);
  expect(Line.last.last('media_state')).toMatchObject({ camera: false, pictures: 'none_by_hand' });
  expect(Line.last.said.filter(({ type }) => type === 'happened'), 'it was chosen once').toEqual([]);

  await again.chooseSoundOnly(again.seat(), false);
  expect([cameras(), again.seat().soundOnly.value]).toEqual([1, false]);
  const last = await open(inside);
  await last.restoreDevices();
  expect([cameras(), last.seat().soundOnly.value]).toEqual([1, false]);
});

it('on a phone that keeps nothing, a page loaded again in the call asks before anything is turned on', async () => {
  const page = await open(inside);
  await settle();
  expect([page.at(), devices.asked]).toEqual(['devices', []]);
  page.goTo('check');
  expect(page.at()).toBe('call');
});

it('back from the telephone after a reload, what was turned off stays off', async () => {
  const page = await open(outside('waiting'));
  page.goTo('check');
  await page.turnCamera(true);
  page.mute(true);
  const again = await open(byPhone);
  await settle();
  expect([again.at(), devices.made.filter(({ readyState }) => readyState === 'live')]).toEqual(['call', []]);
  Line.last.say({ type: 'by_phone', data: { by_phone: false } }, 1);
  await settle();
  expect(devices.made.filter(({ readyState }) => readyState === 'live')).toMatchObject([{ kind: 'audio', enabled: false }]);
  expect(Line.last.last('media_state')).toMatchObject({ camera: false, microphone: false });
});

it('back from the telephone on a phone that keeps nothing, the page asks before anything is turned on', async () => {
  const page = await open(byPhone);
  Line.last.say({ type: 'by_phone', data: { by_phone: false } }, 1);
  await settle();
  expect([page.at(), devices.asked]).toEqual(['devices', []]);
});

it('a place that went under a locked screen is taken again once the person looks, and no step is asked twice', async () => {
  const page = await open(outside('expected'));
  page.goTo('check');
  const checked = page.checkIn();
  Line.last.does('check_in');
  await checked;
  Object.assign(document, { visibilityState: 'hidden' });
  Line.last.said = [];
  found(outside('expected'), 'resync');
  await page.keepPlace();
  expect([page.at(), Line.last.last('check_in')], 'nobody is there yet').toEqual(['connecting', undefined]);
  Object.assign(document, { visibilityState: 'visible' });
  void page.keepPlace();
  expect(Line.last.last('check_in')).toBeDefined();
  found(outside('waiting'), 'resync');
  expect(page.at()).toBe('waiting');

  const again = await open(outside('expected'));
  void again.keepPlace();
  expect(Line.last.last('check_in'), 'a reload is no other').toBeDefined();
});

it('who hung up is not brought back by a reload', async () => {
  const page = await open(inside);
  page.goTo('check');
  const gone = page.leave();
  Line.last.does('leave');
  await settle();
  await gone;
  const again = await open(outside('expected'));
  await again.keepPlace();
  expect([again.at(), Line.last.last('check_in'), devices.asked]).toEqual(['before', undefined, []]);
});
