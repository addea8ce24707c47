// Every way out of the live part.
import type { ClosedReason } from '../../core/signaling/client';
import { Closed, Connecting, Ended, Left } from '../../patient/live/screens/endings';
import { record } from '../../patient/live/record/part';
import type { State } from '../catalogue';
import { live } from './facts';
import * as sheet from '../../patient/live/record/sheet';
import { MEDICINES, TREND } from '../record';

const closed = (why: ClosedReason): State => ({ name: `closed ${why.replaceAll('_', ' ')}`, draw: () => (live(), (<Closed why={why} />)) });

function withKeepsakes(): preact.JSX.Element {
  const here = live();
  record.value = sheet;
  here.keepsakes.value = [TREND, MEDICINES];
  return <Ended />;
}

export const leaving: readonly State[] = [
  { name: 'connecting', draw: () => (live(), (<Connecting />)) },
  { name: 'ended', draw: () => (live(), (<Ended />)) },
  { name: 'ended for a caregiver', draw: () => (live('caregiver'), (<Ended />)) },
  { name: 'ended with something to keep', draw: withKeepsakes },
  { name: 'left', draw: () => (live(), (<Left />)) },
  closed('taken_over'),
  closed('replaced'),
  closed('removed'),
  closed('denied'),
  closed('unsupported_version'),
  closed('flood'),
];
