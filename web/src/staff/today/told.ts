// What became of the newest text or mail to somebody, in words: on its way, sent, or that somebody has to call.
import { hasWords, t } from '../../ui/words';
import type { Told } from '../model';
import { ageWords } from '../readiness';

export function toldWords({ channel, state, message, at }: Told, now: number): string {
  const id = `staff-told-${message}`;
  return t(`staff-told-${channel}-${state}`, { what: hasWords(id) ? t(id) : message, ago: ageWords(at, now) });
}
