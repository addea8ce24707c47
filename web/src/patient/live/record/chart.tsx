// The chart of a lab trend: normal band shaded, points labelled, shapes beside colours for what is high or low.
import type { LabTrend as Lab } from '../../../core/records/content';
import { language, t } from '../../../ui/words';
import { recordDate } from '../../time';
import { meaning, number } from './lab-trend';
import { labelled, scaleOf } from './scale';

const WIDTH = 340;
const HEIGHT = 190;
const LEFT = 34;
const RIGHT = 18;
const TOP = 22;
const BOTTOM = 26;

export function Chart({ lab }: { lab: Lab }) {
  const scale = scaleOf(lab);
  const x = (at: string) => LEFT + scale.x(at) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - scale.y(value) * (HEIGHT - TOP - BOTTOM);
  const line = lab.points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const shown = labelled(lab.points.length);
  const { low = scale.bottom, high = scale.top } = lab.reference;
  const hasBand = lab.reference.low !== undefined || lab.reference.high !== undefined;
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(lab)}>
      {hasBand && <rect class="band" x={LEFT} y={y(high)} width={WIDTH - LEFT - RIGHT} height={Math.max(2, y(low) - y(high))} />}
      {scale.ticks.map((tick) => (
        <g key={tick} class="tick">
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
            {number(tick)}
          </text>
        </g>
      ))}
      <polyline class="trend" points={line} />
      {lab.points.map((point, i) => (
        <g key={i} class={`point ${point.flag ?? ''} ${i === lab.points.length - 1 ? 'newest-point' : ''}`}>
          <Mark x={x(point.at)} y={y(point.value)} flag={point.flag} />
          {shown(i) && (
            <text x={x(point.at)} y={y(point.value) - 10} text-anchor={anchor(i, lab.points.length)}>
              {number(point.value)}
            </text>
          )}
        </g>
      ))}
      <Dates lab={lab} />
    </svg>
  );
}

/** Up for high, down for low, round for normal: seen without colours too. */
function Mark({ x, y, flag }: { x: number; y: number; flag: Lab['newest']['flag'] }) {
  if (flag === 'high') return <path d={`M${x} ${y - 6}l6 10h-12z`} />;
  if (flag === 'low') return <path d={`M${x} ${y + 6}l6 -10h-12z`} />;
  return <circle cx={x} cy={y} r="5" />;
}

function Dates({ lab: { points } }: { lab: Lab }) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const baseline = HEIGHT - 6;
  return (
    <g class="dates">
      {points.length > 1 && (
        <text x={LEFT} y={baseline}>
          {recordDate(first.at, language.value, 'short')}
        </text>
      )}
      <text x={points.length > 1 ? WIDTH - RIGHT : WIDTH / 2} y={baseline} text-anchor={points.length > 1 ? 'end' : 'middle'}>
        {recordDate(last.at, language.value, 'short')}
      </text>
    </g>
  );
}

function anchor(index: number, count: number): 'start' | 'middle' | 'end' {
  if (count === 1) return 'middle';
  return index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle';
}

/** What the chart says, for who does not see it. */
function inWords(lab: Lab): string {
  const { points, newest, unit, title } = lab;
  const day = (at: string | undefined) => (at ? recordDate(at, language.value) : '');
  return t('record-chart-says', {
    title,
    count: points.length,
    from: day(points[0]?.at),
    to: day(points.at(-1)?.at),
    value: number(newest.value),
    unit,
    meaning: newest.flag ? meaning(newest.flag) : '',
  });
}
