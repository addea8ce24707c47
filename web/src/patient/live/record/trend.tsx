// Values over time, laboratory results and vital signs alike: the newest large, the chart, the table one tap away.
import { useContext, useState } from 'preact/hooks';
import type { LabTrend, Reading, Reference, VitalSigns } from '../../../core/records/content';
import { Chart } from './chart';
import type { Plot } from './scale';
import { day, meaning, Newest, number, Range, t, UnitWords, Whole } from './words';

interface Trend {
  title: string;
  unit: string;
  unitWords: string | undefined;
  reference: Reference;
  /** A name for each number of a reading; none where there is only one. */
  lines: string[];
  newest: Reading;
  points: Reading[];
  place: string | undefined;
}

export function LabTrendView({ lab }: { lab: LabTrend }) {
  const reading = ({ at, value, flag }: LabTrend['newest']): Reading => ({ at, values: [value], flag });
  const { title, unit, unit_words: unitWords, reference, newest, points, place } = lab;
  return <TrendView trend={{ title, unit, unitWords, reference, lines: [''], newest: reading(newest), points: points.map(reading), place }} />;
}

export function VitalSignsView({ vital }: { vital: VitalSigns }) {
  const { title, unit, unit_words: unitWords, reference = {}, lines, newest, points } = vital;
  return <TrendView trend={{ title, unit, unitWords, reference, lines, newest, points, place: undefined }} />;
}

function TrendView({ trend }: { trend: Trend }) {
  const [table, setTable] = useState(false);
  const whole = useContext(Whole);
  const { newest, unit, place, points } = trend;
  const taken = { date: day(newest.at), place: place ?? '' };
  return (
    <>
      <Newest label={t(points.length > 1 ? 'record-newest' : 'record-result')} value={valueOf(newest)} unit={unit} flag={newest.flag} />
      {points.length > 1 && (table ? <Table trend={trend} /> : <Chart plot={plotOf(trend)} />)}
      {!table && <Range reference={trend.reference} unit={unit} />}
      {whole && points.length > 1 && <Table trend={trend} />}
      {!whole && points.length > 1 && (
        <button type="button" class="button second compact" onClick={() => setTable(!table)}>
          {t(table ? 'record-chart' : 'record-table')}
        </button>
      )}
      <UnitWords unit={unit} words={trend.unitWords} />
      <p class="small">{t(place ? 'record-taken-at' : 'record-taken', taken)}</p>
    </>
  );
}

/** `128/82` for a blood pressure. */
const valueOf = ({ values }: Reading) => values.map(number).join('/');

function plotOf(trend: Trend): Plot {
  const { points, lines, reference } = trend;
  return {
    at: points.map(({ at }) => at),
    lines: lines.map((name, i) => ({ name, values: points.map(({ values }) => values[i] ?? 0) })),
    flags: points.map(({ flag }) => flag),
    reference,
    each: points.map((reading) => `${day(reading.at)}: ${valueOf(reading)} ${trend.unit}`),
    said: inWords(trend),
  };
}

function inWords({ points, newest, unit, title }: Trend): string {
  const [first, last] = [points[0], points.at(-1)];
  return t('record-chart-says', {
    title,
    count: points.length,
    from: first ? day(first.at) : '',
    to: last ? day(last.at) : '',
    value: valueOf(newest),
    unit,
    meaning: newest.flag ? meaning(newest.flag) : '',
  });
}

function Table({ trend: { points, lines, unit } }: { trend: Trend }) {
  const isJudged = points.some(({ flag }) => flag);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('record-date')}</th>
          {lines.map((name, i) => (
            <th key={i} scope="col">
              {name || t('record-result')} {unit && `(${unit})`}
            </th>
          ))}
          {isJudged && <th scope="col">{t('record-meaning')}</th>}
        </tr>
      </thead>
      <tbody>
        {[...points].reverse().map(({ at, values, flag }, i) => (
          <tr key={i} data-point={`point-${points.length - 1 - i}`}>
            <td>{day(at, 'short')}</td>
            {values.map((value, j) => (
              <td key={j}>{number(value)}</td>
            ))}
            {isJudged && <td>{flag ? meaning(flag) : ''}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
