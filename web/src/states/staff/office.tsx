// Signing in, booking, settings, and how many visits connect.
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

const STAFF = [{ id: 'clinician', name: 'Dr. Priya Patel', role: 'clinician' }];
const DAY = 24 * 60 * 60_000;
const NOTHING: Connections = { from: NOW - 90 * DAY, to: NOW, visits: { tables: [] }, tests: { tables: [] } };

export const office: readonly State[] = [
  alone('signing in', { state: 'nobody', ended: false }),
  alone('signed out in the middle', { state: 'nobody', ended: true }),
  alone('sign-in refused', { state: 'nobody', ended: false }, async () => {
    answers({ '/staff/sign-in': 401 });
    await tap('button[type=submit]');
  }),
  alone('asking who it is', { state: 'asking' }),
  alone('gateway out of reach', { state: 'unreachable' }),
  page('booking', 'clinician', 'book', { '/staff?': STAFF }),
  page('settings', 'admin', 'settings', {}),
  page('connections loading', 'admin', 'connections', {}),
  page('connections failed', 'admin', 'connections', { '/connections': 500 }),
  page('connections empty', 'admin', 'connections', { '/connections': NOTHING }),
];
