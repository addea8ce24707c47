// Where a visit's patient is, as one pill, and what the clinician can sensibly do about it.
import type { Look, PillLook } from '../ui/pill';
import { t } from '../ui/words';
import type { Arrival, Visit } from './model';

const LOOKS: Record<Arrival, Look> = {
  not_arrived: { tone: 'plain', icon: 'clock' },
  arriving: { tone: 'info', icon: 'door' },
  locked_out: { tone: 'bad', icon: 'lock' },
  testing: { tone: 'info', icon: 'signal' },
  ready: { tone: 'good', icon: 'check' },
  waiting: { tone: 'warn', icon: 'hourglass' },
  in_visit: { tone: 'good', icon: 'camera' },
  left: { tone: 'plain', icon: 'signOut' },
  done: { tone: 'plain', icon: 'check' },
};

export function arrivalPill(visit: Pick<Visit, 'state' | 'arrival' | 'waiting_since' | 'by_phone_at'>, now: number): PillLook {
  if (visit.state === 'cancelled') return { tone: 'plain', icon: 'x', words: t('staff-arrival-cancelled') };
  const byPhone = visit.by_phone_at != null;
  if (visit.state === 'ended') return { ...LOOKS.done, words: t(byPhone ? 'staff-arrival-done-by-phone' : 'staff-arrival-done') };
  if (byPhone && (visit.arrival === 'in_visit' || visit.arrival === 'left'))
    return { tone: 'info', icon: 'phone', words: t('staff-arrival-by-phone') };
  const look = LOOKS[visit.arrival];
  const waited = visit.waiting_since == null ? 0 : Math.floor(Math.max(0, now - visit.waiting_since) / 60_000);
  const words =
    visit.arrival === 'waiting' && waited > 0
      ? t('staff-arrival-waiting-minutes', { n: waited })
      : t(`staff-arrival-${visit.arrival.replaceAll('_', '-')}`);
  return { ...look, words };
}

export function isOver(visit: Visit): boolean {
  return visit.state !== 'booked';
}

export type MainAction = 'start' | 'admit' | 'return' | 'vouch' | null;

/** The one sensible action of a row. */
export function mainAction(visit: Visit): MainAction {
  if (isOver(visit)) return null;
  if (visit.arrival === 'locked_out') return 'vouch';
  if (visit.arrival === 'in_visit') return 'return';
  return 'start';
}
