import { describe, expect, it } from 'vitest';
import { Mending } from './mending';
import { UplinkGuard } from './uplink';
import { originOf } from './sdp';
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
    expect(remedies(new Mending(true), 6)).toEqual(['2s restart', '6s restart']);
  });

  it('begins again after the path was well', () => {
    const mending = new Mending(false);
    remedies(mending, 6);
    mending.well();
    expect(mending.brokenFor(9_000)).toBe(0);
    expect(mending.broken(10_000)).toBe('restart');
  });
});

describe('UplinkGuard', () => {
  it('pauses the picture after five bad seconds and tries again later', () => {
    const guard = new UplinkGuard();
    for (let s = 0; s < 5; s++) expect(guard.judge({ at: s * 1000, available: 60_000 })).toBe(false);
    expect(guard.judge({ at: 5_000, available: 60_000 })).toBe(true);
    expect(guard.judge({ at: 24_000, available: 60_000 })).toBe(true);
    expect(guard.judge({ at: 25_000, available: 60_000 })).toBe(false);
  });

  it('leaves a good uplink alone', () => {
    const guard = new UplinkGuard();
    for (let s = 0; s < 30; s++) expect(guard.judge({ at: s * 1000, available: 700_000, loss: 0.01 })).toBe(false);
  });
});

describe('originOf', () => {
  it('names the connection that a description comes from', () => {
    expect(originOf('v=0\r\no=- 4611733054762223410 2 IN IP4 127.0.0.1\r\ns=-\r\n')).toBe('4611733054762223410');
    expect(originOf(undefined)).toBeUndefined();
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
