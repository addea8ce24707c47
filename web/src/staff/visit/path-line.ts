// What the gateway says of the path to another person, as the clinician reads it: the same word as the patient's, and what to say about it.
import type { PathCause, PathQuality, SeatId } from '../../generated/signaling';
import { t } from '../../ui/words';
import { adviceWords, shortName } from './advice';
import type { PersonLine } from './connection';

/** Nothing where all is well; a path that is lost is for the page to say, which knows first. */
export function pathLine(path: PathQuality | undefined, me: SeatId, name: string, call = ''): PersonLine | undefined {
  if (!path?.trouble || path.level === 'good' || path.level === 'lost') return undefined;
  const { cause, side } = path.trouble;
  const isOwnEnd = side === me;
  const advice = adviceWords(cause, isOwnEnd, name);
  if (path.level === 'fair') return { tone: 'plain', icon: 'signalLow', words: t('staff-conn-fair'), ...(cause === 'delay' ? { advice } : {}) };
  return { tone: 'warn', icon: ICONS[cause] ?? 'signalLow', words: weakWords(cause, isOwnEnd, name), advice: `${advice} ${isOwnEnd ? '' : call}`.trim() };
}

const ICONS: Partial<Record<PathCause, PersonLine['icon']>> = { sound: 'microphoneOff', picture: 'cameraOff' };

function weakWords(cause: PathCause, isOwnEnd: boolean, name: string): string {
  if (cause === 'sound') return t(isOwnEnd ? 'staff-conn-not-heard' : 'staff-conn-no-sound', { name: shortName(name) });
  if (cause === 'picture') return t('staff-conn-picture-slow');
  return t(isOwnEnd ? 'staff-conn-weak-own' : 'staff-conn-weak');
}
