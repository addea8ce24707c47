// A laboratory result over time: the newest value large with a word for where it stands, the chart, the table one tap away.
import { useState } from 'preact/hooks';
import type { Flag, LabTrend as Lab } from '../../../core/records/content';
import { language, t } from '../../../ui/words';
import { recordDate } from '../../time';
import { Chart } from './chart';

export function LabTrend({ lab }: { lab: Lab }) {
  const [table, setTable] = useState(false);
  const { newest, unit, place, points } = lab;
  return (
    <>
      <p class="newest">
        <span class="small">{t('record-newest')}</span>
        <span class="value">
          <strong>{number(newest.value)}</strong> {unit}
        </span>
        {newest.flag && <span class={`flag ${newest.flag}`}>{meaning(newest.flag)}</span>}
      </p>
      {table ? <Table lab={lab} /> : <Chart lab={lab} />}
      {!table && <Range lab={lab} />}
      {points.length > 1 && (
        <button type="button" class="button second compact" onClick={() => setTable(!table)}>
          {t(table ? 'record-chart' : 'record-table')}
        </button>
      )}
      <p class="small">{t(place ? 'record-taken-at' : 'record-taken', { date: recordDate(newest.at, language.value), place: place ?? '' })}</p>
    </>
  );
}

function Table({ lab }: { lab: Lab }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('record-date')}</th>
          <th scope="col">
            {t('record-result')} ({lab.unit})
          </th>
          <th scope="col">{t('record-meaning')}</th>
        </tr>
      </thead>
      <tbody>
        {[...lab.points].reverse().map((point, i) => (
          <tr key={i}>
            <td>{recordDate(point.at, language.value, 'short')}</td>
            <td>{number(point.value)}</td>
            <td>{point.flag ? meaning(point.flag) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Range({ lab }: { lab: Lab }) {
  const words = rangeWords(lab);
  if (!words) return null;
  return (
    <p class="range">
      <span class="band" aria-hidden="true" />
      {t('record-normal-range')}: {words}
    </p>
  );
}

function rangeWords({ reference: { low, high, words }, unit }: Lab): string | undefined {
  if (low !== undefined && high !== undefined) return t('record-range-between', { low: number(low), high: number(high), unit });
  if (high !== undefined) return t('record-range-below', { high: number(high), unit });
  if (low !== undefined) return t('record-range-above', { low: number(low), unit });
  return words;
}

export const meaning = (flag: Flag) => t(`record-${flag}`);

/** As the person's language writes it. */
export function number(value: number): string {
  return new Intl.NumberFormat(language.value === 'es' ? 'es-US' : 'en-US', { maximumFractionDigits: 2 }).format(value);
}
