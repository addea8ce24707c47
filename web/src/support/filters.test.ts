import { describe, expect, it } from 'vitest';
import type { DeskVisit } from '../staff/model';
import { counts, fits, inFacility, servedFacility, within } from './filters';

const NORTH = { id: 'n', name: 'North Clinic', time_zone: 'America/New_York' };
const SOUTH = { id: 's', name: 'South Clinic', time_zone: 'America/Los_Angeles' };

const visit = (over: Partial<DeskVisit>): DeskVisit => ({
  id: 'v',
  facility: NORTH,
  starts_at: 1_000_000,
  language: 'en',
  patient_name: 'Ana Ruiz',
  arrival: 'not_arrived',
  readiness: { mode: 'not_checked' },
  tests: 0,
  state: 'new',
  ...over,
});
const held = (by: string, state: 'claimed' | 'done') =>
  visit({ state: 'needs_help', help: { state, asked_by: 'patient', asked_at: 1, holder: { id: by, name: by, at_desk: true } } });

describe('the desk', () => {
  it('shows by state and by who has it', () => {
    const all = [visit({}), held('sam', 'claimed'), held('tess', 'claimed'), held('sam', 'done')];
    expect(counts(all, 'sam')).toMatchObject({ all: 4, mine: 1, new: 1, needs_help: 3, passed: 0 });
    expect(all.filter((one) => fits(one, 'mine', 'sam'))).toEqual([all[1]]);
  });

  it('shows one of the clinics that are served, and forgets one that is not served any more', () => {
    const all = [visit({}), visit({ id: 'w', facility: SOUTH })];
    expect(all.filter((one) => inFacility(one, 's'))).toEqual([all[1]]);
    expect(all.filter((one) => inFacility(one, 'all'))).toEqual(all);
    expect(servedFacility('s', [NORTH, SOUTH])).toBe('s');
    expect(servedFacility('s', [NORTH])).toBe('all');
  });

  it('shows what comes within the hour, or before the clinic closes its day', () => {
    const now = 0;
    const hour = 60 * 60_000;
    expect(within(visit({ starts_at: hour - 1 }), 'hour', now, 9 * hour)).toBe(true);
    expect(within(visit({ starts_at: hour }), 'hour', now, 9 * hour)).toBe(false);
    expect(within(visit({ starts_at: 8 * hour }), 'today', now, 9 * hour)).toBe(true);
    expect(within(visit({ starts_at: 9 * hour }), 'today', now, 9 * hour)).toBe(false);
    expect(within(visit({ starts_at: 99 * hour }), 'any', now, 9 * hour)).toBe(true);
  });
});
