// Date, time and length of a visit, in the facility's zone, with the two nights a year when the clock changes.
import { RadioField, SelectField, TextField } from '../../ui/field';
import { clockTime, dateIn, dayWords, readings, zoneWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import { now } from '../session';
import { checkWhen, type When } from './when';

export const LENGTHS = [10, 15, 20, 30, 45, 60];

interface WhenFieldsProps {
  when: When;
  length: number;
  zone: string;
  /** Whether to speak of what is missing. */
  strict: boolean;
  /** The gateway's refusal of this time, in words. */
  refused?: string | undefined;
  onWhen: (when: When) => void;
  onLength: (minutes: number) => void;
}

export function WhenFields({ when, length, zone, strict, refused, onWhen, onLength }: WhenFieldsProps) {
  const checked = checkWhen(when, zone, now.value);
  const twice = when.date && when.time ? readings(`${when.date}T${when.time}`, zone) : [];
  const dateError = strict && !when.date ? t('staff-date-missing') : undefined;
  return (
    <>
      <div class="field-line">
        <TextField
          label={t('staff-date')}
          type="date"
          value={when.date}
          min={dateIn(zone, now.value)}
          error={dateError}
          onInput={(date) => onWhen({ date, time: when.time })}
        />
        <TextField
          label={t('staff-time')}
          type="time"
          value={when.time}
          error={timeError()}
          onInput={(time) => onWhen({ date: when.date, time: time.slice(0, 5) })}
        />
        <SelectField
          label={t('staff-length')}
          value={String(length)}
          onInput={(minutes) => onLength(Number(minutes))}
          choices={LENGTHS.map((minutes) => ({ value: String(minutes), words: t('staff-minutes', { n: minutes }) }))}
        />
      </div>
      {twice.length === 2 && (
        <RadioField
          label={t('staff-which-time')}
          value={when.offset ?? ''}
          onInput={(offset) => onWhen({ ...when, offset })}
          choices={twice.map((reading, index) => ({
            value: reading.offset,
            words: t(index === 0 ? 'staff-first-time' : 'staff-second-time', {
              time: `${clockTime(reading.at, zone, language.value)} ${zoneWords(reading.at, zone, language.value)}`,
            }),
          }))}
        />
      )}
      <p class="field-hint">
        {checked.state === 'right'
          ? `${dayWords(checked.at, zone, language.value)}, ${clockTime(checked.at, zone, language.value)} ${zoneWords(checked.at, zone, language.value)}. `
          : ''}
        {t('staff-zone', { zone: zone.replaceAll('_', ' ') })}
      </p>
    </>
  );

  function timeError(): string | undefined {
    if (checked.state === 'impossible') return t('staff-problem-impossible-time');
    if (checked.state === 'past') return t('staff-problem-in-the-past');
    if (strict && checked.state === 'ambiguous') return t('staff-problem-ambiguous-time');
    if (strict && !when.time) return t('staff-time-missing');
    return refused;
  }
}

/** Refusals of the gateway that are about the time and belong at its field. */
export const TIME_PROBLEMS = new Set(['impossible_time', 'ambiguous_time', 'in_the_past', 'slot_taken']);
