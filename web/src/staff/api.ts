// Calls to the gateway on behalf of the signed-in person, and the one place that notices that the session ended.
import { signal } from '@preact/signals';
import { api, ApiError, type CallOptions, type Method } from '../core/api';
import type {
  AddedSeat,
  AuditLine,
  Booked,
  Connections,
  CheckName,
  Day,
  Desk,
  DeskSession,
  Facility,
  Me,
  NewSeat,
  Outcome,
  Patient,
  NewInstructions,
  PreparedSnippet,
  RecordList,
  Role,
  SeatLink,
  ShownItem,
  StaffName,
  TestReport,
  Timeline,
  Visit,
} from './model';

export { ApiError };

/** Raised by one whenever the gateway no longer knows who is calling. */
export const signedOutTimes = signal(0);

async function call<T>(method: Method, path: string, body?: unknown, options?: CallOptions): Promise<T> {
  try {
    return await api<T>(method, path, body, options);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && error.code !== 'sign_in_failed') signedOutTimes.value += 1;
    throw error;
  }
}

const at = (strings: TemplateStringsArray, ...ids: string[]) => String.raw({ raw: strings }, ...ids.map(encodeURIComponent));

export const signIn = (login: string, password: string) => call<Me>('POST', '/staff/sign-in', { login, password });
export const signOut = () => call<void>('POST', '/staff/sign-out');
export const signOutEverywhere = () => call<void>('POST', '/staff/sign-out-everywhere');
export const me = () => call<Me>('GET', '/staff/me');

export const changeFacility = (changes: Partial<Facility>) => call<Facility>('PATCH', '/facility', changes);
export const staffOf = (role: Role) => call<StaffName[]>('GET', at`/staff?role=${role}`);

export const findPatients = (words: string) => call<Patient[]>('GET', at`/patients?q=${words}`);
export const addPatient = (patient: Omit<Patient, 'id'>) => call<Patient>('POST', '/patients', patient);

export const day = (date: string | undefined, clinician: string | undefined) => {
  const query = new URLSearchParams();
  if (date) query.set('date', date);
  if (clinician) query.set('clinician', clinician);
  return call<Day>('GET', `/visits${query.size ? `?${query}` : ''}`);
};
export const visit = (id: string) => call<Visit>('GET', at`/visits/${id}`);
export interface Booking {
  patient_id: string;
  clinician_id: string;
  reason: string;
  starts_at: string;
  length_minutes: number;
  seats: NewSeat[];
}
/** The key makes a second press of the button, or a repeat after a lost answer, the same booking. */
export const book = (booking: Booking, key: string) => call<Booked>('POST', '/visits', booking, { idempotencyKey: key });
export const move = (id: string, starts_at: string, length_minutes: number) =>
  call<Visit>('POST', at`/visits/${id}/move`, { starts_at, length_minutes });
export const cancel = (id: string) => call<Visit>('POST', at`/visits/${id}/cancel`);
export const addSeat = (id: string, seat: NewSeat, key: string) =>
  call<AddedSeat>('POST', at`/visits/${id}/seats`, seat, { idempotencyKey: key });
export const removeSeat = (id: string, seat: string) => call<Visit>('DELETE', at`/visits/${id}/seats/${seat}`);
export const newLink = (id: string, seat: string) => call<Pick<SeatLink, 'url' | 'told'>>('POST', at`/visits/${id}/seats/${seat}/link`);
export const vouch = (id: string, seat: string) => call<Visit>('POST', at`/visits/${id}/seats/${seat}/vouch`);
export const runningLate = (id: string, minutes: number) => call<Visit>('POST', at`/visits/${id}/late`, { minutes });
export const sendToSupport = (id: string) => call<Visit>('POST', at`/visits/${id}/help`);
export const audit = (id: string) => call<AuditLine[]>('GET', at`/visits/${id}/audit`);
export const timeline = (id: string) => call<Timeline>('GET', at`/visits/${id}/timeline`);
export const record = (id: string, language: string) => call<RecordList>('GET', at`/visits/${id}/record?language=${language}`);
export const shown = (id: string) => call<ShownItem[]>('GET', at`/visits/${id}/shown`);
export const writeInstructions = (id: string, typed: NewInstructions) => call<PreparedSnippet>('POST', at`/visits/${id}/instructions`, typed);
export const prepareSnippet = (id: string, item: string, language: string) =>
  call<PreparedSnippet>('POST', at`/visits/${id}/snippets`, { item, language });

export const connections = () => call<Connections>('GET', '/connections');
export const testReport = (id: string) => call<TestReport>('GET', at`/support/equipment-tests/${id}`);

export const deskVisits = () => call<Desk>('GET', '/support/visits');
export const deskSession = (id: string) => call<DeskSession>('GET', at`/support/visits/${id}`);
export const atDesk = () => call<void>('POST', '/support/here');
export const nextRequest = (facility: string | undefined) =>
  call<{ visit: string }>('POST', facility ? at`/support/next?facility=${facility}` : '/support/next');
export const claim = (id: string) => call<void>('POST', at`/support/visits/${id}/claim`);
export const release = (id: string) => call<void>('POST', at`/support/visits/${id}/release`);
export const takeOver = (id: string) => call<void>('POST', at`/support/visits/${id}/take-over`);
export const handOver = (id: string, to: string) => call<void>('POST', at`/support/visits/${id}/hand-over`, { to });
export const textSteps = (id: string) => call<{ channel: 'text' | 'mail' }>('POST', at`/support/visits/${id}/text`);
export const runCheck = (id: string, check: CheckName) => call<void>('POST', at`/support/visits/${id}/run-check`, { check });
export const settleRequest = (id: string, outcome: Outcome, note: string) =>
  call<void>('POST', at`/support/visits/${id}/outcome`, { outcome, note });
export const startTestCall = (id: string) => call<{ visit: string; seat: string }>('POST', at`/support/visits/${id}/test-call`);
export const settleTestCall = (id: string, outcome: Outcome, note: string) =>
  call<unknown>('POST', at`/support/test-calls/${id}/outcome`, { outcome, note });
