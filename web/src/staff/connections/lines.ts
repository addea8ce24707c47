// A line of the organisation's tables: its share and its name in words.
import { hasWords, language, t } from '../../ui/words';
import { shortDay } from '../../ui/time';
import type { Connections } from '../model';
import { causeWords } from '../readiness';

export type Part = Connections['visits'];
export type Table = Part['tables'][number];
export type Line = Table['lines'][number];
export type What = 'visits' | 'tests';

/** In whole percent, of counts that are rounded already. */
export function share({ good, bad }: Pick<Line, 'good' | 'bad'>): number {
  return good + bad === 0 ? 0 : Math.round((100 * good) / (good + bad));
}

export function lineName(by: Table['by'], name: string | null | undefined, zone: string): string {
  if (name == null) return t('staff-connections-together');
  if (by === 'week') return shortDay(Number(name), zone, language.value);
  const id = `staff-connections-${by}-${name}`;
  return hasWords(id) ? t(id) : name;
}

/** "camera blocked (15), slow internet (10)" */
export function causesWords(causes: Line['causes']): string {
  return (causes ?? []).map(({ cause, count }) => t('staff-connections-cause-count', { cause: causeName(cause), n: count })).join(', ');
}

export function causeName(cause: string | null | undefined): string {
  return cause == null ? t('staff-connections-rare') : causeWords(cause);
}
