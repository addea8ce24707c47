// How all paths of a page are together, in the words of signaling: whether there are any. How good one is, the gateway says (`quality`). Pure.
import type { Connection } from '../../generated/signaling';
import type { PathState } from './link';

export function connectionOf(paths: readonly PathState[]): Connection {
  if (paths.includes('reconnecting')) return 'lost';
  if (paths.includes('connecting')) return 'connecting';
  return paths.length > 0 ? 'good' : 'none';
}
