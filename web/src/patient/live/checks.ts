// The checks' own code, fetched when somebody is about to be checked: who is through with them and comes back does without.
import { signal } from '@preact/signals';
import { fetchPart } from '../part';

type Checks = typeof import('./checking');

export const checks = signal<Checks | undefined>(undefined);

let coming: Promise<Checks> | undefined;

export function fetchChecks(): Promise<Checks> {
  coming ??= fetchPart(() => import('./checking')).then((come) => (checks.value = come));
  return coming;
}
