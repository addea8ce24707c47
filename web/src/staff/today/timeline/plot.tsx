// The timeline drawn: how the path was, and below it a lane for each person with a mark for each thing that happened.
// All of it stands in words in the table beside it.
import { clockTime } from '../../../ui/time';
import { language, t } from '../../../ui/words';
import type { Timeline } from '../../model';
import { span, ticks, type Span } from './span';

const WIDTH = 400;
const GUTTER = 92;
const RIGHT = 8;
/** Left of the axis: what was long before. */
const BEFORE = 20;
const TOP = 10;
const HIGH = 90;
const LANE = 26;
const FOOT = 24;
/** So much of a time of day stands on either side of its line. */
const HALF_A_CLOCK = 26;

export function Plot({ timeline, zone }: { timeline: Timeline; zone: string }) {
  const shown = span(timeline);
  const lanes = lanesOf(timeline);
  const lanesTop = TOP + HIGH + 14;
  const bottom = lanesTop + lanes.length * LANE;
  const x = (at: number) => place(shown, at);
  return (
    <svg class="timeline-plot" viewBox={`0 0 ${WIDTH} ${bottom + FOOT}`} aria-hidden="true">
      <Levels />
      {ticks(shown).map((at) => (
        <g key={at}>
          <line class="timeline-tick" x1={x(at)} x2={x(at)} y1={TOP} y2={bottom} />
          <text class="timeline-label" x={Math.min(x(at), WIDTH - HALF_A_CLOCK)} y={bottom + 16} text-anchor="middle">
            {clockTime(at, zone, language.value)}
          </text>
        </g>
      ))}
      {timeline.paths.map((path) => (
        <path key={path.between.join()} class="timeline-line" d={line(path.points, shown)} />
      ))}
      {lanes.map((lane, at) => (
        <Lane key={at} {...lane} y={lanesTop + at * LANE + LANE / 2} x={x} />
      ))}
    </svg>
  );
}

function Levels() {
  const bands = [
    ['good', 100, 70],
    ['fair', 70, 40],
    ['weak', 40, 0],
  ] as const;
  return (
    <>
      {bands.map(([level, from, to]) => (
        <g key={level}>
          <rect class={`timeline-band timeline-${level}`} x={GUTTER} y={height(from)} width={WIDTH - GUTTER - RIGHT} height={height(to) - height(from)} />
          <text class="timeline-label" x={GUTTER - 8} y={height((from + to) / 2) + 4} text-anchor="end">
            {t(`staff-timeline-${level}`)}
          </text>
        </g>
      ))}
    </>
  );
}

interface LaneOf {
  name: string;
  steps: Timeline['steps'];
}

/** Everybody of whom there is something to draw, then the visit itself. */
function lanesOf({ people, steps }: Timeline): LaneOf[] {
  const of = (seat: string | undefined) => steps.filter((step) => (step.seat ?? undefined) === seat);
  const lanes = people.map(({ seat, name }) => ({ name, steps: of(seat) }));
  return [...lanes, { name: t('staff-timeline-visit'), steps: of(undefined) }].filter((lane) => lane.steps.length > 0);
}

function Lane({ name, steps, y, x }: LaneOf & { y: number; x: (at: number) => number }) {
  return (
    <>
      <text class="timeline-label" x={GUTTER - 8} y={y + 4} text-anchor="end">
        {name.length > 13 ? `${name.slice(0, 12)}…` : name}
      </text>
      <line class="timeline-lane" x1={GUTTER} x2={WIDTH - RIGHT} y1={y} y2={y} />
      {steps.map(({ at, kind, what }, index) => (
        <Mark key={`${at}${what}${index}`} kind={kind} x={x(at)} y={y} />
      ))}
    </>
  );
}

/** A shape for each kind: colour never stands alone. */
export function Mark({ kind, x, y }: { kind: Timeline['steps'][number]['kind']; x: number; y: number }) {
  const shape = {
    join: <circle cx={x} cy={y} r="4.5" />,
    verdict: <rect x={x - 4.5} y={y - 4.5} width="9" height="9" />,
    told: <path d={`M${x - 6} ${y}L${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}Z`} />,
    call: <path d={`M${x} ${y - 6}L${x + 6} ${y + 5}L${x - 6} ${y + 5}Z`} />,
  };
  return <g class={`timeline-mark timeline-${kind}`}>{shape[kind]}</g>;
}

function place({ from, until }: Span, at: number): number {
  if (at < from) return GUTTER + BEFORE / 2;
  const left = GUTTER + BEFORE;
  return left + ((at - from) / (until - from)) * (WIDTH - RIGHT - left - 6);
}

const height = (points: number) => TOP + HIGH * (1 - points / 100);

/** In steps: it was so until it was otherwise. */
function line(points: Timeline['paths'][number]['points'], shown: Span): string {
  return points.map(({ at, points }, index) => `${index === 0 ? 'M' : 'H'}${place(shown, at).toFixed(1)}${index === 0 ? ' ' : 'V'}${height(points).toFixed(1)}`).join('');
}
