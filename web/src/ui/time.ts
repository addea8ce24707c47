// Times as the clinic reads them: always in the facility's zone, never the computer's.
// Wall times are "YYYY-MM-DDTHH:MM"; instants are UTC milliseconds.

import type { Language } from './words';

const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function format(at: number, zone: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, ...options }).format(at);
}

/** "2:30 PM" */
export function clockTime(at: number, zone: string, language: Language): string {
  return format(at, zone, language, { hour: 'numeric', minute: '2-digit' });
}

/** "Tuesday, November 24" */
export function dayWords(at: number, zone: string, language: Language): string {
  return format(at, zone, language, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** "Tue, Nov 24" */
export function shortDay(at: number, zone: string, language: Language): string {
  return format(at, zone, language, { weekday: 'short', month: 'short', day: 'numeric' });
}

/** "EST" or "GMT-5": which of two equal clock times is meant on the night the clock goes back. */
export function zoneWords(at: number, zone: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** A calendar date such as a date of birth, "March 4, 1962"; the same day everywhere on earth. */
export function dateWords(date: string, language: Language): string {
  return format(Date.parse(`${date}T00:00Z`), 'UTC', language, { year: 'numeric', month: 'long', day: 'numeric' });
}

/** The wall time of an instant in a zone. */
export function wallTime(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The date on the facility's wall now. */
export function dateIn(zone: string, at: number): string {
  return wallTime(at, zone).slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The middle of a date, for naming the day. */
export function noon(date: string): number {
  return Date.parse(`${date}T12:00Z`);
}

export interface Reading {
  at: number;
  /** "-05:00" */
  offset: string;
}

/** Which instants a wall time can mean: none in the hour that is left out, two in the hour that comes twice. */
export function readings(wall: string, zone: string): Reading[] {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return [];
  const offsets = new Set([offsetAt(asUtc - DAY, zone), offsetAt(asUtc + DAY, zone)]);
  return [...offsets]
    .map((minutes) => ({ at: asUtc - minutes * MINUTE, offset: offsetWords(minutes) }))
    .filter((reading) => wallTime(reading.at, zone) === wall)
    .sort((a, b) => a.at - b.at);
}

function offsetAt(at: number, zone: string): number {
  return Math.round((Date.parse(`${wallTime(at, zone)}Z`) - Math.floor(at / MINUTE) * MINUTE) / MINUTE);
}

function offsetWords(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export interface Age {
  unit: 'now' | 'minutes' | 'hours' | 'days';
  n: number;
}

/** How long ago, in the largest unit that a person would say. */
export function age(at: number, now: number): Age {
  const minutes = Math.max(0, Math.floor((now - at) / MINUTE));
  if (minutes < 1) return { unit: 'now', n: 0 };
  if (minutes < 60) return { unit: 'minutes', n: minutes };
  if (minutes < 48 * 60) return { unit: 'hours', n: Math.floor(minutes / 60) };
  return { unit: 'days', n: Math.floor(minutes / (24 * 60)) };
}
