// How long to wait before coming back. Jittered from the first try, so that a node's whole crowd never returns at one moment.

const FIRST_MS = 400;
const CEILING_MS = 3_000;
/** A gateway that stays away for a minute is not coming back within the next second. */
const PATIENT_AFTER = 20;
const PATIENT_CEILING_MS = 10_000;
const FLOOR_MS = 50;

/** Milliseconds before try number `tries` (from 0), with `chance` in [0, 1); never less than the gateway asked for. */
export function delayBefore(tries: number, chance: number, retryAfterS = 0): number {
  const ceiling = tries >= PATIENT_AFTER ? PATIENT_CEILING_MS : CEILING_MS;
  return Math.round(retryAfterS * 1000 + FLOOR_MS + chance * Math.min(ceiling, FIRST_MS * 2 ** tries));
}
