import { beforeEach, expect, it } from 'vitest';
import type { DeskVisit, Facility } from '../staff/model';
import { speakFromFiles } from '../staff/catalogue.testing';
import { facilityWords } from './facility';

const AT = Date.parse('2026-11-24T19:10Z');
const home = { time_zone: 'America/New_York' } as Facility;
const of = (time_zone: string) => ({ starts_at: AT, facility: { id: 's', name: 'South Clinic', time_zone } }) as DeskVisit;

beforeEach(() => speakFromFiles('en'));

it('a clinic is named with its zone where its clock shows another time than at home', () => {
  expect(facilityWords(of('America/Los_Angeles'), home)).toBe('South Clinic (PST)');
  expect(facilityWords(of('America/Toronto'), home)).toBe('South Clinic');
});
