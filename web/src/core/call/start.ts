// How a call starts, from what the equipment test found: pictures no larger than the internet was seen to carry, or sound alone. Who
// was tested sends so much at first, and is sent no more. Pure.
import type { components } from '../../generated/api';
import type { Limits } from './sending';

/** A verdict, or the readiness that was kept of one. */
export interface Found {
  mode: components['schemas']['Mode'];
  cause?: string | null;
}

export interface Start {
  /** False leaves the camera off until the person turns it on. */
  camera: boolean;
  limits: Limits;
}

/** Phones send a small picture over a network that may be paid by the megabyte. */
const PHONE: Limits = { videoBitrate: 600_000, frameRate: 15, height: 360, spareSound: true };
const DESKTOP: Limits = { videoBitrate: 1_500_000, frameRate: 30, height: 720, spareSound: true };
const LOW: Limits = { videoBitrate: 600_000, frameRate: 15, height: 360, spareSound: true };
/** On a phone, where 360 lines are the ordinary picture, a low one is smaller still. */
const LOW_PHONE: Limits = { videoBitrate: 300_000, frameRate: 15, height: 270, spareSound: true };
const LEAST: Limits = { videoBitrate: 150_000, frameRate: 10, height: 180, spareSound: true };

/** Where these stand in the way, a picture would take from the sound what it needs. */
const NETWORK: ReadonlySet<string | null | undefined> = new Set(['lossy_internet', 'slow_internet', 'delayed_internet', 'uneven_internet', 'rough_sound']);

/** Without a verdict nothing is promised, and a low picture is where to begin. */
export function startOf(verdict: Found | undefined, phone: boolean): Start {
  const { camera, limits } = pictureOf(verdict, phone);
  return { camera, limits: { ...limits, spareSound: verdict?.cause !== 'slow_internet' } };
}

function pictureOf(verdict: Found | undefined, phone: boolean): Start {
  const low = phone ? LOW_PHONE : LOW;
  switch (verdict?.mode) {
    case 'video':
      return { camera: true, limits: phone ? PHONE : DESKTOP };
    case 'sound_only':
    case 'phone':
      return { camera: !NETWORK.has(verdict.cause), limits: NETWORK.has(verdict.cause) ? LEAST : low };
    default:
      return { camera: true, limits: low };
  }
}

/** What a call may grow to once it is seen to carry more. */
export const wholeOf = (phone: boolean): Limits => (phone ? PHONE : DESKTOP);

export const smaller = (a: Limits, b: Limits): Limits => (a.videoBitrate <= b.videoBitrate ? a : b);

const ROOM_TO_GROW = 1.5;
const GROW_AFTER_MS = 15_000;

/** A verdict is a start and no sentence: where the path has carried half as much again for a while, the picture may be whole. */
export class Growth {
  #since: number | undefined;

  judge({ at, available, limit }: { at: number; available?: number; limit: number }): boolean {
    if (available === undefined || available < limit * ROOM_TO_GROW) {
      this.#since = undefined;
      return false;
    }
    this.#since ??= at;
    return at - this.#since >= GROW_AFTER_MS;
  }
}
