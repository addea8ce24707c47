// What the patient's page asks of the gateway before and beside the visit's own connection.
import { api } from '../core/api';
import type { CheckReport } from '../core/checks/runner';
import type { Way } from '../core/checks/types';
import type { IceServer, SeatId, TestCallInvite, VisitId } from '../generated/signaling';

export type Step = 'identify' | 'locked_out' | 'ready';
export type Mode = 'video' | 'low_video' | 'sound_only' | 'phone' | 'not_checked';

/** What the link's person joins as. */
export type GuestRole = 'patient' | 'caregiver' | 'interpreter';

export interface Facility {
  name: string;
  phone: string;
  time_zone: string;
  emergency_number: string;
  languages: string[];
}

export interface JoinState {
  state: 'too_early' | 'open' | 'over' | 'cancelled';
  moved: boolean;
  kind: 'clinical' | 'test_call';
  role: GuestRole;
  starts_at: number;
  ends_at: number;
  opens_at: number;
  now: number;
  facility: Facility;
  /** The clinic knows a patient's language only. */
  language?: string;
  seat?: SeatId;
  step?: Step;
}

export interface SeatPage {
  join: JoinState;
  step: Step;
  visit: VisitId;
  /** The clinician's name; only for a patient, after the identity step. */
  who: string | null;
  test_call?: TestCallInvite;
}

export interface Verdict {
  mode: Mode;
  cause?: string;
}

export interface PhoneKind {
  system: string;
  browser: string;
  phone: boolean;
}

export const look = (ref: string, secret: string) => api<JoinState>('POST', `/join/${ref}/look`, { secret });
export const redeem = (ref: string, secret: string) => api<JoinState>('POST', `/join/${ref}`, { secret });
export const seatPage = (seat: SeatId) => api<SeatPage>('GET', `/seats/${seat}`);
export const askToBeLetIn = (seat: SeatId) => api<void>('POST', `/seats/${seat}/ask`);
export const rate = (seat: SeatId, rating: number) => api<void>('POST', `/seats/${seat}/feedback`, { rating });

export interface BirthDate {
  year: number | null;
  month: number | null;
  day: number | null;
}

export const identify = (seat: SeatId, born: BirthDate) => api<SeatPage>('POST', `/seats/${seat}/identify`, born);

export interface EquipmentTest {
  id: string;
  paths: Record<Way, IceServer[]>;
}

export const beginTest = (seat: SeatId) => api<EquipmentTest>('POST', `/seats/${seat}/equipment-tests`);
export const reportTest = (seat: SeatId, test: string, checks: readonly CheckReport[], device: PhoneKind) =>
  api<{ verdict: Verdict }>('PUT', `/seats/${seat}/equipment-tests/${test}`, { checks, device });
