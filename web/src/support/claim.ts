// The one thing to do about a row: claim it, go on with it, take it over from somebody who left, or look.
import type { DeskVisit } from '../staff/model';
import { holderOf } from './state';

export type RowAction = 'claim' | 'open' | 'take_over' | 'look';

export function rowAction(visit: DeskVisit, me: string): RowAction {
  const holder = holderOf(visit);
  if (holder) return holder.id === me ? 'open' : holder.at_desk ? 'look' : 'take_over';
  const asked = visit.help?.state === 'asked';
  return asked || visit.state === 'needs_help' ? 'claim' : 'look';
}
