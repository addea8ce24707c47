// The readiness of a visit's patient in words: the mode, how old the check is, and what stood in the way.
import { hasWords, t } from '../ui/words';
import { age } from '../ui/time';
import type { Look } from '../ui/pill';
import type { Device, Mode, Readiness } from './model';

const LOOKS: Record<Mode, Look> = {
  video: { tone: 'good', icon: 'camera' },
  low_video: { tone: 'warn', icon: 'signalLow' },
  sound_only: { tone: 'warn', icon: 'microphone' },
  phone: { tone: 'bad', icon: 'phone' },
  not_checked: { tone: 'plain', icon: 'unknown' },
};

/** After this a check says little about the coming visit. */
const OLD_MS = 24 * 60 * 60_000;

export function readinessLook(readiness: Readiness, now: number): Look {
  const look = LOOKS[readiness.mode];
  const foreign = !ownVerdict(readiness, now);
  return foreign && look.tone === 'good' ? { ...look, tone: 'plain' } : look;
}

/** A check of another phone, or of another day, says nothing about the phone that comes. */
export function ownVerdict(readiness: Readiness, now: number): Readiness | undefined {
  return isOld(readiness, now) || readiness.another_phone === true ? undefined : readiness;
}

function isOld(readiness: Readiness, now: number): boolean {
  return readiness.at != null && now - readiness.at > OLD_MS;
}

/** "Sound only, camera blocked, 12 min ago, another phone since" */
export function readinessWords(readiness: Readiness, now: number): string {
  const mode = t(`staff-mode-${dashed(readiness.mode)}`);
  if (readiness.mode === 'not_checked') return mode;
  const cause = readiness.cause ? causeWords(readiness.cause) : undefined;
  const another = readiness.another_phone ? t('staff-another-phone') : undefined;
  const old = isOld(readiness, now) ? t('staff-check-old') : undefined;
  const technician = readiness.by === 'technician' ? t('staff-by-technician') : undefined;
  return [mode, cause, technician, readiness.at != null ? ageWords(readiness.at, now) : undefined, old, another].filter(Boolean).join(', ');
}

/** A cause the catalogue does not know yet is still named as something to ask about. */
export function causeWords(cause: string): string {
  const id = `staff-cause-${dashed(cause)}`;
  return hasWords(id) ? t(id) : t('staff-cause-other');
}

export function ageWords(at: number, now: number): string {
  const { unit, n } = age(at, now);
  return unit === 'now' ? t('staff-ago-now') : t(`staff-ago-${unit}`, { n });
}

export function deviceWords(device: Device | null | undefined): string | undefined {
  if (!device) return undefined;
  return [device.system, device.browser].filter(Boolean).join(', ') || undefined;
}

function dashed(word: string): string {
  return word.replaceAll('_', '-');
}
