// Finds a microphone and a camera that say they are on and give nothing. Pure: fed with what the connection counts of them.

export interface Sources {
  at: number;
  /** Energy of the microphone and frames of the camera so far; absent where there is none, or the browser does not say. */
  energy?: number;
  frames?: number;
  /** Nothing is expected of what is off by the person's own choice. */
  muted: boolean;
  cameraOff: boolean;
}

export interface Dead {
  microphone: boolean;
  camera: boolean;
}

/** Even a quiet room is not nothing at all. */
const SILENT_MS = 10_000;
const FROZEN_MS = 5_000;
/** A page that slept has seen nothing in between. */
const GAP_MS = 3_000;

export class Alive {
  #energy = new Counter(SILENT_MS);
  #frames = new Counter(FROZEN_MS);

  judge({ at, energy, frames, muted, cameraOff }: Sources): Dead {
    return {
      microphone: this.#energy.stands(at, muted ? undefined : energy),
      camera: this.#frames.stands(at, cameraOff ? undefined : frames),
    };
  }

  /** Another track: what was seen of the one before does not count. */
  reset(): void {
    this.#energy = new Counter(SILENT_MS);
    this.#frames = new Counter(FROZEN_MS);
  }
}

class Counter {
  #value: number | undefined;
  #since = 0;
  #last = Number.NEGATIVE_INFINITY;
  readonly #patience: number;

  constructor(patience: number) {
    this.#patience = patience;
  }

  stands(at: number, value: number | undefined): boolean {
    const isNews = value === undefined || value !== this.#value || at - this.#last > GAP_MS;
    this.#last = at;
    if (isNews) [this.#value, this.#since] = [value, at];
    return value !== undefined && at - this.#since >= this.#patience;
  }
}
