// Finds a dead path from numbers: ICE itself notices after about 7 s, a person after 3. Pure: fed twice a second with counters.

export interface Counters {
  at: number;
  /** Bytes received on the chosen candidate pair. */
  bytes: number;
  /** Frames decoded; absent while no picture is expected. */
  frames?: number;
}

export interface Judgement {
  /** Nothing arrives, though it did before. */
  stalled: boolean;
  /** Sound or control still arrives, the picture stands. */
  pictureStopped: boolean;
}

/** With half a second between two looks a person reads of it within 3 s. */
const STALL_MS = 2_300;
const STOPPED_PICTURE_MS = 3_000;
/** A path that carried nothing so far is not expected to carry anything. */
const STEADY_SAMPLES = 4;

export class StallWatch {
  #bytes = { value: -1, at: 0 };
  #frames = { value: -1, at: 0 };
  #moving = 0;

  judge({ at, bytes, frames }: Counters): Judgement {
    if (bytes !== this.#bytes.value) {
      this.#moving++;
      this.#bytes = { value: bytes, at };
    }
    if (frames !== this.#frames.value) this.#frames = { value: frames ?? -1, at };
    return {
      stalled: this.#moving > STEADY_SAMPLES && at - this.#bytes.at >= STALL_MS,
      pictureStopped: frames !== undefined && frames > 0 && at - this.#frames.at >= STOPPED_PICTURE_MS,
    };
  }

  /** A new path starts: its counters have nothing to do with the old ones. */
  reset(): void {
    this.#bytes = { value: -1, at: 0 };
    this.#frames = { value: -1, at: 0 };
    this.#moving = 0;
  }
}
