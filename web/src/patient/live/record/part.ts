// The sheet and the views of the record: fetched once the call is up, so that a weak phone has its visit first and the record at once.
import { signal } from '@preact/signals';
import { fetchPart } from '../../part';

export const record = signal<typeof import('./sheet') | undefined>(undefined);

let asked = false;

export async function fetchRecord(): Promise<void> {
  if (asked) return;
  asked = true;
  record.value = await fetchPart(() => import('./sheet'));
}
