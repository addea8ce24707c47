import { expect, it } from 'vitest';
import type { Role } from '../../generated/signaling';
import { isPolite, type Party } from './politeness';

const ROLES: readonly Role[] = ['patient', 'caregiver', 'interpreter', 'support', 'clinician'];
const everybody: readonly Party[] = ROLES.flatMap((role) => ['a', 'b'].map((name) => ({ role, seat: `${role}-${name}` })));

it('makes exactly one side of every pair polite, whoever asks', () => {
  for (const own of everybody) {
    for (const other of everybody) {
      if (own !== other) expect(isPolite(own, other), `${own.seat} and ${other.seat}`).toBe(!isPolite(other, own));
    }
  }
});

it('lets the patient yield to everybody and the clinician to nobody', () => {
  const [patient, caregiver, interpreter, , clinician] = ROLES.map((role) => ({ role, seat: role })) as [Party, Party, Party, Party, Party];
  for (const other of [caregiver, interpreter, clinician]) expect(isPolite(patient, other)).toBe(true);
  for (const other of [patient, caregiver, interpreter]) expect(isPolite(clinician, other)).toBe(false);
});
