// A live test call: the same room as a visit, without a record, ending in an outcome and a note.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Notice } from '../ui/states';
import { t } from '../ui/words';
import * as api from '../staff/api';
import type { DeskVisit, Me } from '../staff/model';
import { listenForNews } from '../staff/news';
import { go } from '../staff/route';
import { LiveView } from '../staff/visit/live-view';
import { useLiveVisit } from '../staff/visit/visit';
import { useAtDesk } from './at-desk';
import { OutcomeDialog } from './outcome';

export function TestCallView({ id, me }: { id: string; me: Me }) {
  const live = useLiveVisit(id);
  const visit = useDeskVisit(id);
  const [settling, setSettling] = useState(false);
  useAtDesk();
  const name = visit?.patient_name ?? t('support-test-call');
  return (
    <>
      <LiveView
        live={live}
        title={t('support-test-call-with', { name })}
        known={{ name: visit?.patient_name ?? '' }}
        readiness={() => visit?.readiness}
        startsAt={visit?.starts_at}
        zone={visit?.facility.time_zone ?? me.facility.time_zone}
        phone={visit?.patient_phone}
        back={{ words: t('staff-page-desk'), go: () => go('desk') }}
        onEnd={() => (live.room.peek().place === 'ended' ? go('desk') : setSettling(true))}
        panel={() => (
          <section class="panel-part">
            <h2>{t('support-outcome')}</h2>
            <Notice tone="info" icon="shield" title={t('support-no-clinical-title')}>
              <p>{t('support-no-record')}</p>
            </Notice>
            <p>{t('support-outcome-ask')}</p>
            <div class="form-actions">
              <Button kind="main" icon="check" onClick={() => setSettling(true)}>
                {t('support-finish')}
              </Button>
            </div>
          </section>
        )}
      />
      {settling && (
        <OutcomeDialog
          title={t('support-outcome-title')}
          name={name}
          save={(outcome, note) => api.settleTestCall(id, outcome, note)}
          saveWords={t('support-end-and-save')}
          leave={{ words: t('support-leave-open'), go: () => go('desk') }}
          onSaved={() => go('desk')}
          onClose={() => setSettling(false)}
        />
      )}
    </>
  );
}

/** The coming visit that this test call belongs to. */
function useDeskVisit(testCall: string): DeskVisit | undefined {
  const [visit, setVisit] = useState<DeskVisit>();
  useEffect(() => {
    const read = () =>
      void api.deskVisits().then(
        ({ visits }) => setVisit((before) => visits.find((one) => one.test_call?.visit === testCall) ?? before),
        () => undefined,
      );
    read();
    return listenForNews(read);
  }, [testCall]);
  return visit;
}
