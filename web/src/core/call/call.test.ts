import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Inside, Person } from '../../generated/signaling';
import { Call, type CallListener } from './call';
import { FakePeer, fakePeers, realPeers } from './peer.fake';
import { startOf, type Found } from './start';

const camera = { kind: 'video', getSettings: () => ({ width: 1280, height: 720 }) } as unknown as MediaStreamTrack;
const microphone = { kind: 'audio' } as MediaStreamTrack;

const person = (seat: string, role: Person['role']): Person => ({
  seat, role, name: seat, presence: 'here', media: { camera: true, microphone: true, connection: 'good' },
});

/** The clinician's call with these people; what each was found to take in. */
async function clinicianWith(found: Record<string, Found | undefined>, listener: Partial<CallListener> = {}): Promise<Call> {
  const call = new Call(
    {
      seat: 'dr-lee',
      role: 'clinician',
      phone: false,
      start: startOf({ mode: 'video' }, false).limits,
      takes: ({ seat }) => (found[seat] ? startOf(found[seat], false) : undefined),
      send: () => undefined,
    },
    { changed: () => undefined, channel: () => undefined, ...listener },
  );
  await call.replace({ audio: microphone, video: camera });
  const people = Object.keys(found).map((seat) => person(seat, 'patient'));
  call.view({ people, relay_only: false } as unknown as Inside);
  call.message({ type: 'ice_servers', data: { servers: [], expires_in_s: 600 } });
  await vi.advanceTimersByTimeAsync(10);
  return call;
}

/** What is sent to the nth of them. */
const sent = (n = 0) => FakePeer.made[n]?.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video')?.encoding;

/** What the connection counts of a path like this, twice a second from now on. */
function pathIs({ madeUp = 0, loss = 0, available = 900_000 }: { madeUp?: number; loss?: number; available?: number }): void {
  let [received, lost, played, made] = [0, 0, 0, 0];
  FakePeer.last.getStats = async () => {
    [received, lost, played, made] = [received + 40, lost + 40 * loss, played + 24_000, made + 24_000 * madeUp];
    const rows = [
      { id: 'in', type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost, totalSamplesReceived: played, concealedSamples: made },
      { id: 'out', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: loss },
      { id: 'pair', type: 'candidate-pair', selected: true, availableOutgoingBitrate: available, responsesReceived: received },
    ];
    return new Map(rows.map((row) => [row.id, row]));
  };
}

const says = (seat: string, media: Partial<Person['media']>) => ({ type: 'person', data: { ...person(seat, 'patient'), media: { ...person(seat, 'patient').media, ...media } } }) as const;

beforeEach(fakePeers);
afterEach(realPeers);

describe('what somebody can take in limits what they are sent', () => {
  it.each<[string, Found | undefined, number, number]>([
    ['nothing is known of them', undefined, 1_500_000, 30],
    ['all is well', { mode: 'video' }, 1_500_000, 30],
    ['low video', { mode: 'low_video', cause: 'slow_internet' }, 600_000, 15],
    ['not checked', { mode: 'not_checked' }, 600_000, 15],
  ])('%s', async (_, found, bitrate, frames) => {
    const call = await clinicianWith({ ada: found });
    expect(sent()).toMatchObject({ maxBitrate: bitrate, maxFramerate: frames, active: true });
    expect(call.videoPaused).toBe(false);
    call.close();
  });

  it('no picture is sent at first where the internet carries sound only, and it is tried after a while', async () => {
    const call = await clinicianWith({ ada: { mode: 'sound_only', cause: 'lossy_internet' } });
    expect(sent()?.active).toBe(false);
    expect(call.videoPaused, 'and this side reads so').toBe(true);
    FakePeer.last.becomes('connected');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(sent()?.active).toBe(false);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent()).toMatchObject({ active: true, maxBitrate: 150_000, scaleResolutionDownBy: 4 });
    call.close();
  });

  it('one person on a weak line costs the other nothing but a share of the uplink', async () => {
    const call = await clinicianWith({ ada: { mode: 'low_video' }, bert: { mode: 'video' } });
    expect([sent(0)?.maxBitrate, sent(1)?.maxBitrate]).toEqual([300_000, 750_000]);
    expect([sent(0)?.scaleResolutionDownBy, sent(1)?.scaleResolutionDownBy]).toEqual([2, 1]);
    call.close();
  });
});

describe('a weak path', () => {
  it('costs the own picture first, then theirs, then the telephone is offered; and the timeline hears of it', async () => {
    const happened: string[] = [];
    const call = await clinicianWith({ ada: { mode: 'video' } }, { happened: (what) => happened.push(what) });
    FakePeer.last.becomes('connected');
    pathIs({ loss: 0.3, madeUp: 0.4 });
    const at = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return [call.step, call.pictures, sent()?.active];
    };
    expect(await at(4_000)).toEqual(['both', 'both', true]);
    expect(await at(3_000)).toEqual(['own_paused', 'own_paused', false]);
    expect(await at(5_000)).toEqual(['none', 'none', false]);
    expect(await at(10_000)).toEqual(['phone', 'none', false]);
    pathIs({});
    expect(await at(65_000)).toEqual(['both', 'both', true]);
    expect(happened).toEqual(['picture_paused', 'sound_only', 'picture_back', 'picture_back']);
    call.close();
  });

  it('of theirs costs our picture too, as long as they ask for none', async () => {
    const call = await clinicianWith({ ada: { mode: 'video' } });
    FakePeer.last.becomes('connected');
    call.message(says('ada', { camera: false, pictures: 'none' }));
    await vi.advanceTimersByTimeAsync(0);
    expect([sent()?.active, call.pictures], 'held back, and our own path is well').toEqual([false, 'both']);
    call.message(says('ada', { pictures: 'own_paused' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent()?.active).toBe(true);
    call.close();
  });

  it('is left alone by who chose sound only, and tried anew when they want pictures', async () => {
    const call = await clinicianWith({ ada: { mode: 'video' } });
    FakePeer.last.becomes('connected');
    call.setSoundOnly(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([sent()?.active, call.pictures, call.peers[0]?.shows], 'nor is the last picture of theirs left standing').toEqual([false, 'none_by_hand', false]);
    call.setSoundOnly(false);
    await vi.advanceTimersByTimeAsync(0);
    expect([sent()?.active, call.pictures, call.peers[0]?.shows]).toEqual([true, 'both', true]);
    call.close();
  });
});

it('a path that is lost and found again is told to the timeline, with what was done about it', async () => {
  const happened: string[] = [];
  const call = await clinicianWith({ ada: { mode: 'video' } }, { happened: (what) => happened.push(what) });
  FakePeer.last.becomes('connected');
  FakePeer.last.becomes('failed');
  FakePeer.last.becomes('connected');
  expect(happened).toEqual(['stall', 'path_changed', 'path_back']);
  call.close();
});

it('another network is looked at at once: a dead path is found in a second', async () => {
  const call = await clinicianWith({ ada: { mode: 'video' } });
  FakePeer.last.becomes('connected');
  pathIs({});
  await vi.advanceTimersByTimeAsync(5_000);
  const last = await FakePeer.last.getStats();
  FakePeer.last.getStats = async () => last;
  await vi.advanceTimersByTimeAsync(500);
  call.networkChanged();
  await vi.advanceTimersByTimeAsync(900);
  expect(call.peers[0]?.path).toBe('reconnecting');
  call.close();
});

it('what our camera gives is counted by one connection: each began to count when it began', async () => {
  const seen: unknown[] = [];
  const call = await clinicianWith({ ada: { mode: 'video' }, bert: { mode: 'video' } }, { sources: ({ frames }) => seen.push(frames) });
  const [ada, bert] = FakePeer.made as [FakePeer, FakePeer];
  const counts = (frames: number) => async () => new Map([['camera', { id: 'camera', type: 'media-source', kind: 'video', frames }]]);
  [ada.getStats, bert.getStats] = [counts(4_200), counts(1_300)];
  bert.becomes('connected');
  await vi.advanceTimersByTimeAsync(600);
  ada.becomes('connected');
  await vi.advanceTimersByTimeAsync(1_200);
  expect(seen, 'nobody is asked who is not there yet').toEqual([1_300, 4_200, 4_200]);
  call.close();
});
