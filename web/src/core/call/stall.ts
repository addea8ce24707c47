// Finds a dead path from numbers: ICE itself notices after about 7 s, a person after 3. Pure: fed twice a second with counters.

export interface Counters {
  at: number;
  /** Packets of sound and picture received so far. */
  packets: number;
  /** Signs of life of the path itself, about one in two seconds. */
  answers?: number;
  /** The other side says that it sends neither sound nor picture: then only the path's own signs count. */
  silent?: boolean;
  /** Frames decoded; absent while no picture is expected. */
  frames?: number;
}

export interface Judgement {
  /** Nothing arrives, though it did before. */
  stalled: boolean;
  /** Sound still arrives, the picture stands. */
  pictureStopped: boolean;
}

/** Four looks at half a second: a person reads of it within 3 s. A little less than that, since a look that comes early by a moment would cost a whole one more. */
const STALL_MS = 1_800;
/** After a hint that the network changed. */
const HURRIED_STALL_MS = 700;
const HURRY_FOR_MS = 4_000;
const SILENT_STALL_MS = 6_000;
const STOPPED_PICTURE_MS = 3_000;
/** Looks in a row with something new make a flow; whoever sends nothing is not missed. */
const FLOWING_LOOKS = 2;

export class StallWatch {
  #packets = { value: 0, at: 0 };
  #frames = { value: -1, at: 0 };
  #looks = 0;
  #hurryUntil = Number.NEGATIVE_INFINITY;

  judge({ at, packets, answers = 0, silent = false, frames }: Counters): Judgement {
    const signs = silent ? packets + answers : packets;
    const arrived = signs !== this.#packets.value;
    if (arrived) this.#packets = { value: signs, at };
    if (this.#looks < FLOWING_LOOKS) this.#looks = arrived ? this.#looks + 1 : 0;
    if (frames !== this.#frames.value) this.#frames = { value: frames ?? -1, at };
    const patience = silent ? SILENT_STALL_MS : at < this.#hurryUntil ? HURRIED_STALL_MS : STALL_MS;
    return {
      stalled: this.#looks >= FLOWING_LOOKS && at - this.#packets.at >= patience,
      pictureStopped: frames !== undefined && frames > 0 && at - this.#frames.at >= STOPPED_PICTURE_MS,
    };
  }

  /** The network is another one, so that the path is probably dead: found sooner, where it is. */
  hurry(at: number): void {
    this.#hurryUntil = at + HURRY_FOR_MS;
  }

  /** A new connection starts: its counters have nothing to do with the old ones. */
  reset(): void {
    this.#packets = { value: 0, at: 0 };
    this.#frames = { value: -1, at: 0 };
    this.#looks = 0;
  }
}
