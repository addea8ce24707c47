// Conditions, vaccines, the care plan with its goals, and a report's text.
import type { CarePlan, Conditions, Immunizations, Report } from '../../../core/records/content';
import { day, t } from './words';

export function ConditionsView({ list: { items } }: { list: Conditions }) {
  const part = (status: 'now' | 'past') => items.filter((item) => item.status === status);
  const [now, past] = [part('now'), part('past')];
  return (
    <>
      {now.length > 0 && past.length > 0 && <h3>{t('record-now')}</h3>}
      <List of="now" items={now.map(({ name, since }) => ({ name, small: since && t('record-since', { date: day(since) }) }))} />
      {past.length > 0 && <h3>{t('record-past')}</h3>}
      <List of="past" items={past.map(({ name, since, until }) => ({ name, small: span(since, until) }))} />
    </>
  );
}

function span(since: string | undefined, until: string | undefined): string | undefined {
  if (since && until && since !== until) return t('record-from-to', { from: day(since, 'short'), to: day(until, 'short') });
  const one = until ?? since;
  return one && day(one);
}

const MOST_DATES = 3;

export function ImmunizationsView({ list: { due, given } }: { list: Immunizations }) {
  const dates = (all: string[]) => {
    const said = all.slice(0, MOST_DATES).map((one) => day(one, 'short'));
    const more = all.length - said.length;
    return [...said, ...(more > 0 ? [t('record-earlier-doses', { count: more })] : [])].join(' · ');
  };
  return (
    <>
      {due.length > 0 && <h3>{t('record-due')}</h3>}
      <List
        of="due"
        items={due.map(({ name, status, by }) => ({
          name,
          warn: status === 'overdue' ? t('record-overdue') : undefined,
          small: by && t('record-due-by', { date: day(by) }),
        }))}
      />
      {given.length > 0 && <h3>{t('record-given')}</h3>}
      <List of="given" items={given.map((one) => ({ name: one.name, small: dates(one.dates) }))} />
    </>
  );
}

export function CarePlanView({ plan: { plans, goals } }: { plan: CarePlan }) {
  return (
    <>
      {plans.map(({ name, since, steps }, i) => (
        <section key={i} class="record-part">
          <h3>{name}</h3>
          {since && <p class="small">{t('record-since', { date: day(since) })}</p>}
          <List of={`plan-${i}`} items={steps.map((step) => ({ name: step.name, small: step.status && t(`record-step-${step.status}`) }))} />
        </section>
      ))}
      {goals.length > 0 && (
        <section class="record-part">
          <h3>{t('record-goals')}</h3>
          <List
            of="goal"
            items={goals.map(({ name, targets, by, reached }) => ({
              name,
              lines: targets,
              good: reached ? t('record-goal-reached') : undefined,
              small: by && t('record-goal-by', { date: day(by) }),
            }))}
          />
        </section>
      )}
    </>
  );
}

export function ReportView({ report: { at, conclusion = [], paragraphs = [] } }: { report: Report }) {
  return (
    <>
      {conclusion.length > 0 && (
        <div class="in-short">
          <h3>{t('record-in-short')}</h3>
          {conclusion.map((words, i) => (
            <p key={i} data-point={`short-${i}`}>
              {words}
            </p>
          ))}
        </div>
      )}
      {paragraphs.map((words, i) => (
        <p key={i} class="report-text" data-point={`text-${i}`}>
          {words}
        </p>
      ))}
      <p class="small">{t('record-report-of', { date: day(at) })}</p>
    </>
  );
}

interface Item {
  name: string;
  lines?: string[];
  warn?: string | undefined;
  good?: string | undefined;
  small?: string | undefined;
}

function List({ of, items }: { of: string; items: Item[] }) {
  if (items.length === 0) return null;
  return (
    <ul class="record-list">
      {items.map(({ name, lines = [], warn, good, small }, i) => (
        <li key={i} data-point={`${of}-${i}`}>
          <strong>{name}</strong>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
          {warn && <span class="standing">{warn}</span>}
          {good && <span class="reached">{good}</span>}
          {small && <span class="small">{small}</span>}
        </li>
      ))}
    </ul>
  );
}
