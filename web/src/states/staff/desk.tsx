// The technician's desk: the queue and one visit as it is worked on.
import type { Desk, DeskVisit, TestReport } from '../../staff/model';
import type { State } from '../catalogue';
import { checks, deskVisit, FACILITY, MINUTE, NOW, SESSION } from './facts';
import { page } from './office';

const QUEUE = [
  SESSION.visit,
  deskVisit('new', 'Edna Moore', 25),
  deskVisit('texted', 'Walter Finch', 40, { state: 'texted', language: 'es' }),
  deskVisit('testing', 'Grace Dunn', 55, { state: 'testing_now', screen: 'quick_check', tests: 1 }),
  deskVisit('passed', 'María de los Ángeles Santos-Villanueva', 90, { state: 'passed', readiness: { mode: 'video', at: NOW - 9 * MINUTE } }),
  deskVisit('phone', 'Hector Brooks', 24 * 60, { state: 'phone_only', readiness: { mode: 'phone', cause: 'old_browser', at: NOW - 60 * MINUTE } }),
];

const SOUTH = { id: 'south', name: 'Clínica de Medicina Familiar del Valle de San Fernando', time_zone: 'America/New_York' };

function queue(visits: DeskVisit[], others: Desk['facilities'] = []): Record<string, unknown> {
  const desk: Desk = { now: NOW, visits, facilities: [FACILITY, ...others], colleagues: [] };
  return { '/support/visits': desk, '/support/here': {} };
}

const REPORT: TestReport = {
  id: 't',
  facility: 'Riverside Clinic',
  name: 'Ruth Abbott',
  role: 'patient',
  time_zone: 'America/Los_Angeles',
  visit_starts_at: NOW,
  started_at: NOW - 4 * MINUTE,
  finished_at: NOW - 3 * MINUTE,
  mode: 'phone',
  cause: 'camera_blocked',
  device: { system: 'Android 14', browser: 'Chrome 126', phone: true },
  checks: checks(),
  ways: [{ name: 'relay_udp', protocol: 'udp', host: 'visits.clinic.example', ports: '3478', answer: 'yes', after_ms: 31 }],
};

export const desk: readonly State[] = [
  page('desk', 'support', 'desk', queue(QUEUE)),
  page('desk of two clinics', 'support', 'desk', queue([...QUEUE, deskVisit('south', 'Bruno Alvarez', 35, { facility: SOUTH })], [SOUTH])),
  page('desk empty', 'support', 'desk', queue([])),
  page('desk loading', 'support', 'desk', {}),
  page('desk failed', 'support', 'desk', { '/support/visits': 500 }),
  page('session', 'support', 'session/asks', { '/support/visits/asks': SESSION, '/support/here': {} }),
  page('session without a check', 'support', 'session/asks', { '/support/visits/asks': { ...SESSION, tests: [], requests: [], earlier: [] } }),
  page('session loading', 'support', 'session/asks', {}),
  page('session gone', 'support', 'session/asks', { '/support/visits/asks': 404 }),
  page('report', 'support', 'report/t', { '/support/equipment-tests/t': REPORT }),
  page('firewall sheet', 'support', 'firewall/t', { '/support/equipment-tests/t': REPORT }),
];
