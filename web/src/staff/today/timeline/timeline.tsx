// How the visit went, as a picture and the same in words: joining, the check, who was told what, the paths, and what happened on whose page.
import { useEffect, useState } from 'preact/hooks';
import { clockTime } from '../../../ui/time';
import { language, t } from '../../../ui/words';
import * as api from '../../api';
import type { Timeline, Visit } from '../../model';
import { Mark, Plot } from './plot';
import { rows } from './rows';
import './timeline.css';

const KINDS = ['join', 'verdict', 'told', 'call'] as const;

/** Nothing at all before anybody came. */
export function TimelineSection({ visit, zone }: { visit: Visit; zone: string }) {
  const [timeline, setTimeline] = useState<Timeline | 'failed'>();
  useEffect(() => {
    api.timeline(visit.id).then(setTimeline, () => setTimeline('failed'));
  }, [visit.id, visit.arrival, visit.state]);
  if (timeline === undefined || (timeline !== 'failed' && timeline.steps.every(({ kind }) => kind === 'told'))) return null;
  return (
    <section>
      <h3>{t('staff-timeline')}</h3>
      {timeline === 'failed' ? <p class="quiet">{t('staff-timeline-failed')}</p> : <Whole timeline={timeline} zone={zone} />}
    </section>
  );
}

function Whole({ timeline, zone }: { timeline: Timeline; zone: string }) {
  return (
    <figure class="timeline">
      <div class="scroll-x" tabIndex={0} role="group" aria-label={t('staff-timeline')}>
        <Plot timeline={timeline} zone={zone} />
      </div>
      <ul class="timeline-legend">
        {KINDS.filter((kind) => timeline.steps.some((step) => step.kind === kind)).map((kind) => (
          <li key={kind}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <Mark kind={kind} x={8} y={8} />
            </svg>
            {t(`staff-timeline-kind-${kind}`)}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('staff-timeline-as-table')}</summary>
        <Words timeline={timeline} zone={zone} />
      </details>
    </figure>
  );
}

function Words({ timeline, zone }: { timeline: Timeline; zone: string }) {
  return (
    <table class="timeline-table" aria-label={t('staff-timeline')}>
      <thead>
        <tr>
          <th scope="col">{t('staff-timeline-time')}</th>
          <th scope="col">{t('staff-timeline-what')}</th>
        </tr>
      </thead>
      <tbody>
        {rows(timeline).map(({ at, who, words, told }, index) => (
          <tr key={index}>
            <td>
              <time>{clockTime(at, zone, language.value)}</time>
            </td>
            <td>
              <strong>{who}</strong> {words}
              {told && <p class="quiet">{told}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
