// The technician's list: the coming visits by time, who may fail before they fail, and a test call for each. Nothing clinical.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { newWords } from '../ui/new-bar';
import { announce } from '../ui/status';
import { Empty, Notice } from '../ui/states';
import { Button } from '../ui/button';
import { dateIn, dayWords } from '../ui/time';
import { language, t } from '../ui/words';
import * as api from '../staff/api';
import { ListStates } from '../staff/list-states';
import { liveList } from '../staff/live-list';
import type { DeskVisit, Me } from '../staff/model';
import { live } from '../staff/news';
import { now, setClock } from '../staff/session';
import { Head } from '../staff/shell';
import { needsHelp } from './needs';
import { DeskRow } from './row';

export type DeskLine = DeskVisit & { order: number };

export function DeskView({ me }: { me: Me }) {
  const zone = me.facility.time_zone;
  const [failing, setFailing] = useState(false);
  const visits = useMemo(() => {
    const list = liveList<DeskLine>(
      async () => {
        const answer = await api.deskVisits();
        setClock(answer.now);
        return answer.visits.map((visit) => ({ ...visit, order: visit.starts_at }));
      },
      () => announce(newWords(list.list.value)),
    );
    return list;
  }, []);
  useEffect(() => visits.follow(), [visits]);

  const { gone } = visits.list.value;
  const rows = visits.list.value.rows.filter((visit) => !failing || needsHelp(visit));
  const days = byDay(rows, zone);
  return (
    <section class="list-side desk" aria-label={t('staff-page-desk')}>
      <Head title={t('staff-page-desk')} sub={t('support-sub')}>
        <Button small icon="technician" kind={failing ? 'main' : 'plain'} onClick={() => setFailing(!failing)}>
          {t(failing ? 'support-show-all' : 'support-show-failing')}
        </Button>
      </Head>
      <Notice tone="info" icon="shield" title={t('support-no-clinical-title')}>
        <p>{t('support-no-clinical')}</p>
      </Notice>
      <ListStates visits={visits} />
      {visits.state.value === 'ready' && rows.length === 0 && (
        <Empty icon="calendar" title={t(failing ? 'support-none-failing-title' : 'support-empty-title')}>
          <p>{t(failing ? 'support-none-failing' : 'support-empty')}</p>
        </Empty>
      )}
      {days.map(([day, inDay]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 class="day-title" id={`day-${day}`}>
            {day === dateIn(zone, now.value) ? t('staff-page-today') : dayWords(inDay[0]!.starts_at, zone, language.value)}
          </h2>
          <ol class="rows">
            {inDay.map((visit) => (
              <DeskRow key={visit.id} visit={visit} me={me} gone={gone.has(visit.id)} />
            ))}
          </ol>
        </section>
      ))}
      <p class="liveness">{live.value ? t('staff-live') : t('staff-not-live')}</p>
    </section>
  );
}

function byDay(rows: DeskLine[], zone: string): [string, DeskLine[]][] {
  const days = new Map<string, DeskLine[]>();
  for (const row of rows) {
    const day = dateIn(zone, row.starts_at);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days];
}
