// Listens to a microphone's track, for a meter and for the check. What listens is an AudioContext, which a phone stops for a call and may
// never start again: then it hears nothing, which is not silence; it is asked to go on, and in the end replaced. The call's own sound
// never passes through one.

const GIVE_UP_AFTER_MS = 3_000;

export class Ear {
  #track: MediaStreamTrack;
  #audio: AudioContext;
  #analyser: AnalyserNode;
  #samples: Float32Array<ArrayBuffer>;
  #stoppedAt: number | undefined;

  constructor(track: MediaStreamTrack, samples: number) {
    this.#track = track;
    this.#samples = new Float32Array(samples);
    [this.#audio, this.#analyser] = this.#open();
  }

  /** The newest samples; `undefined` while the phone does not let the page listen. Asked for again and again, it finds its way back. */
  samples(): Float32Array | undefined {
    if (this.#audio.state === 'running') {
      this.#stoppedAt = undefined;
      this.#analyser.getFloatTimeDomainData(this.#samples);
      return this.#samples;
    }
    this.#wake(performance.now());
    return undefined;
  }

  close(): void {
    void this.#audio.close().catch(() => undefined);
  }

  #wake(now: number): void {
    this.#stoppedAt ??= now;
    const isStuck = now - this.#stoppedAt >= GIVE_UP_AFTER_MS;
    if (this.#audio.state !== 'closed' && !isStuck) return void this.#audio.resume().catch(() => undefined);
    this.close();
    [this.#audio, this.#analyser] = this.#open();
    this.#stoppedAt = now;
  }

  #open(): [AudioContext, AnalyserNode] {
    const audio = new AudioContext();
    void audio.resume().catch(() => undefined);
    const analyser = audio.createAnalyser();
    analyser.fftSize = this.#samples.length;
    audio.createMediaStreamSource(new MediaStream([this.#track])).connect(analyser);
    return [audio, analyser];
  }
}
