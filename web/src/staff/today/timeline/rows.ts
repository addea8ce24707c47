// A visit's timeline in words: one row for each thing that happened and for each stretch of a path that was alike. Pure.
import { hasWords, t } from '../../../ui/words';
import type { Timeline } from '../../model';
import { causeWords } from '../../readiness';
import { adviceWords } from '../../visit/advice';
import type { PathCause } from '../../../generated/signaling';

type Step = Timeline['steps'][number];
type Path = Timeline['paths'][number];
type Point = Path['points'][number];

export interface Row {
  at: number;
  who: string;
  words: string;
  /** What somebody was told because of it. */
  told?: string;
}

export function rows(timeline: Timeline): Row[] {
  const steps = timeline.steps.map((step) => ({ at: step.at, who: nameOf(timeline, step.seat), words: stepWords(step) }));
  const paths = timeline.paths.flatMap((path) => stretches(path.points).map((stretch) => pathRow(timeline, path, stretch)));
  return [...steps, ...paths].sort((a, b) => a.at - b.at);
}

export function nameOf(timeline: Timeline, seat: string | null | undefined): string {
  return timeline.people.find((person) => person.seat === seat)?.name ?? t('staff-timeline-visit');
}

export function stepWords({ kind, what, detail }: Step): string {
  switch (kind) {
    case 'join':
      return known(`staff-audit-${what}`, what);
    case 'told':
      return t(`staff-timeline-told-${detail === 'mail' ? 'mail' : 'text'}`, { what: known(`staff-told-${what}`, what) });
    case 'call':
      return known(`staff-happened-${what}`, what);
    case 'verdict': {
      const mode = known(`staff-mode-means-${what}`, what);
      return t('staff-timeline-verdict', { mode: detail ? `${mode} ${t('staff-cause-line', { cause: causeWords(detail) })}` : mode });
    }
  }
}

export interface Stretch {
  from: number;
  level: Point['level'];
  worst: Point;
}

/** Points one after the other with the same level and the same trouble are one stretch. */
export function stretches(points: readonly Point[]): Stretch[] {
  const found: Stretch[] = [];
  for (const point of points) {
    const last = found.at(-1);
    const alike = last && last.level === point.level && last.worst.cause === point.cause && last.worst.side === point.side;
    if (!alike) found.push({ from: point.at, level: point.level, worst: point });
    else if (point.points < last.worst.points) last.worst = point;
  }
  return found;
}

function pathRow(timeline: Timeline, { between }: Path, { from, level, worst }: Stretch): Row {
  const [one, other] = between.map((seat) => nameOf(timeline, seat));
  const numbers = [
    worst.round_trip_ms == null ? undefined : t('staff-timeline-round-trip', { ms: worst.round_trip_ms }),
    worst.loss_permille == null ? undefined : t('staff-timeline-loss', { percent: Math.round(worst.loss_permille / 10) }),
  ].filter(Boolean);
  const trouble = worst.cause && worst.side ? t(`staff-timeline-cause-${worst.cause}`, { name: nameOf(timeline, worst.side) }) : undefined;
  const told = toldOf(timeline, worst);
  return {
    at: from,
    who: t('staff-timeline-between', { one: one ?? '', other: other ?? '' }),
    words: [t(`staff-timeline-level-${level}`), trouble, numbers.join(', ')].filter(Boolean).join(' · '),
    ...(told ? { told } : {}),
  };
}

/** What the clinician's page gave to say or to do. */
function toldOf(timeline: Timeline, { level, cause, side }: Point): string | undefined {
  const clinician = timeline.people.find(({ role }) => role === 'clinician');
  if (!cause || !side || !clinician || (level === 'fair' && cause !== 'delay')) return undefined;
  const patient = timeline.people.find(({ role }) => role === 'patient');
  const isOwnEnd = side === clinician.seat;
  const name = nameOf(timeline, isOwnEnd ? patient?.seat : side);
  return t('staff-timeline-told', { name: clinician.name, words: adviceWords(cause as PathCause, isOwnEnd, name) });
}

function known(id: string, otherwise: string): string {
  const word = id.replaceAll(/[._]/g, '-');
  return hasWords(word) ? t(word) : otherwise;
}
