// The prepared item as the patient's page will draw it.
import type { Prepared } from './record';

export function SnippetPreview({ prepared }: { prepared: Prepared }) {
  return <pre>{JSON.stringify(prepared.body, null, 1)}</pre>;
}
