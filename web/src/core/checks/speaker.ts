// Does the person hear us? Only the person knows. The sound is made here; the screen plays it and asks.
import { fail, notChecked, pass, type Check } from './types';

export const speaker: Check = {
  name: 'speaker',
  async run({ askHeard }) {
    const heard = await askHeard();
    if (heard === 'yes') return pass();
    return heard === 'no' ? fail('not_heard') : notChecked('skipped');
  },
};

const BEGINS_WITHIN_MS = 1_000;

/** Three friendly notes. Resolves when they are over. */
export const playSound = () => play([523.25, 659.25, 783.99], 0.35);

/** So many equal tones, far enough apart to be counted. */
export const playTones = (tones: number) => play(Array(tones).fill(659.25), 0.7);

async function play(notes: readonly number[], apart: number): Promise<void> {
  const audio = new AudioContext();
  // During another call a phone plays nothing and does not say so.
  await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, BEGINS_WITHIN_MS))]);
  if (audio.state !== 'running') {
    await audio.close();
    throw new Error('this phone plays nothing now');
  }
  notes.forEach((pitch, i) => playNote(audio, pitch, audio.currentTime + i * apart));
  await new Promise((resolve) => setTimeout(resolve, notes.length * apart * 1000 + 300));
  await audio.close();
}

function playNote(audio: AudioContext, pitch: number, at: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.4, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.34);
}
