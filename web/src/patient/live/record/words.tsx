// What the views of the record say alike: numbers, days, units, ranges, and where a value stands.
import type { Flag, Reference } from '../../../core/records/content';
import { signal } from '@preact/signals';
import { createContext } from 'preact';
import { t as pageSays, language as pageLanguage, voice as pageVoice, type Language, type Voice } from '../../../ui/words';
import { recordDate } from '../../time';

/** Whose words the record is drawn in, where not the page's own: a clinician's preview is what the patient will read. */
export const reader = signal<Voice | undefined>(undefined);

export const t: typeof pageSays = (id, values) => (reader.value ?? pageVoice.value)?.say(id, values) ?? id;

export const language = (): Language => reader.value?.language ?? pageLanguage.value;

/** Everything at once, chart and table, without buttons: for a page that is printed. */
export const Whole = createContext(false);

export const meaning = (flag: Flag) => t(`record-${flag}`);

export const day = (at: string, month: 'long' | 'short' = 'long') => recordDate(at, language(), month);

/** As the person's language writes it. */
export function number(value: number): string {
  return new Intl.NumberFormat(language() === 'es' ? 'es-US' : 'en-US', { maximumFractionDigits: 2 }).format(value);
}

/** The newest value, large, with its unit and a word for where it stands. */
export function Newest({ label, value, unit, flag }: { label: string; value: string; unit: string; flag: Flag | null }) {
  return (
    <p class="newest" data-point="newest">
      <span class="small">{label}</span>
      <span class="value">
        <strong>{value}</strong> {unit}
      </span>
      {flag && <span class={`flag ${flag}`}>{meaning(flag)}</span>}
    </p>
  );
}

export function UnitWords({ unit, words }: { unit: string; words: string | undefined }) {
  if (!words || !unit || unit === '%') return null;
  return <p class="small">{t('record-unit', { unit, words })}</p>;
}

export function Range({ reference, unit }: { reference: Reference; unit: string }) {
  const words = rangeWords(reference, unit);
  if (!words) return null;
  return (
    <p class="range" data-point="range">
      <span class="band" aria-hidden="true" />
      {t('record-normal-range')}: {words}
    </p>
  );
}

export function rangeWords({ low, high, words }: Reference, unit: string): string | undefined {
  if (low !== undefined && high !== undefined) return t('record-range-between', { low: number(low), high: number(high), unit });
  if (high !== undefined) return t('record-range-below', { high: number(high), unit });
  if (low !== undefined) return t('record-range-above', { low: number(low), unit });
  return words;
}
