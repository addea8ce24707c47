import { afterEach, describe, expect, it } from 'vitest';
import en from '../../../../locales/en/patient.ftl?raw';
import es from '../../../../locales/es/patient.ftl?raw';
import type { Person, Role } from '../../../generated/signaling';
import { speak, Voice } from '../../../ui/words';
import { whoSees } from './audience';
import { day, number, reader } from './words';

const person = (seat: string, name: string, role: Role): Person => ({
  seat,
  name,
  role,
  presence: 'here',
  media: { camera: true, microphone: true, connection: 'good' },
});

const people = [person('d', 'Dr. Lee', 'clinician'), person('p', 'Ana Ruiz', 'patient'), person('i', 'Rosa Ruiz', 'interpreter')];

// `speak` names the page's language where there is a page.
Object.assign(globalThis, { document: { documentElement: {} } });
speak('en', [en]);
afterEach(() => void (reader.value = undefined));

describe('who can see a part of the record', () => {
  it('is said by name and role, to each in their place', () => {
    expect(whoSees(people, ['p'], 'p')).toBe('Only you and Dr. Lee (clinician) can see this.');
    expect(whoSees(people, ['p', 'i'], 'p')).toBe('Who can see this: you, Dr. Lee (clinician), and Rosa Ruiz (interpreter).');
    expect(whoSees(people, ['p', 'i'], 'i')).toBe('Who can see this: you, Dr. Lee (clinician), and Ana Ruiz (patient).');
  });

  it('names nobody who is in the visit and not chosen', () => {
    expect(whoSees(people, ['p'], 'p')).not.toContain('Rosa');
  });
});

describe("a clinician's preview", () => {
  it("speaks the patient's language on a page that speaks another", () => {
    reader.value = new Voice('es', [es]);
    expect(whoSees(people, ['p'], 'p')).toBe('Solo usted y Dr. Lee (médico) pueden ver esto.');
    expect(day('2026-10-13')).toBe('13 de octubre de 2026');
    expect(number(1234.5)).toBe('1,234.5');
  });
});
