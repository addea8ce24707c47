import { describe, expect, it } from 'vitest';
import { checkWhen } from './when';

const NEW_YORK = 'America/New_York';
const NOW = Date.parse('2026-10-20T12:00Z');

describe('a chosen start', () => {
  it('is sent as it stands on the clinic’s wall', () => {
    expect(checkWhen({ date: '2026-11-24', time: '14:30' }, NEW_YORK, NOW)).toEqual({
      state: 'right',
      startsAt: '2026-11-24T14:30',
      at: Date.parse('2026-11-24T19:30Z'),
    });
  });

  it('is refused in the hour that the clock skips', () => {
    expect(checkWhen({ date: '2027-03-14', time: '02:30' }, NEW_YORK, NOW).state).toBe('impossible');
  });

  it('asks which one is meant when the hour comes twice, and sends its offset', () => {
    const twice = { date: '2026-11-01', time: '01:30' };
    expect(checkWhen(twice, NEW_YORK, NOW).state).toBe('ambiguous');
    expect(checkWhen({ ...twice, offset: '-05:00' }, NEW_YORK, NOW)).toMatchObject({ state: 'right', startsAt: '2026-11-01T01:30-05:00' });
  });

  it('is refused in the past, and incomplete until both are there', () => {
    expect(checkWhen({ date: '2026-10-20', time: '07:59' }, NEW_YORK, NOW).state).toBe('past');
    expect(checkWhen({ date: '2026-10-20', time: '' }, NEW_YORK, NOW).state).toBe('incomplete');
  });
});
