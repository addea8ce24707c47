// As much of AudioContext as the pages use, on a phone that stops it for a call: it goes on when it is asked to, or only a new one does.
import { vi } from 'vitest';

export class FakeAudio {
  static made: FakeAudio[] = [];
  /** What every sample is. */
  static loud = 0.5;
  /** The phone lets none of them run. */
  static isCalling = false;
  state: AudioContextState | 'interrupted' = 'suspended';
  /** Never runs again, whatever the phone does. */
  isDead = false;
  asked = 0;

  constructor() {
    FakeAudio.made.push(this);
  }

  static get last(): FakeAudio {
    return FakeAudio.made.at(-1) as FakeAudio;
  }

  /** Another call begins: none of them runs until it is over. */
  static rings(state: FakeAudio['state'] = 'interrupted') {
    FakeAudio.isCalling = true;
    for (const audio of FakeAudio.made) if (audio.state !== 'closed') audio.state = state;
  }

  /** It is over. */
  static hangsUp() {
    FakeAudio.isCalling = false;
  }

  async resume() {
    this.asked++;
    // As on an iPhone: while the other call lasts nobody answers.
    if (FakeAudio.isCalling || this.isDead) return new Promise<void>(() => undefined);
    this.state = 'running';
  }

  async close() {
    this.state = 'closed';
  }

  createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData: (samples: Float32Array) => samples.fill(FakeAudio.loud) });
  createMediaStreamSource = () => ({ connect: () => undefined });
}

/** From here on every AudioContext is a fake one, none made yet, and time stands still until it is moved. */
export function fakeAudio(): void {
  Object.assign(FakeAudio, { made: [], loud: 0.5, isCalling: false });
  vi.useFakeTimers();
  vi.stubGlobal('AudioContext', FakeAudio);
  vi.stubGlobal('MediaStream', class {});
}

export function realAudio(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}
