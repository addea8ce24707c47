// The clinic as every state of the staff's catalogue begins: a Tuesday afternoon at Riverside Clinic, and what its gateway answers.
import type { components } from '../../generated/api';
import type { DeskSession, DeskVisit, Me, Readiness, Role, Visit } from '../../staff/model';
import { route } from '../../staff/route';
import { session, setClock } from '../../staff/session';
import { drawn } from '../catalogue';
import { nothingSpecial, gatewaySays } from '../outside';

export const MINUTE = 60_000;
/** Half past two in Los Angeles. */
export const NOW = Date.UTC(2026, 2, 10, 21, 30);

export const FACILITY: Me['facility'] = {
  id: 'riverside',
  slug: 'riverside',
  name: 'Riverside Clinic',
  phone: '555-0100',
  time_zone: 'America/Los_Angeles',
  languages: ['en', 'es'],
  emergency_number: '911',
  join_window_minutes: 30,
  relay_only: false,
  reasons: [
    { code: 'follow-up', en: 'Follow-up', es: 'Seguimiento' },
    { code: 'medicines', en: 'Questions about medicines', es: 'Preguntas sobre medicinas' },
  ],
};

export const me = (role: Role): Me => ({ id: role, name: role === 'support' ? 'Sam Ortiz' : 'Dr. Priya Patel', role, facility: FACILITY });

const GOOD: Readiness = { mode: 'video', at: NOW - 6 * MINUTE, device: { system: 'Android 14', browser: 'Chrome 126', phone: true } };

export function visitOf(id: string, name: string, at: number, change: Partial<Visit> = {}): Visit {
  const starts_at = NOW + at * MINUTE;
  return {
    id,
    kind: 'clinical',
    state: 'booked',
    arrival: 'not_arrived',
    patient: { id: `p-${id}`, name, born: '1948-03-12', birth_year: 1948, language: 'en', phone: '555-0142' },
    clinician: { id: 'clinician', name: 'Dr. Priya Patel' },
    reason: 'follow-up',
    reason_words: { en: 'Follow-up', es: 'Seguimiento' },
    starts_at,
    ends_at: starts_at + 15 * MINUTE,
    starts_local: '2026-03-10T14:30',
    late_minutes: 0,
    readiness: { mode: 'not_checked' },
    seats: [{ seat: `s-${id}`, role: 'patient', name, state: 'expected', link_state: 'opened' }],
    ...change,
  };
}

/** Every way a visit can stand, in one day. */
export const DAY: readonly Visit[] = [
  visitOf('done', 'Walter Finch', -60, { state: 'ended', arrival: 'done', readiness: GOOD }),
  visitOf('left', 'Edna Moore', -30, { arrival: 'left', readiness: GOOD, late_minutes: 5 }),
  visitOf('in', 'Daniel Castillo', -15, { arrival: 'in_visit', readiness: { ...GOOD, mode: 'low_video', cause: 'slow_internet' } }),
  visitOf('waits', 'Ruth Abbott', 0, { arrival: 'waiting', waiting_since: NOW - 4 * MINUTE, readiness: GOOD, seats: seats() }),
  visitOf('ready', 'Grace Dunn', 15, { arrival: 'ready', readiness: { ...GOOD, mode: 'sound_only', cause: 'lossy_internet' } }),
  visitOf('tests', 'Hector Brooks', 30, { arrival: 'testing', readiness: { ...GOOD, mode: 'phone', cause: 'camera_blocked' } }),
  visitOf('locked', 'María de los Ángeles Santos-Villanueva', 45, { arrival: 'locked_out' }),
  visitOf('late', 'Bruno Alvarez', 60, { late_minutes: 15 }),
  visitOf('off', 'Carmen Ellis', 75, { state: 'cancelled' }),
];

function seats(): Visit['seats'] {
  return [
    { seat: 's-waits', role: 'patient', name: 'Ruth Abbott', state: 'waiting', link_state: 'opened', arrival: 'waiting', waiting_since: NOW - 4 * MINUTE, told: { channel: 'text', state: 'sent', message: 'booked', at: NOW - 60 * MINUTE } },
    { seat: 'i-waits', role: 'interpreter', name: 'Ana Gómez', state: 'expected', link_state: 'unopened' },
  ];
}

export function deskVisit(id: string, name: string, at: number, change: Partial<DeskVisit> = {}): DeskVisit {
  return { id, facility: { id: FACILITY.id, name: FACILITY.name, time_zone: FACILITY.time_zone }, patient_name: name, patient_phone: '555-0142', language: 'en', starts_at: NOW + at * MINUTE, state: 'new', arrival: 'not_arrived', readiness: { mode: 'not_checked' }, tests: 0, ...change };
}

export const SESSION: DeskSession = {
  now: NOW,
  visit: deskVisit('asks', 'Ruth Abbott', 10, { state: 'needs_help', arrival: 'testing', screen: 'quick_check', tests: 2, readiness: { ...GOOD, mode: 'phone', cause: 'camera_blocked' }, help: { state: 'claimed', asked_by: 'patient', asked_at: NOW - 3 * MINUTE, holder: { id: 'support', name: 'Sam Ortiz', at_desk: true } } }),
  tests: [{ id: 't', started_at: NOW - 4 * MINUTE, finished_at: NOW - 3 * MINUTE, mode: 'phone', cause: 'camera_blocked', device: GOOD.device ?? null, checks: checks() }],
  requests: [{ closed_at: NOW - 3 * 24 * 60 * MINUTE, helper: 'Tess Hall', note: 'Turned off Bluetooth.', outcome: 'ready' }],
  earlier: [{ starts_at: NOW - 30 * 24 * 60 * MINUTE, got_in: true, outcome: 'ready' }],
  colleagues: [{ id: 'tess', name: 'Tess Hall', at_desk: true }],
};

export function checks(): components['schemas']['Check'][] {
  return [
    { name: 'environment', outcome: 'pass', values: {} },
    { name: 'permission', outcome: 'fail', cause: 'blocked_by_page', values: {} },
    { name: 'camera', outcome: 'fail', cause: 'not_found', values: {} },
    { name: 'microphone', outcome: 'pass', values: { rms_db: -31 } },
    { name: 'speaker', outcome: 'not_checked', cause: 'skipped', values: {} },
    { name: 'signaling', outcome: 'pass', values: { ms: 240 } },
    { name: 'path', outcome: 'warn', cause: 'tcp_only', values: {} },
    { name: 'round_trip', outcome: 'warn', cause: 'slow', values: { ms: 280 } },
    { name: 'loss_up', outcome: 'pass', values: { percent: 0.4 } },
  ];
}

type Answers = Readonly<Record<string, unknown>>;

/** A refusal with its stable word. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {}
}

/** The gateway answers these, by the beginning of the path; a number is a refusal, the rest is not answered at all. */
export function answers(known: Answers): void {
  gatewaySays((_, path) => {
    const found = Object.entries(known).find(([start]) => path.startsWith(start))?.[1];
    if (found === undefined) return 'silent';
    const refused = typeof found === 'number' ? new Refusal(found, 'refused') : found;
    return refused instanceof Refusal ? { status: refused.status, body: { code: refused.code } } : { status: 200, body: found };
  });
}

export function signedIn(role: Role, at: string): void {
  history.replaceState(null, '', `#${at}`);
  const [view = 'today', id = ''] = at.split('/');
  route.value = (id ? { view: view.replace('-', '_'), id } : view === 'today' ? { view, date: undefined } : { view }) as typeof route.value;
  setClock(NOW);
  session.value = { state: 'here', me: me(role) };
}

export function clear(): void {
  nothingSpecial();
  session.value = { state: 'asking' };
  localStorage.clear();
}

export async function tap(selector: string): Promise<void> {
  (await there(selector)).click();
}

/** Puts words into a field as somebody who types does. */
export async function fill(selector: string, words: string): Promise<void> {
  const field = (await there(selector)) as HTMLInputElement;
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const PATIENCE = 200;

/** The control, as soon as what was done before has brought it. */
export async function there(selector: string): Promise<HTMLElement> {
  for (let looks = 0; looks < PATIENCE; looks++) {
    const control = document.querySelector<HTMLElement>(selector);
    if (control) return control;
    await drawn();
  }
  throw new Error(`never there: ${selector}`);
}
