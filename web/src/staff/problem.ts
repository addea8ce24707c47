// A refusal in words: what happened and what to do, with the gateway's stable word kept small below it.
import { ApiError } from '../core/api';
import { hasWords, t } from '../ui/words';

export function problemWords(error: unknown): string {
  if (!(error instanceof ApiError)) return t('staff-problem-other');
  if (error.code === 'too_many_tries') return tooMany(error.retryAfterS);
  const id = `staff-problem-${error.code.replaceAll('_', '-')}`;
  return hasWords(id) ? t(id) : t('staff-problem-other');
}

function tooMany(seconds: number | undefined): string {
  if (seconds === undefined) return t('staff-problem-too-many-tries');
  return t('staff-problem-too-many-tries-wait', { minutes: Math.ceil(seconds / 60) });
}
