// The clinician's day, its details and its questions.
import { drawn, type State } from '../catalogue';
import type { ShownItem, Timeline } from '../../staff/model';
import { answers, DAY, NOW, tap, there } from './facts';
import { page } from './office';

const day = (visits: readonly unknown[]) => ({ '/visits?': { date: '2026-03-10', now: NOW, visits } });
const FULL = day(DAY);

const at = (minutes: number) => NOW - (60 - minutes) * 60_000;
const TIMELINE: Timeline = {
  people: [
    { seat: 's-done', role: 'patient', name: 'Walter Finch' },
    { seat: 'c', role: 'clinician', name: 'Dr. Priya Patel' },
    { seat: 'i', role: 'interpreter', name: 'María de los Ángeles Santos' },
  ],
  steps: [
    { at: at(-26 * 60), kind: 'told', what: 'booked', seat: 's-done', detail: 'text' },
    { at: at(-12), kind: 'verdict', what: 'low_video', seat: 's-done', detail: 'slow_internet' },
    { at: at(-4), kind: 'join', what: 'seat.checked_in', seat: 's-done' },
    { at: at(1), kind: 'join', what: 'seat.admitted', seat: 's-done' },
    { at: at(2), kind: 'join', what: 'seat.admitted', seat: 'i' },
    { at: at(6), kind: 'call', what: 'stall', seat: 's-done' },
    { at: at(7), kind: 'call', what: 'path_back', seat: 's-done' },
    { at: at(9), kind: 'call', what: 'picture_paused', seat: 's-done' },
    { at: at(12), kind: 'call', what: 'phone_continued', seat: 'c' },
  ],
  paths: [
    {
      between: ['c', 's-done'],
      points: [
        { at: at(1), level: 'good', points: 92 },
        { at: at(5), level: 'fair', points: 58, cause: 'delay', side: 's-done', round_trip_ms: 410, loss_permille: 4 },
        { at: at(6), level: 'lost', points: 0 },
        { at: at(7), level: 'weak', points: 22, cause: 'loss', side: 's-done', round_trip_ms: 180, loss_permille: 140 },
        { at: at(11), level: 'good', points: 81 },
      ],
    },
  ],
};
const to = (name: string, role: string, change = {}) => ({ seat: name, name, role, shown_at: at(4), seen_at: at(4), ...change });
const SHOWN: ShownItem[] = [
  { snippet: 'a', kind: 'lab_trend', from: at(4), until: at(8), keep: true, people: [to('Walter Finch', 'patient', { kept_at: at(5) }), to('María de los Ángeles Santos', 'interpreter', { seen_at: null, gone_at: at(5) })] },
  { snippet: 'b', kind: 'image', from: at(9), until: null, keep: false, people: [to('Walter Finch', 'patient')] },
];
const AFTERWARDS = { ...FULL, '/visits/done/timeline': TIMELINE, '/visits/done/shown': SHOWN, '/visits/done/audit': [] };

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
  page('today with how a visit went', 'clinician', 'today', AFTERWARDS, async () => (await tap('.row .row-name'), void (await there('.timeline')))),
  page('today with how a visit went in words', 'clinician', 'today', AFTERWARDS, async () => (await tap('.row .row-name'), tap('.timeline summary'))),
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
