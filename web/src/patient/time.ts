// Times as a person says them, in the phone's own zone.
import { t, type Language } from '../ui/words';

const TAG: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

/** By hand: the first formatter of a page takes a slow phone a tenth of a second, just when it draws its first screen. */
export function clockTime(at: number): string {
  const when = new Date(at);
  const [hour, minute] = [when.getHours(), String(when.getMinutes()).padStart(2, '0')];
  const text = t(hour < 12 ? 'time-am' : 'time-pm', { time: `${((hour + 11) % 12) + 1}:${minute}` });
  // The space must not break the line.
  return text.replaceAll(' ', '\u00a0');
}

export function dayName(at: number, language: Language): string {
  return new Intl.DateTimeFormat(TAG[language], { weekday: 'long', month: 'long', day: 'numeric' }).format(at);
}

export function dayWithYear(at: number, language: Language): string {
  return new Intl.DateTimeFormat(TAG[language], { year: 'numeric', month: 'long', day: 'numeric' }).format(at);
}

/** A record's date, "2026-01-31", which has no zone. */
export function recordDate(text: string, language: Language, month: 'long' | 'short' = 'long'): string {
  const [year, monthOfYear, day] = text.split('-').map(Number);
  if (!year) return text;
  const shape: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' };
  if (monthOfYear) shape.month = month;
  if (day) shape.day = 'numeric';
  return new Intl.DateTimeFormat(TAG[language], shape).format(Date.UTC(year, (monthOfYear ?? 1) - 1, day ?? 1));
}

export type Nearness = 'today' | 'tomorrow' | 'day';

export function nearness(at: number, now: number): Nearness {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const days = Math.floor((new Date(at).setHours(12) - midnight.getTime()) / 86_400_000);
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : 'day';
}

/** "3 h 20 min", "12 minutes", "40 seconds": as exact as a person wants it. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t('left-days', { days: Math.round(hours / 24) });
  if (minutes > 60) return t('left-hours', { hours, minutes: minutes % 60 });
  return seconds > 90 ? t('left-minutes', { minutes }) : t('left-seconds', { seconds });
}
