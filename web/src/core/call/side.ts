// Whose side a broken path is on, as far as it can be told: who still speaks with the gateway has internet. Pure.
import type { Status } from '../signaling/client';
import type { Person } from '../../generated/signaling';

export type Side = 'own' | 'theirs' | 'between';

export function sideOf(line: Status, online: boolean, other: Pick<Person, 'presence'> | undefined): Side {
  if (line !== 'open' || !online) return 'own';
  return other?.presence === 'reconnecting' ? 'theirs' : 'between';
}
