import { describe, expect, it } from 'vitest';
import { addDays, age, clockTime, dateIn, dateWords, readings, wallTime, zoneWords } from './time';

const NEW_YORK = 'America/New_York';
/** The clock goes back in New York on 2026-11-01 at 2:00 and forward on 2027-03-14 at 2:00. */
const FIRST_HALF_PAST_ONE = Date.parse('2026-11-01T05:30Z');
const SECOND_HALF_PAST_ONE = Date.parse('2026-11-01T06:30Z');

/** Intl puts a narrow space before PM. */
const plain = (words: string) => words.replace(/\s/g, ' ');

describe('the facility’s time', () => {
  it('shows both hours of the night the clock goes back, told apart by the zone', () => {
    expect(plain(clockTime(FIRST_HALF_PAST_ONE, NEW_YORK, 'en'))).toBe('1:30 AM');
    expect(plain(clockTime(SECOND_HALF_PAST_ONE, NEW_YORK, 'en'))).toBe('1:30 AM');
    expect(zoneWords(FIRST_HALF_PAST_ONE, NEW_YORK, 'en')).toBe('EDT');
    expect(zoneWords(SECOND_HALF_PAST_ONE, NEW_YORK, 'en')).toBe('EST');
  });

  it('reads a wall time that comes twice as two instants, the earlier first', () => {
    expect(readings('2026-11-01T01:30', NEW_YORK)).toEqual([
      { at: FIRST_HALF_PAST_ONE, offset: '-04:00' },
      { at: SECOND_HALF_PAST_ONE, offset: '-05:00' },
    ]);
  });

  it('finds no instant in the hour that is left out', () => {
    expect(readings('2027-03-14T02:30', NEW_YORK)).toEqual([]);
    expect(readings('2027-03-14T03:00', NEW_YORK)).toHaveLength(1);
    expect(readings('2027-03-14T01:59', NEW_YORK)).toHaveLength(1);
  });

  it('knows zones of half hours and zones without a change', () => {
    expect(readings('2026-11-24T14:30', 'Asia/Kolkata')).toEqual([{ at: Date.parse('2026-11-24T09:00Z'), offset: '+05:30' }]);
    expect(readings('2026-11-24T14:30', 'America/Phoenix')).toEqual([{ at: Date.parse('2026-11-24T21:30Z'), offset: '-07:00' }]);
  });

  it('takes the day from the facility’s wall, not from the computer', () => {
    expect(dateIn(NEW_YORK, Date.parse('2026-11-22T02:30Z'))).toBe('2026-11-21');
    expect(wallTime(Date.parse('2026-11-22T05:00Z'), NEW_YORK)).toBe('2026-11-22T00:00');
  });

  it('names a date of birth the same in every zone', () => {
    expect(dateWords('1962-03-04', 'en')).toBe('March 4, 1962');
    expect(dateWords('1962-03-04', 'es')).toBe('4 de marzo de 1962');
  });

  it('steps over a month and a year', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });
});

describe('an age', () => {
  it.each([
    [30, 'now', 0],
    [60, 'minutes', 1],
    [59 * 60, 'minutes', 59],
    [60 * 60, 'hours', 1],
    [47 * 3600, 'hours', 47],
    [49 * 3600, 'days', 2],
  ])('of %i s is said in %s', (seconds, unit, n) => {
    expect(age(0, seconds * 1000)).toEqual({ unit, n });
  });

  it('is never negative when clocks differ', () => {
    expect(age(10_000, 0)).toEqual({ unit: 'now', n: 0 });
  });
});
