// One visit, live: who is at the door, the call, and the record beside it.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Failed, Loading } from '../../ui/states';
import { t } from '../../ui/words';
import * as api from '../api';
import type { Me, Visit } from '../model';
import { listenForNews } from '../news';
import { problemWords } from '../problem';
import { go } from '../route';
import { LiveVisit } from './live';
import { LiveView } from './live-view';
import { RecordPanel } from './record-panel';

type Loaded = { state: 'loading' } | { state: 'failed'; words: string } | { state: 'ready'; visit: Visit };

export function VisitView({ id, me }: { id: string; me: Me }) {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const load = () => {
    api.visit(id).then(
      (visit) => setLoaded({ state: 'ready', visit }),
      (error: unknown) => setLoaded((before) => (before.state === 'ready' ? before : { state: 'failed', words: problemWords(error) })),
    );
  };
  useEffect(() => {
    load();
    return listenForNews(load);
  }, [id]);
  if (loaded.state === 'loading')
    return (
      <main class="alone">
        <Loading wholePage words={t('staff-visit-loading')} />
      </main>
    );
  if (loaded.state === 'failed') {
    return (
      <main class="alone">
        <Failed title={t('staff-visit-failed-title')} wholePage onRetry={load}>
          <p>{loaded.words}</p>
          <p>
            <a href="#today">{t('staff-back-today')}</a>
          </p>
        </Failed>
      </main>
    );
  }
  return <OpenVisit visit={loaded.visit} me={me} />;
}

function OpenVisit({ visit, me }: { visit: Visit; me: Me }) {
  const live = useLiveVisit(visit.id);
  return (
    <LiveView
      live={live}
      title={visit.patient.name}
      known={{ name: visit.patient.name, born: visit.patient.born }}
      readiness={(person) => (person.role === 'patient' ? visit.readiness : visit.seats.find(({ seat }) => seat === person.seat)?.readiness)}
      startsAt={visit.starts_at}
      zone={me.facility.time_zone}
      phone={visit.patient.phone}
      back={{ words: t('staff-page-today'), go: () => go('today') }}
      panel={(people) => live.room.value.may.includes('show_record') && <RecordPanel live={live} visit={visit} people={people} />}
    />
  );
}

/** Joins when the view opens and lets go when it closes. */
export function useLiveVisit(visit: string): LiveVisit {
  const live = useMemo(() => new LiveVisit(visit), [visit]);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  return live;
}
