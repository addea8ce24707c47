// The loudness of a track, ten times a second, from 0 to 1. It listens to a copy, which hears although the track is muted.
import { Ear } from './ear';

const EVERY_MS = 100;
const SAMPLES = 2_048;
/** Shown as nothing and as full: whispering in a quiet room, and a loud voice. */
const QUIET_DB = -60;
const LOUD_DB = -10;

/** Returns what stops it. */
export function listenTo(track: MediaStreamTrack, heard: (level: number) => void): () => void {
  const copy = track.clone();
  copy.enabled = true;
  const ear = new Ear(copy, SAMPLES);
  const timer = setInterval(() => {
    const samples = ear.samples();
    // A meter that stood still where the phone stopped it would say that somebody talks.
    heard(samples ? loudness(samples) : 0);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    copy.stop();
    ear.close();
  };
}

export function loudness(samples: Float32Array): number {
  const rms = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  const db = rms > 1e-6 ? 20 * Math.log10(rms) : -120;
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}
