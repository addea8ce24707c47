import { beforeEach, expect, it } from 'vitest';
import { speakFromFiles } from './catalogue.testing';
import { companionPill, companionsOf, nameAndRole, nameIsRight } from './companions';
import type { SeatLine, Visit } from './model';

const NOW = Date.parse('2026-11-24T14:30Z');
const seat = (part: Partial<SeatLine>): SeatLine => ({ seat: 's', role: 'interpreter', name: 'Rosa Ruiz', link_state: 'unopened', state: 'expected', ...part });

beforeEach(() => speakFromFiles('en'));

it('lists who comes with the patient, and nobody who was removed', () => {
  const seats = [seat({ role: 'patient' }), seat({ seat: 'i' }), seat({ seat: 'x', state: 'removed' }), seat({ seat: 'c', role: 'caregiver' })];
  expect(companionsOf({ seats } as Visit).map((one) => one.seat)).toEqual(['i', 'c']);
});

it('says where each is in the words of the patient', () => {
  const visit = { state: 'booked' } as Visit;
  expect(companionPill(visit, seat({ arrival: 'waiting', waiting_since: NOW - 125_000 }), NOW).words).toBe('Waiting 2 min');
  expect(companionPill(visit, seat({}), NOW).words).toBe('Not arrived');
  expect(nameAndRole(seat({}))).toBe('Rosa Ruiz, interpreter');
});

it('wants a name', () => {
  expect(nameIsRight({ role: 'caregiver', name: '  ' })).toBe(false);
  expect(nameIsRight({ role: 'caregiver', name: 'Ana' })).toBe(true);
  expect(nameIsRight({ role: 'caregiver', name: 'a'.repeat(121) })).toBe(false);
});
