// Who comes with the patient, as the lists and forms show them.
import { t } from '../ui/words';
import { arrivalPill } from './arrival';
import type { CompanionRole, NewSeat, SeatLine, Visit } from './model';

export const COMPANION_ROLES: readonly CompanionRole[] = ['interpreter', 'caregiver'];
/** As many as the gateway takes. */
export const MOST_COMPANIONS = 4;
export const LONGEST_NAME = 120;

export function isCompanion(role: string): role is CompanionRole {
  return role === 'caregiver' || role === 'interpreter';
}

/** Those whose place was not taken away. */
export function companionsOf(visit: Visit): SeatLine[] {
  return visit.seats.filter((seat) => isCompanion(seat.role) && seat.state !== 'removed');
}

export function companionPill(visit: Visit, { arrival, waiting_since }: SeatLine, now: number) {
  return arrivalPill({ state: visit.state, arrival: arrival ?? 'not_arrived', waiting_since: waiting_since ?? null }, now);
}

/** "Rosa Ruiz, interpreter" */
export function nameAndRole({ name, role }: Pick<SeatLine, 'name' | 'role'>): string {
  return isCompanion(role) ? t(`staff-named-${role}`, { name }) : name;
}

/** As it is sent: nothing that was left empty. */
export function typed({ role, name, phone }: NewSeat): NewSeat {
  const number = phone?.trim();
  return { role, name: name.trim(), ...(number ? { phone: number } : {}) };
}

export function nameIsRight({ name }: NewSeat): boolean {
  const length = [...name.trim()].length;
  return length > 0 && length <= LONGEST_NAME;
}
