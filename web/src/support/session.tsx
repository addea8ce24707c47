// One visit as a technician works on it: the checks as they come, what was before, who has it, and everything that can be done.
import { signal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Pill } from '../ui/pill';
import { Empty, Failed, Loading, Notice } from '../ui/states';
import { clockTime, dayWords } from '../ui/time';
import { language, t } from '../ui/words';
import * as api from '../staff/api';
import type { DeskSession, Me } from '../staff/model';
import { listenForNews } from '../staff/news';
import { ageWords, causeWords, deviceWords, readinessLook, readinessWords } from '../staff/readiness';
import { go } from '../staff/route';
import { now, setClock } from '../staff/session';
import { languageName } from '../staff/today/detail';
import { useAtDesk } from './at-desk';
import { CheckTable } from './check-table';
import { facilityWords } from './facility';
import { SessionActions } from './session-actions';
import { SessionPast } from './session-past';
import { askedWords, holderOf, screenWords, statePill } from './state';

type Shown = { at: 'loading' } | { at: 'failed'; gone: boolean } | { at: 'ready'; session: DeskSession; outdated: boolean };

export function SessionView({ id, me }: { id: string; me: Me }) {
  const { shown, reload } = useSession(id);
  useAtDesk(reload);
  const state = shown.value;
  if (state.at === 'loading') return <Loading wholePage words={t('support-session-loading')} />;
  if (state.at === 'failed') {
    return (
      <Failed wholePage title={t(state.gone ? 'support-session-gone-title' : 'support-session-failed-title')} onRetry={reload}>
        <p>{t(state.gone ? 'support-session-gone' : 'staff-visits-failed')}</p>
        <a href="#desk">{t('staff-page-desk')}</a>
      </Failed>
    );
  }
  const { session } = state;
  const { visit } = session;
  const mine = holderOf(visit)?.id === me.id;
  return (
    <div class="session">
      <section class="session-main" aria-label={t('support-session')}>
        <Button kind="quiet" icon="arrowLeft" class="session-back" onClick={() => go('desk')}>
          {t('staff-page-desk')}
        </Button>
        <SessionHead session={session} me={me} />
        {state.outdated && <Notice tone="warn" icon="warning" title={t('staff-outdated-title')} />}
        <h2>{t('support-checks')}</h2>
        <Standing session={session} />
        {session.tests.length === 0 ? (
          <Empty icon="signal" title={t('support-no-tests-title')}>
            <p>{t('support-no-tests')}</p>
          </Empty>
        ) : (
          <CheckTable visit={visit.id} tests={session.tests} canRun={mine && visit.screen != null} />
        )}
      </section>
      <aside class="session-side" aria-label={t('support-what-to-do')}>
        <SessionActions session={session} me={me} onDone={reload} />
        <SessionPast session={session} zone={visit.facility.time_zone} />
      </aside>
    </div>
  );
}

function useSession(id: string) {
  const shown = useMemo(() => signal<Shown>({ at: 'loading' }), [id]);
  const [reload] = useState(() => () => {
    api.deskSession(id).then(
      (session) => {
        setClock(session.now);
        shown.value = { at: 'ready', session, outdated: false };
      },
      (error: unknown) => {
        const gone = error instanceof api.ApiError && error.status === 404;
        const before = shown.value;
        shown.value = before.at === 'ready' && !gone ? { ...before, outdated: true } : { at: 'failed', gone };
      },
    );
  });
  useEffect(() => {
    reload();
    return listenForNews(reload, ['visits', 'test']);
  }, [id]);
  return { shown, reload };
}

function SessionHead({ session: { visit }, me }: { session: DeskSession; me: Me }) {
  const zone = visit.facility.time_zone;
  const pill = statePill(visit);
  const look = readinessLook(visit.readiness, now.value);
  const facts = [
    visit.facility.id !== me.facility.id && facilityWords(visit, me.facility),
    `${dayWords(visit.starts_at, zone, language.value)}, ${clockTime(visit.starts_at, zone, language.value)}`,
    languageName(visit.language),
    deviceWords(visit.readiness.device),
  ];
  return (
    <header class="session-head">
      <h1>{visit.patient_name}</h1>
      <p class="head-sub">{facts.filter(Boolean).join(' · ')}</p>
      <div class="detail-pills">
        <Pill tone={pill.tone} icon={pill.icon}>
          {pill.words}
        </Pill>
        <Pill tone={look.tone} icon={look.icon}>
          {readinessWords(visit.readiness, now.value)}
        </Pill>
      </div>
    </header>
  );
}

/** Where the patient is now, and what they asked. */
function Standing({ session: { visit, tests } }: { session: DeskSession }) {
  const test = tests[0];
  const asked = askedWords(visit, now.value);
  const checked = test && t(test.finished_at == null ? 'support-test-runs' : 'support-test-was', { ago: ageWords(test.finished_at ?? test.started_at, now.value) });
  return (
    <p class="session-standing" role="status">
      {[screenWords(visit) ?? t('support-page-closed'), asked, visit.help?.cause && causeWords(visit.help.cause), checked]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}
