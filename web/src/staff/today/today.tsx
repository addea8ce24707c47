// The clinician's day: one row a visit, live, with the one sensible action on the right and the rest in a menu.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button, IconButton } from '../../ui/button';
import { SelectField } from '../../ui/field';
import { newWords } from '../../ui/new-bar';
import { announce } from '../../ui/status';
import { Empty } from '../../ui/states';
import { addDays, clockTime, dateIn, dayWords, noon } from '../../ui/time';
import { language, t } from '../../ui/words';
import * as api from '../api';
import { ListStates } from '../list-states';
import { liveList } from '../live-list';
import type { Me, StaffName, Visit } from '../model';
import { live } from '../news';
import { go } from '../route';
import { Head } from '../shell';
import { now, setClock } from '../session';
import { ActionDialog, type Asked } from './actions';
import { Detail } from './detail';
import { VisitRow } from './row';

export type TodayRow = Visit & { order: number };

export function TodayView({ me, date }: { me: Me; date: string | undefined }) {
  const zone = me.facility.time_zone;
  const today = dateIn(zone, now.value);
  const day = date ?? today;
  const [whose, setWhose] = useState<string | undefined>(me.role === 'clinician' ? 'me' : undefined);
  const [open, setOpen] = useState<string>();
  const [asked, setAsked] = useState<Asked>();

  const visits = useMemo(() => {
    const list = liveList<TodayRow>(
      async () => {
        const answer = await api.day(day, whose);
        setClock(answer.now);
        return answer.visits.map((visit) => ({ ...visit, order: visit.starts_at }));
      },
      () => announce(newWords(list.list.value)),
    );
    return list;
  }, [day, whose]);
  useEffect(() => visits.follow(), [visits]);

  const { rows, gone } = visits.list.value;
  const chosen = rows.find((visit) => visit.id === open);
  const waiting = rows.filter((visit) => visit.state === 'booked' && visit.arrival === 'waiting').length;
  useAnnouncedWait(waiting);

  return (
    <div class={`columns ${chosen ? 'columns-open' : ''}`}>
      <section class="list-side" aria-label={t('staff-visits')}>
        <Head
          title={day === today ? t('staff-page-today') : dayWords(noon(day), 'UTC', language.value)}
          sub={<SubLine day={day} today={today} waiting={waiting} zone={zone} />}
        >
          <div class="day-steps" role="group" aria-label={t('staff-day')}>
            <IconButton icon="chevronLeft" label={t('staff-day-before')} onClick={() => go(`today/${addDays(day, -1)}`)} />
            {day !== today && (
              <Button small onClick={() => go('today')}>
                {t('staff-page-today')}
              </Button>
            )}
            <IconButton icon="chevronRight" label={t('staff-day-after')} onClick={() => go(`today/${addDays(day, 1)}`)} />
          </div>
          <Button icon="calendarPlus" onClick={() => go('book')}>
            {t('staff-page-book')}
          </Button>
        </Head>
        {me.role === 'admin' && <Whose value={whose} onChoose={setWhose} />}
        <ListStates visits={visits} />
        {visits.state.value === 'ready' && rows.length === 0 && (
          <Empty icon="calendar" title={t(day === today ? 'staff-today-empty-title' : 'staff-day-empty-title')}>
            <p>{t('staff-day-empty')}</p>
          </Empty>
        )}
        {rows.length > 0 && (
          <ol class="rows">
            {rows.map((visit) => (
              <VisitRow
                key={visit.id}
                visit={visit}
                facility={me.facility}
                gone={gone.has(visit.id)}
                open={visit.id === open}
                withClinician={whose === undefined}
                onOpen={() => setOpen(visit.id === open ? undefined : visit.id)}
                onAsk={setAsked}
              />
            ))}
          </ol>
        )}
        <Liveness />
      </section>
      {chosen && <Detail visit={chosen} facility={me.facility} onAsk={setAsked} onClose={() => setOpen(undefined)} />}
      {asked && (
        <ActionDialog asked={asked} facility={me.facility} onClose={() => setAsked(undefined)} onDone={() => void visits.reload(true)} />
      )}
    </div>
  );
}

function SubLine({ day, today, waiting, zone }: { day: string; today: string; waiting: number; zone: string }) {
  if (day !== today) return <span>{t('staff-zone', { zone: zone.replaceAll('_', ' ') })}</span>;
  return (
    <>
      <span>
        {dayWords(noon(day), 'UTC', language.value)}, {clockTime(now.value, zone, language.value)}
      </span>
      {waiting > 0 && <strong class="sub-waiting">{t('staff-waiting-count', { n: waiting })}</strong>}
    </>
  );
}

/** Says when somebody new waits; not when the page opens on people who wait already. */
function useAnnouncedWait(waiting: number) {
  const [before, setBefore] = useState<number>();
  useEffect(() => {
    if (before !== undefined && waiting > before) announce(t('staff-waiting-count', { n: waiting }));
    setBefore(waiting);
  }, [waiting]);
}

function Whose({ value, onChoose }: { value: string | undefined; onChoose: (id: string | undefined) => void }) {
  const [clinicians, setClinicians] = useState<StaffName[]>([]);
  useEffect(() => void api.staffOf('clinician').then(setClinicians, () => undefined), []);
  const choices = [{ value: '', words: t('staff-all-clinicians') }, ...clinicians.map((one) => ({ value: one.id, words: one.name }))];
  return (
    <SelectField
      class="whose"
      label={t('staff-clinician')}
      value={value ?? ''}
      choices={choices}
      onInput={(id) => onChoose(id || undefined)}
    />
  );
}

function Liveness() {
  return <p class="liveness">{live.value ? t('staff-live') : t('staff-not-live')}</p>;
}
