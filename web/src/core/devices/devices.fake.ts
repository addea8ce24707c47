// As much of navigator.mediaDevices as Capture uses, and tracks that a phone can take away.
import { vi } from 'vitest';

export class FakeTrack {
  readyState: MediaStreamTrackState = 'live';
  enabled = true;
  muted = false;
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

  /** The phone lets nothing through it, or something again. */
  silenced(muted: boolean) {
    this.muted = muted;
    if (muted) this.onmute?.();
    else this.onunmute?.();
  }
}

export interface FakeDevices {
  asked: MediaStreamConstraints[];
  made: FakeTrack[];
  /** What the browser answers: nothing where it gives, or an error by its name. */
  answer(wanted: MediaStreamConstraints): string | undefined;
  permission: PermissionState;
  /** The person answers the browser's question once this is over. */
  answered: Promise<void>;
}

/** From here on devices are fake ones, which were asked for nothing yet. */
export function fakeDevices(permission: PermissionState): FakeDevices {
  const devices: FakeDevices = { asked: [], made: [], answer: () => undefined, permission, answered: Promise.resolve() };
  const getUserMedia = async (wanted: MediaStreamConstraints) => {
    devices.asked.push(wanted);
    await devices.answered;
    const refusal = devices.answer(wanted);
    if (refusal !== undefined) throw new DOMException('', refusal);
    const tracks = (['audio', 'video'] as const).filter((kind) => wanted[kind]).map((kind) => new FakeTrack(kind));
    devices.made.push(...tracks);
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    return { getTracks: () => tracks, getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') };
  };
  const query = async () => ({ state: devices.permission });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia }, permissions: { query } });
  return devices;
}
