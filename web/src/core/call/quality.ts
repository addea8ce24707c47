// What this page measures of its path to one other person, told to the gateway every 5 s and as soon as the path is lost or
// found again. What the numbers mean is decided there, from both ends.
import type { PathNumbers, PathQuality, SeatId } from '../../generated/signaling';
import type { PathState } from './link';
import { lossBetween, type PathStats } from './stats';

/** The path as it was at one moment. */
export interface Look {
  at: number;
  path: PathState;
  stats: PathStats;
  /** The other person sends a picture. */
  theirPicture: boolean;
  /** So do we: only then the way out is measured. */
  ourPicture: boolean;
}

const REPORT_EVERY_MS = 5_000;
/** Fewer packets say nothing of how many are lost. */
const ENOUGH_PACKETS = 20;
/** Fewer looks say nothing of a picture that stands still. */
const ENOUGH_LOOKS = 4;
/** The gateway's numbers are whole and no larger. */
const MOST = 4_000_000_000;

export class PathReporter {
  #looks: Look[] = [];
  #isLost = false;

  constructor(private readonly tell: (measured: PathNumbers) => void) {}

  /** Once each time the path is looked at; before there is one, there is nothing to tell. */
  look(look: Look): void {
    if (look.path === 'connecting') return;
    const isLost = look.path === 'reconnecting';
    if (isLost !== this.#isLost) return this.#turn(isLost, look);
    // A new connection counts from nothing.
    if (look.stats.received < (this.#looks.at(-1)?.stats.received ?? 0)) this.#looks = [];
    this.#looks.push(look);
    if (look.at - this.#looks[0]!.at < REPORT_EVERY_MS) return;
    this.tell(isLost ? { lost: true } : measured(this.#looks));
    this.#looks = [look];
  }

  #turn(isLost: boolean, look: Look): void {
    this.#isLost = isLost;
    this.#looks = [look];
    this.tell({ lost: isLost });
  }
}

/** What the looks say of the time between the first and the last. */
export function measured(looks: readonly Look[]): PathNumbers {
  const [first, last] = [looks[0]!, looks.at(-1)!];
  const { stats } = last;
  return {
    lost: false,
    ...whole('round_trip_ms', stats.roundTripMs),
    ...whole('jitter_ms', stats.jitterMs),
    ...share('loss_in', lossBetween(first.stats, stats, ENOUGH_PACKETS)),
    ...share('loss_out', average(looks.slice(1).map((look) => look.stats.remoteLoss))),
    ...(last.ourPicture ? whole('out_kbps', stats.availableOutgoing === undefined ? undefined : stats.availableOutgoing / 1000) : {}),
    ...(looks.every(({ theirPicture }) => theirPicture) ? picture(looks) : {}),
    ...sound(first.stats.soundEnergy, stats.soundEnergy),
  };
}

/** The path between two seats, in the gateway's words. */
export function pathBetween(paths: readonly PathQuality[], one: SeatId, other: SeatId): PathQuality | undefined {
  return paths.find(({ between }) => between.includes(one) && between.includes(other));
}

/** With what the gateway says now. */
export function withPath(paths: readonly PathQuality[], now: PathQuality): PathQuality[] {
  const [one, other] = now.between;
  return [...paths.filter((path) => path !== pathBetween(paths, one, other)), now];
}

function picture(looks: readonly Look[]): Pick<PathNumbers, 'frame_rate' | 'frozen'> {
  const frames = looks.map(({ stats }) => stats.framesDecoded ?? 0);
  const seconds = (looks.at(-1)!.at - looks[0]!.at) / 1000;
  // Before its first frame a picture does not stand still: it is on its way.
  if (looks.length < ENOUGH_LOOKS || frames[0] === 0) return {};
  const still = frames.filter((count, at) => at > 0 && count === frames[at - 1]).length;
  return { ...whole('frame_rate', (frames.at(-1)! - frames[0]!) / seconds), ...share('frozen', still / (frames.length - 1)) };
}

function sound(before: number | undefined, now: number | undefined): Pick<PathNumbers, 'sound'> {
  return before === undefined || now === undefined ? {} : { sound: now > before };
}

function average(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function whole<Key extends keyof PathNumbers>(key: Key, value: number | undefined): Partial<Record<Key, number>> {
  if (value === undefined || !Number.isFinite(value)) return {};
  return { [key]: Math.min(MOST, Math.max(0, Math.round(value))) } as Record<Key, number>;
}

function share<Key extends keyof PathNumbers>(key: Key, value: number | undefined): Partial<Record<Key, number>> {
  if (value === undefined || !Number.isFinite(value)) return {};
  return { [key]: Math.min(1, Math.max(0, Math.round(value * 1000) / 1000)) } as Record<Key, number>;
}
