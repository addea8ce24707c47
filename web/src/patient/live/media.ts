// Camera and microphone of this page, as one signal, and where it shows the own picture.
import { signal } from '@preact/signals';
import { Capture, type CaptureState } from '../../core/devices/capture';
import { isPhone } from '../link';

export const capture = new Capture({ phone: isPhone });
export const media = signal<CaptureState>(capture.state);

/** Whoever draws the own picture puts its element here. */
export const drawn: { own: HTMLVideoElement | null } = { own: null };

capture.listen((state) => (media.value = state));
