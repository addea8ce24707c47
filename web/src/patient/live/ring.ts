// Calls the person back to the page: a sound and a short vibration. Either may be impossible; the screen says it too.
import { playSound } from '../../core/checks/speaker';

export async function ring(): Promise<void> {
  try {
    navigator.vibrate?.([200, 100, 200]);
    await playSound();
  } catch {
    // A phone that plays nothing without a tap shows the screen all the same.
  }
}
