// Signing in, settings, and how many visits connect.
import type { Connections, Role } from '../../staff/model';
import { StaffPages } from '../../staff/pages';
import { session } from '../../staff/session';
import { drawn, type State } from '../catalogue';
import { answers, NOW, signedIn, tap } from './facts';

function alone(name: string, value: typeof session.value, then?: () => Promise<void>): State {
  const draw = () => {
    session.value = value;
    return <StaffPages home="today" />;
  };
  return { name, draw, ...(then ? { then } : {}) };
}

/** A page of somebody signed in, with what the gateway answers there. */
export function page(name: string, role: Role, at: string, known: Record<string, unknown>, then: () => Promise<void> = drawn): State {
  const draw = () => {
    answers(known);
    signedIn(role, at);
    return <StaffPages home={role === 'support' ? 'desk' : 'today'} />;
  };
  return { name, draw, then };
}

const DAY = 24 * 60 * 60_000;
const NOTHING: Connections = { from: NOW - 90 * DAY, to: NOW, visits: { tables: [] }, tests: { tables: [] } };

const WEEK = 7 * DAY;
const line = (name: string | null, good: number, bad: number, causes: [cause: string | null, count: number][] = []) => ({ name, good, bad, causes: causes.map(([cause, count]) => ({ cause, count })) });
const weeks = Array.from({ length: 13 }, (_, week) => line(String(NOW - (13 - week) * WEEK), 40 + 5 * (week % 6), 5 * (1 + (week % 4))));
const CAUSES: [string | null, number][] = [['camera_blocked', 45], ['slow_internet', 30], ['relay_unreachable', 15], [null, 10]];
const COUNTS: Connections = {
  from: NOW - 13 * WEEK,
  to: NOW,
  visits: {
    total: line(null, 640, 95),
    tables: [
      { by: 'week', lines: weeks },
      { by: 'facility', lines: [line('Riverside Clinic', 480, 60), line('Clínica de Medicina Familiar del Valle de San Fernando', 150, 30), line(null, 10, 5)] },
      { by: 'phone', lines: [line('android', 330, 60), line('iphone', 250, 30), line('computer', 60, 5)] },
    ],
  },
  tests: {
    total: line(null, 510, 100, CAUSES),
    tables: [{ by: 'browser', lines: [line('chrome', 300, 50, [['camera_blocked', 30], ['slow_internet', 20]]), line('safari', 190, 35, [['relay_unreachable', 15], ['lossy_internet', 10], [null, 10]]), line('in-app', 20, 15, [['camera_blocked', 15]])] }],
  },
};

export const office: readonly State[] = [
  alone('signing in', { state: 'nobody', ended: false }),
  alone('signed out in the middle', { state: 'nobody', ended: true }),
  alone('sign-in refused', { state: 'nobody', ended: false }, async () => {
    answers({ '/staff/sign-in': 401 });
    await tap('button[type=submit]');
  }),
  alone('asking who it is', { state: 'asking' }),
  alone('gateway out of reach', { state: 'unreachable' }),
  page('settings', 'admin', 'settings', {}),
  page('connections loading', 'admin', 'connections', {}),
  page('connections failed', 'admin', 'connections', { '/connections': 500 }),
  page('connections', 'admin', 'connections', { '/connections': COUNTS }),
  page('connections with the weeks as a table', 'admin', 'connections', { '/connections': COUNTS }, () => tap('.connections-weeks summary')),
  page('connections empty', 'admin', 'connections', { '/connections': NOTHING }),
];
