// Booking a visit, from the first letter of a name to the links: with names as long as names are, and everything that can be missing.
import type { Booked } from '../../staff/model';
import type { State } from '../catalogue';
import { fill, Refusal, tap, there, visitOf } from './facts';
import { page } from './office';

const STAFF = [
  { id: 'clinician', name: 'Dr. Priya Patel', role: 'clinician' },
  { id: 'other', name: 'Dr. Maximiliana von Hohenfels-Castellanos', role: 'clinician' },
];
const LONG = 'María de los Ángeles Santos-Villanueva';
const INTERPRETER = 'Wolfeschlegelsteinhausenbergerdorff Alexandrescu-Montgomery';
const PATIENTS = [
  { id: 'p1', name: LONG, born: '1948-03-12', phone: '555-0142', mail: null, language: 'es', record_id: null },
  { id: 'p2', name: 'Maria Santos', born: '1971-11-30', phone: null, mail: null, language: 'en', record_id: null },
];
const COMPANION = { seat: 'i', role: 'interpreter', name: INTERPRETER, state: 'expected', link_state: 'unopened' } as const;
const VISIT = visitOf('booked', LONG, 90);
const link = (seat: string, role: 'patient' | 'interpreter') => ({ seat, role, url: `https://visits.riverside-clinic.example/j/${seat}k3vq8zt2m4xh7#Qm9va2VkRm9yVGhlQ2F0YWxvZw` });
const BOOKED: Booked = { visit: { ...VISIT, seats: [...VISIT.seats, COMPANION] }, links: [{ ...link('p', 'patient'), told: 'text' }, link('i', 'interpreter')] };

const booking = (name: string, then: () => Promise<unknown>, answer: unknown = BOOKED): State =>
  page(name, 'clinician', 'book', { '/staff?': STAFF, '/patients?q=nobody': [], '/patients?': PATIENTS, '/visits': answer }, async () => void (await then()));

const submit = () => tap('.form-actions button[type=submit]');

async function picks(): Promise<void> {
  await fill('[role=combobox]', 'santos');
  await tap('[role=option]');
}

/** All that one types, with somebody who comes along. */
async function fills(time: string, companion: string): Promise<void> {
  await picks();
  await fill('input[type=time]', time);
  await tap('.companions > .button');
  await there('.companion');
  if (companion) await fill('.companion input[type=text]', companion);
}

async function books(): Promise<void> {
  await fills('16:00', INTERPRETER);
  await submit();
}

export const bookings: readonly State[] = [
  booking('booking', () => there('[role=combobox]')),
  booking('booking finds patients', async () => (await fill('[role=combobox]', 'santos'), there('[role=option]'))),
  booking('booking finds nobody', async () => (await fill('[role=combobox]', 'nobody of this name'), there('.picker .field-hint'))),
  booking('booking with everything missing', async () => (await submit(), there('[aria-invalid=true]'))),
  booking('booking for a new patient', async () => (await tap('.picker-line .button'), tap('.sub-form .button-main, .sub-form .button.main'))),
  booking('booking filled', () => fills('16:00', INTERPRETER)),
  booking('booking with a time that is over and no name', async () => (await fills('09:00', ''), submit())),
  booking('booking of a taken time', async () => (await books(), there('[aria-invalid=true]')), new Refusal(409, 'slot_taken')),
  booking('booked', async () => (await books(), there('.link-card, .notice'))),
];
