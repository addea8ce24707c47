// A live test call: the same room as a visit, without a record, ending in an outcome and a note.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { RadioField, TextArea } from '../ui/field';
import { Notice } from '../ui/states';
import { tell } from '../ui/status';
import { t } from '../ui/words';
import * as api from '../staff/api';
import type { DeskVisit, Me, Outcome } from '../staff/model';
import { listenForNews } from '../staff/news';
import { problemWords } from '../staff/problem';
import { go } from '../staff/route';
import { Failure } from '../staff/today/actions';
import { LiveView } from '../staff/visit/live-view';
import { useLiveVisit } from '../staff/visit/visit';

export function TestCallView({ id, me }: { id: string; me: Me }) {
  const live = useLiveVisit(id);
  const visit = useDeskVisit(id);
  const [settling, setSettling] = useState(false);
  const name = visit?.patient_name ?? t('support-test-call');
  return (
    <>
      <LiveView
        live={live}
        title={t('support-test-call-with', { name })}
        known={{ name: visit?.patient_name ?? '' }}
        readiness={() => visit?.readiness}
        startsAt={visit?.starts_at}
        zone={me.facility.time_zone}
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
      {settling && <OutcomeDialog id={id} name={name} onClose={() => setSettling(false)} />}
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

const OUTCOMES: Outcome[] = ['ready', 'use_the_phone', 'needs_another_device'];

function OutcomeDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const save = async () => {
    if (!outcome) return setFailure(t('support-outcome-missing'));
    setBusy(true);
    try {
      await api.settleTestCall(id, outcome, note.trim());
      go('desk');
      tell(t('support-saved', { name }));
    } catch (error) {
      setFailure(problemWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('support-outcome-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => go('desk')}>{t('support-leave-open')}</Button>
          <Button kind="main" busy={busy} onClick={() => void save()}>
            {t('support-end-and-save')}
          </Button>
        </>
      }
    >
      <RadioField
        label={t('support-outcome')}
        value={outcome}
        onInput={(value) => setOutcome(value as Outcome)}
        choices={OUTCOMES.map((value) => ({ value, words: t(`support-outcome-${value.replaceAll('_', '-')}`) }))}
      />
      <TextArea label={t('support-note')} hint={t('support-note-hint')} value={note} onInput={setNote} />
      <Failure words={failure} />
    </Dialog>
  );
}
