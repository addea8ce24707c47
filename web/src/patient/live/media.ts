// Camera and microphone of this page, as one signal, and how they feed whichever call is on.
import { signal } from '@preact/signals';
import { Capture, type CaptureState } from '../../core/devices/capture';
import type { Tracks } from '../../core/call/link';
import { isPhone } from '../link';

export const capture = new Capture({ phone: isPhone });
export const media = signal<CaptureState>(capture.state);

capture.listen((state) => (media.value = state));

/** What a call sends. A camera that the person turned off is not there at all. */
export function tracksOf({ camera, microphone, cameraOff }: CaptureState): Tracks {
  return { audio: alive(microphone), video: cameraOff ? null : alive(camera) };
}

function alive(track: MediaStreamTrack | null): MediaStreamTrack | null {
  return track?.readyState === 'live' ? track : null;
}

/** Live, but the phone gives nothing: another call has it. */
export function taken(track: MediaStreamTrack | null): boolean {
  return track !== null && (track.readyState === 'ended' || track.muted);
}
