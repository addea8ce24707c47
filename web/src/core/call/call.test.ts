import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Inside, Person } from '../../generated/signaling';
import { Call } from './call';
import { FakePeer, fakePeers, realPeers } from './peer.fake';
import { startOf, type Found } from './start';

const camera = { kind: 'video', getSettings: () => ({ width: 1280, height: 720 }) } as unknown as MediaStreamTrack;
const microphone = { kind: 'audio' } as MediaStreamTrack;

const person = (seat: string, role: Person['role']): Person => ({
  seat, role, name: seat, presence: 'here', media: { camera: true, microphone: true, connection: 'good' },
});

/** The clinician's call with these people; what each was found to take in. */
async function clinicianWith(found: Record<string, Found | undefined>): Promise<Call> {
  const call = new Call(
    {
      seat: 'dr-lee',
      role: 'clinician',
      phone: false,
      start: startOf({ mode: 'video' }, false).limits,
      takes: ({ seat }) => (found[seat] ? startOf(found[seat], false) : undefined),
      send: () => undefined,
    },
    { changed: () => undefined, channel: () => undefined },
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
