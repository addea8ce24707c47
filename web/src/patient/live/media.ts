// Camera and microphone of this page, as one signal.
import { signal } from '@preact/signals';
import { Capture, type CaptureState } from '../../core/devices/capture';
import { isPhone } from '../link';

export const capture = new Capture({ phone: isPhone });
export const media = signal<CaptureState>(capture.state);

capture.listen((state) => (media.value = state));
