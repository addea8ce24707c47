// Who yields when both ends offer at once: fixed by role, so that both ends know it without asking. The patient is polite.
import type { Role, SeatId } from '../../generated/signaling';

const RANK: Readonly<Record<Role, number>> = { clinician: 0, support: 1, interpreter: 2, caregiver: 3, patient: 4 };

export interface Party {
  role: Role;
  seat: SeatId;
}

export function isPolite(own: Party, other: Party): boolean {
  if (RANK[own.role] !== RANK[other.role]) return RANK[own.role] > RANK[other.role];
  return own.seat > other.seat;
}
