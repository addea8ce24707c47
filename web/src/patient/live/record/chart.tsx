// A chart over time: normal band shaded, points labelled, shapes beside colours for what is high or low and for each line.
import type { Flag } from '../../../core/records/content';
import { labelled, scaleOf, type Plot, type Scale } from './scale';
import { day, number } from './words';

const WIDTH = 340;
const HEIGHT = 190;
const LEFT = 34;
const RIGHT = 18;
const TOP = 22;
const BOTTOM = 26;

interface Place {
  x(at: string): number;
  y(value: number): number;
}

export function Chart({ plot }: { plot: Plot }) {
  const scale = scaleOf(plot);
  const place: Place = {
    x: (at) => LEFT + scale.x(at) * (WIDTH - LEFT - RIGHT),
    y: (value) => HEIGHT - BOTTOM - scale.y(value) * (HEIGHT - TOP - BOTTOM),
  };
  return (
    <>
      <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={plot.said}>
        <Ground plot={plot} scale={scale} y={place.y} />
        {plot.lines.map((_, i) => (
          <Line key={i} plot={plot} index={i} place={place} />
        ))}
        <Dates at={plot.at} />
      </svg>
      {plot.lines.length > 1 && <Legend plot={plot} />}
    </>
  );
}

function Ground({ plot: { reference }, scale, y }: { plot: Plot; scale: Scale; y: Place['y'] }) {
  const { low = scale.bottom, high = scale.top } = reference;
  const hasBand = reference.low !== undefined || reference.high !== undefined;
  return (
    <>
      {hasBand && <rect class="band" x={LEFT} y={y(high)} width={WIDTH - LEFT - RIGHT} height={Math.max(2, y(low) - y(high))} />}
      {scale.ticks.map((tick) => (
        <g key={tick} class="tick">
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
            {number(tick)}
          </text>
        </g>
      ))}
    </>
  );
}

/** The values of the second line stand below its points, where the first line's do not. */
function Line({ plot: { at, lines, flags, each }, index, place }: { plot: Plot; index: number; place: Place }) {
  const values = lines[index]?.values ?? [];
  const shown = labelled(values.length);
  const points = values.map((value, i) => ({ x: place.x(at[i] ?? ''), y: place.y(value), value }));
  return (
    <g class={`line-${index}`}>
      <polyline class="trend" points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
      {points.map(({ x, y, value }, i) => (
        <g
          key={i}
          class={`point ${flags[i] ?? ''} ${i === points.length - 1 ? 'newest-point' : ''}`}
          data-point={`point-${i}`}
          data-said={each[i]}
        >
          <circle class="touch" cx={x} cy={y} r="15" />
          <Mark x={x} y={y} flag={flags[i] ?? null} line={index} />
          {shown(i) && (
            <text x={x} y={index === 0 ? y - 10 : y + 20} text-anchor={anchor(i, points.length)}>
              {number(value)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Up for high, down for low, round for normal, square for the second line: seen without colours too. */
function Mark({ x, y, flag, line }: { x: number; y: number; flag: Flag | null; line: number }) {
  if (line > 0) return <rect x={x - 4.5} y={y - 4.5} width="9" height="9" />;
  if (flag === 'high') return <path d={`M${x} ${y - 6}l6 10h-12z`} />;
  if (flag === 'low') return <path d={`M${x} ${y + 6}l6 -10h-12z`} />;
  return <circle cx={x} cy={y} r="5" />;
}

function Dates({ at }: { at: readonly string[] }) {
  const [first, last] = [at[0], at.at(-1)];
  if (!first || !last) return null;
  const baseline = HEIGHT - 6;
  return (
    <g class="dates">
      {at.length > 1 && (
        <text x={LEFT} y={baseline}>
          {day(first, 'short')}
        </text>
      )}
      <text x={at.length > 1 ? WIDTH - RIGHT : WIDTH / 2} y={baseline} text-anchor={at.length > 1 ? 'end' : 'middle'}>
        {day(last, 'short')}
      </text>
    </g>
  );
}

function Legend({ plot }: { plot: Plot }) {
  return (
    <ul class="legend" aria-hidden="true">
      {plot.lines.map(({ name }, i) => (
        <li key={i}>
          <svg class="chart" viewBox="0 0 14 14" width="14" height="14">
            <g class={`line-${i}`}>
              <g class="point">
                <Mark x={7} y={7} flag={null} line={i} />
              </g>
            </g>
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function anchor(index: number, count: number): 'start' | 'middle' | 'end' {
  if (count === 1) return 'middle';
  return index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle';
}
