import { describe, expect, it } from 'vitest';
import { Mending } from './mending';
import { isPolite } from './politeness';

function remedies(mending: Mending, seconds: number) {
  const found: string[] = [];
  for (let s = 0; s <= seconds; s++) {
    const remedy = mending.broken(s * 1000);
    if (remedy) found.push(`${s}s ${remedy}`);
  }
  return found;
}

describe('Mending', () => {
  it('restarts at once, again, and then builds anew', () => {
    expect(remedies(new Mending(false), 18)).toEqual(['0s restart', '4s restart', '9s rebuild', '17s rebuild']);
  });

  it('leaves the first move to the other end when polite', () => {
    expect(remedies(new Mending(true), 6)).toEqual(['1s restart', '5s restart']);
  });

  it('does not begin again what the other end has just begun, before or after it is found broken here', () => {
    const before = new Mending(true);
    before.begunThere(-400);
    expect(remedies(before, 6)).toEqual(['5s restart']);
    const after = new Mending(true);
    after.broken(0);
    after.begunThere(300);
    expect(remedies(after, 3)).toEqual([]);
    after.begunThere(3_800);
    expect(remedies(after, 12), 'nor its second and third try').toEqual(['10s rebuild']);
    const longAgo = new Mending(false);
    longAgo.begunThere(-20_000);
    expect(remedies(longAgo, 2)).toEqual(['0s restart']);
  });

  it('begins again after the path was well', () => {
    const mending = new Mending(false);
    remedies(mending, 6);
    mending.well();
    expect(mending.brokenFor(9_000)).toBe(0);
    expect(mending.broken(10_000)).toBe('restart');
  });
});

describe('isPolite', () => {
  it('is the patient, whoever the other is', () => {
    const patient = { role: 'patient', seat: 'a' } as const;
    const clinician = { role: 'clinician', seat: 'b' } as const;
    expect(isPolite(patient, clinician)).toBe(true);
    expect(isPolite(clinician, patient)).toBe(false);
  });
});
