// The clinician's day, its details and its questions.
import { drawn, type State } from '../catalogue';
import { answers, DAY, NOW, tap } from './facts';
import { page } from './office';

const day = (visits: readonly unknown[]) => ({ '/visits?': { date: '2026-03-10', now: NOW, visits } });
const FULL = day(DAY);

/** The menu of the visit that waits, and one of its lines. */
const choose = (line: number) => async () => {
  await tap('.row-waiting .row-actions [aria-haspopup]');
  if (line > 0) await tap(`[role=menu] [role=menuitem]:nth-of-type(${line})`);
};

export const today: readonly State[] = [
  page('today', 'clinician', 'today', FULL),
  page('today for an administrator', 'admin', 'today', { ...FULL, '/staff?': [] }),
  page('today empty', 'clinician', 'today', day([])),
  page('today loading', 'clinician', 'today', {}),
  page('today failed', 'clinician', 'today', { '/visits?': 500 }),
  page('today with the menu', 'clinician', 'today', FULL, choose(0)),
  page('today with a visit open', 'clinician', 'today', { ...FULL, '/visits/waits/shown': [] }, () => tap('.row-waiting .row-name')),
  page('today lets somebody in', 'clinician', 'today', FULL, () => tap('.row:nth-child(7) .button')),
  page('visit loading', 'clinician', 'visit/waits', {}),
  page('visit not found', 'clinician', 'visit/waits', { '/visits/waits': 404 }),
  { ...page('today out of date', 'clinician', 'today', FULL), then: async () => {
    await drawn();
    answers({ '/visits?': 500 });
    document.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve, 250));
  } },
];
