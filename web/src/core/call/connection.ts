// How a path is, in the words of signaling. Pure.
import type { Connection } from '../../generated/signaling';
import type { PathState } from './link';
import type { PathStats } from './stats';

/** Thresholds of the equipment test's "warn" and "fail" rows, so that the same numbers mean the same words everywhere. */
const WEAK_ROUND_TRIP_MS = 400;
const WEAK_LOSS = 0.08;

export function word(path: PathState, now: PathStats | undefined, before?: PathStats): Connection {
  if (path === 'connecting') return 'connecting';
  if (path === 'reconnecting') return 'lost';
  const received = (now?.received ?? 0) - (before?.received ?? 0);
  const lost = (now?.lost ?? 0) - (before?.lost ?? 0);
  const loss = received + lost > 20 ? lost / (received + lost) : 0;
  return (now?.roundTripMs ?? 0) >= WEAK_ROUND_TRIP_MS || loss >= WEAK_LOSS ? 'weak' : 'good';
}

/** What one says of all paths together. */
export function worst(all: readonly Connection[]): Connection {
  const order: readonly Connection[] = ['lost', 'weak', 'connecting', 'good'];
  return order.find((word) => all.includes(word)) ?? 'none';
}
