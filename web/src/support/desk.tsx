// The queue of the desk: the coming visits by time, who may fail before they fail, who asks and who helps. Nothing clinical.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { newWords } from '../ui/new-bar';
import { announce, tell } from '../ui/status';
import { Empty } from '../ui/states';
import { Button } from '../ui/button';
import { addDays, dateIn, dayWords, readings } from '../ui/time';
import { language, t } from '../ui/words';
import * as api from '../staff/api';
import { ListStates } from '../staff/list-states';
import { liveList } from '../staff/live-list';
import type { DeskFacility, DeskVisit, Me } from '../staff/model';
import { live } from '../staff/news';
import { problemWords } from '../staff/problem';
import { go } from '../staff/route';
import { now, setClock } from '../staff/session';
import { Head } from '../staff/shell';
import { useAtDesk } from './at-desk';
import { FilterBar } from './filter-bar';
import { counts, filter as chosen, fits, inFacility, isNarrowed, servedFacility, within } from './filters';
import { DeskRow } from './row';

export type DeskLine = DeskVisit & { order: number };

export function DeskView({ me }: { me: Me }) {
  const home = me.facility.time_zone;
  const [facilities, setFacilities] = useState<DeskFacility[]>([]);
  const visits = useMemo(() => {
    const list = liveList<DeskLine>(
      async () => {
        const answer = await api.deskVisits();
        setClock(answer.now);
        setFacilities(answer.facilities);
        return answer.visits.map((visit) => ({ ...visit, order: visit.starts_at }));
      },
      () => announce(newWords(list.list.value)),
    );
    return list;
  }, []);
  useEffect(() => visits.follow(), [visits]);
  useAtDesk(() => void visits.reload());

  const { gone } = visits.list.value;
  const filter = { ...chosen.value, facility: servedFacility(chosen.value.facility, facilities) };
  const endsOfDay = new Map(facilities.map(({ time_zone: zone }) => [zone, endOfDay(zone)]));
  const ends = ({ facility: { time_zone: zone } }: DeskVisit) => endsOfDay.get(zone) ?? endOfDay(zone);
  const inTime = visits.list.value.rows.filter((visit) => inFacility(visit, filter.facility) && within(visit, filter.span, now.value, ends(visit)));
  const rows = inTime.filter((visit) => fits(visit, filter.state, me.id));
  const ready = visits.state.value === 'ready';
  return (
    <section class="list-side desk" aria-label={t('staff-page-desk')}>
      <Head title={t('staff-page-desk')} sub={t('support-sub')}>
        <NextButton facility={filter.facility === 'all' ? undefined : filter.facility} />
      </Head>
      {ready && <FilterBar filter={filter} counts={counts(inTime, me.id)} facilities={facilities} onChange={(next) => (chosen.value = next)} />}
      <ListStates visits={visits} />
      {ready && rows.length === 0 && <Nobody filtered={isNarrowed(filter)} />}
      {byDay(rows).map(([day, inDay]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 class="day-title" id={`day-${day}`}>
            {day === dateIn(home, now.value) ? t('staff-page-today') : dayWords(inDay[0]!.starts_at, inDay[0]!.facility.time_zone, language.value)}
          </h2>
          <ol class="rows">
            {inDay.map((visit) => (
              <DeskRow key={visit.id} visit={visit} me={me} severalClinics={facilities.length > 1} gone={gone.has(visit.id)} />
            ))}
          </ol>
        </section>
      ))}
      <p class="liveness">
        {live.value ? t('staff-live') : t('staff-not-live')} {t('support-no-clinical')}
      </p>
    </section>
  );
}

/** The nearest visit that asks for help and has nobody yet; of one clinic where one is chosen. */
function NextButton({ facility }: { facility: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const next = async () => {
    setBusy(true);
    try {
      go(`session/${(await api.nextRequest(facility)).visit}`);
    } catch (error) {
      tell(problemWords(error), error instanceof api.ApiError && error.code === 'nobody_waits' ? 'good' : 'bad');
      setBusy(false);
    }
  };
  return (
    <Button kind="main" icon="technician" busy={busy} onClick={() => void next()}>
      {t('support-next')}
    </Button>
  );
}

function Nobody({ filtered }: { filtered: boolean }) {
  return (
    <Empty icon="calendar" title={t(filtered ? 'support-none-title' : 'support-empty-title')}>
      <p>{t(filtered ? 'support-none' : 'support-empty')}</p>
    </Empty>
  );
}

function endOfDay(zone: string): number {
  const tomorrow = addDays(dateIn(zone, now.value), 1);
  return readings(`${tomorrow}T00:00`, zone)[0]?.at ?? now.value + 24 * 60 * 60_000;
}

/** Each on the date that its own clinic has then. */
function byDay(rows: DeskLine[]): [string, DeskLine[]][] {
  const days = new Map<string, DeskLine[]>();
  for (const row of rows) {
    const day = dateIn(row.facility.time_zone, row.starts_at);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days].sort(([one], [other]) => one.localeCompare(other));
}
