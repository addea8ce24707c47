// Finds a dead path from numbers: ICE itself notices after about 7 s, a person after 3. Pure: fed twice a second with counters.

export interface Counters {
  at: number;
  /** Packets of sound and picture received so far. */
  packets: number;
  /** Frames decoded; absent while no picture is expected. */
  frames?: number;
}

export interface Judgement {
  /** Nothing arrives, though it did before. */
  stalled: boolean;
  /** Sound still arrives, the picture stands. */
  pictureStopped: boolean;
}

/** With half a second between two looks a person reads of it within 3 s. */
const STALL_MS = 2_000;
const STOPPED_PICTURE_MS = 3_000;
/** Looks in a row with something new make a flow; whoever sends nothing is not missed. */
const FLOWING_LOOKS = 2;

export class StallWatch {
  #packets = { value: 0, at: 0 };
  #frames = { value: -1, at: 0 };
  #looks = 0;

  judge({ at, packets, frames }: Counters): Judgement {
    const arrived = packets !== this.#packets.value;
    if (arrived) this.#packets = { value: packets, at };
    if (this.#looks < FLOWING_LOOKS) this.#looks = arrived ? this.#looks + 1 : 0;
    if (frames !== this.#frames.value) this.#frames = { value: frames ?? -1, at };
    return {
      stalled: this.#looks >= FLOWING_LOOKS && at - this.#packets.at >= STALL_MS,
      pictureStopped: frames !== undefined && frames > 0 && at - this.#frames.at >= STOPPED_PICTURE_MS,
    };
  }

  /** A new connection starts: its counters have nothing to do with the old ones. */
  reset(): void {
    this.#packets = { value: 0, at: 0 };
    this.#frames = { value: -1, at: 0 };
    this.#looks = 0;
  }
}
