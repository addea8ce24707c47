// The loudness of a track, ten times a second, from 0 to 1. It listens to a copy, which hears although the track is muted.

const EVERY_MS = 100;
/** Shown as nothing and as full: whispering in a quiet room, and a loud voice. */
const QUIET_DB = -60;
const LOUD_DB = -10;

/** Returns what stops it. */
export function listenTo(track: MediaStreamTrack, heard: (level: number) => void): () => void {
  const copy = track.clone();
  copy.enabled = true;
  let ear = open(copy);
  const timer = setInterval(() => {
    if (ear.audio.state === 'running') return heard(loudness(ear.samples()));
    // A phone call stops it; some phones give it back, some only a new one.
    if (ear.audio.state === 'closed') ear = open(copy);
    else void ear.audio.resume().catch(() => undefined);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    copy.stop();
    void ear.audio.close().catch(() => undefined);
  };
}

function open(track: MediaStreamTrack): { audio: AudioContext; samples(): Float32Array } {
  const audio = new AudioContext();
  void audio.resume().catch(() => undefined);
  const analyser = audio.createAnalyser();
  analyser.fftSize = 2048;
  audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    audio,
    samples: () => {
      analyser.getFloatTimeDomainData(samples);
      return samples;
    },
  };
}

export function loudness(samples: Float32Array): number {
  const rms = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  const db = rms > 1e-6 ? 20 * Math.log10(rms) : -120;
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}
