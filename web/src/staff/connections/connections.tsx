// How many booked visits connect and why equipment tests fail, for the administrator: by week drawn as columns, the rest as
// bars in the tables that hold the same numbers. The gateway has held back what is small; here nothing is added up again.
import { useEffect, useState } from 'preact/hooks';
import { Glyph } from '../../ui/glyph';
import { Empty, Failed, Loading } from '../../ui/states';
import { shortDay } from '../../ui/time';
import { language, t } from '../../ui/words';
import * as api from '../api';
import type { Connections, Me } from '../model';
import { Head } from '../shell';
import { Bars } from './bars';
import { Causes } from './causes';
import { Columns } from './columns';
import { share, type Part, type What } from './lines';

const DAY = 24 * 60 * 60_000;

export function ConnectionsView({ me }: { me: Me }) {
  const [counts, setCounts] = useState<Connections | 'failed'>();
  const load = () => {
    setCounts(undefined);
    api.connections().then(setCounts, () => setCounts('failed'));
  };
  useEffect(load, []);
  const day = (at: number) => shortDay(at, me.facility.time_zone, language.value);
  const known = counts && counts !== 'failed' ? counts : undefined;
  const isEmpty = known && !known.visits.total && !known.tests.total;
  return (
    <section class="page connections">
      <Head
        title={t('staff-page-connections')}
        sub={known && t('staff-connections-sub', { from: day(known.from), to: day(known.to - DAY) })}
      >
        {known && !isEmpty && (
          <a class="button" href="/api/v1/connections.csv" download="connections.csv">
            <Glyph name="file" />
            {t('staff-connections-download')}
          </a>
        )}
      </Head>
      {counts === undefined && <Loading words={t('staff-connections-loading')} />}
      {counts === 'failed' && (
        <Failed title={t('staff-connections-failed-title')} onRetry={load}>
          <p>{t('staff-connections-failed')}</p>
        </Failed>
      )}
      {isEmpty && (
        <Empty icon="chart" title={t('staff-connections-empty-title')}>
          <p>{t('staff-connections-empty')}</p>
        </Empty>
      )}
      {known && !isEmpty && (
        <>
          <Half what="visits" part={known.visits} zone={me.facility.time_zone} />
          <Half what="tests" part={known.tests} zone={me.facility.time_zone} />
          <p class="quiet">{t('staff-connections-fives')}</p>
        </>
      )}
    </section>
  );
}

function Half({ what, part, zone }: { what: What; part: Part; zone: string }) {
  if (!part.total) return null;
  const weeks = part.tables.find((table) => table.by === 'week');
  return (
    <section class="connections-half" aria-labelledby={`connections-${what}`}>
      <div class="connections-total">
        <div>
          <h2 id={`connections-${what}`}>{t(`staff-connections-${what}`)}</h2>
          <p class="quiet">{t(`staff-connections-${what}-sub`)}</p>
        </div>
        <p class="connections-figure">
          <strong>{t('staff-connections-share', { share: share(part.total) })}</strong>
          <span>{t('staff-connections-of', { good: part.total.good, all: part.total.good + part.total.bad })}</span>
        </p>
      </div>
      {weeks && <Columns table={weeks} what={what} zone={zone} />}
      {what === 'tests' && <Causes causes={part.total.causes ?? []} />}
      {part.tables
        .filter((table) => table.by !== 'week')
        .map((table) => (
          <Bars key={table.by} table={table} what={what} zone={zone} />
        ))}
    </section>
  );
}
