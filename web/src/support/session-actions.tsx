// What a technician can do for a visit, the most sensible first; and who has it. An impossible action is absent.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { RadioField } from '../ui/field';
import { tell } from '../ui/status';
import { t } from '../ui/words';
import * as api from '../staff/api';
import type { DeskColleague, DeskSession, Me } from '../staff/model';
import { problemWords } from '../staff/problem';
import { go } from '../staff/route';
import { Failure } from '../staff/today/actions';
import { OutcomeDialog } from './outcome';
import { holderOf } from './state';

interface SessionActionsProps {
  session: DeskSession;
  me: Me;
  onDone: () => void;
}

type Asking = 'outcome' | 'hand_over' | undefined;

export function SessionActions({ session, me, onDone }: SessionActionsProps) {
  const { visit } = session;
  const holder = holderOf(visit);
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onDone();
  };
  if (holder && holder.id !== me.id) return <Taken visit={visit.id} holder={holder} onDone={onDone} />;
  if (!holder) {
    return (
      <section class="session-part">
        <h2>{t('support-nobody-has')}</h2>
        <p>{t('support-claim-first')}</p>
        <Act kind="main" work={() => api.claim(visit.id)} onDone={onDone}>
          {t('support-action-claim')}
        </Act>
      </section>
    );
  }
  const phone = visit.patient_phone;
  return (
    <section class="session-part">
      <h2>{t('support-you-have')}</h2>
      <Act kind="main" icon="camera" work={async () => go(`test-call/${(await api.startTestCall(visit.id)).visit}`)}>
        {t(visit.test_call?.open ? 'support-return' : 'support-start')}
      </Act>
      <Act icon="link" work={() => text(visit.id)} onDone={onDone}>
        {t('support-text')}
      </Act>
      {phone && (
        <a class="button button-plain" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
          {t('call-clinic', { phone })}
        </a>
      )}
      <Button icon="check" onClick={() => setAsking('outcome')}>
        {t('support-settle')}
      </Button>
      <div class="session-pass">
        <Button kind="quiet" icon="swap" onClick={() => setAsking('hand_over')}>
          {t('support-hand-over')}
        </Button>
        <Act kind="quiet" work={() => api.release(visit.id)} onDone={onDone}>
          {t('support-release')}
        </Act>
      </div>
      {asking === 'outcome' && (
        <OutcomeDialog
          title={t('support-settle-title')}
          name={visit.patient_name}
          save={(outcome, note) => api.settleRequest(visit.id, outcome, note)}
          saveWords={t('support-save')}
          onSaved={done}
          onClose={close}
        />
      )}
      {asking === 'hand_over' && <HandOver session={session} me={me} onDone={done} onClose={close} />}
    </section>
  );
}

async function text(visit: string): Promise<void> {
  const { channel } = await api.textSteps(visit);
  tell(t(`support-texted-${channel}`));
}

function Taken({ visit, holder, onDone }: { visit: string; holder: DeskColleague; onDone: () => void }) {
  return (
    <section class="session-part">
      <h2>{t('support-other-has', { name: holder.name })}</h2>
      <p>{t(holder.at_desk ? 'support-other-here' : 'support-other-left', { name: holder.name })}</p>
      {!holder.at_desk && (
        <Act kind="main" work={() => api.takeOver(visit)} onDone={onDone}>
          {t('support-action-take-over')}
        </Act>
      )}
    </section>
  );
}

/** A button that does one thing, is busy meanwhile, and says it where the gateway refuses. */
function Act({
  work,
  onDone,
  ...button
}: { work: () => Promise<unknown>; onDone?: () => void } & Pick<Parameters<typeof Button>[0], 'kind' | 'icon' | 'children'>) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      tell(problemWords(error), 'bad');
    }
    setBusy(false);
    onDone?.();
  };
  return <Button {...button} busy={busy} onClick={() => void act()} />;
}

function HandOver({ session, me, onDone, onClose }: SessionActionsProps & { onClose: () => void }) {
  const there = session.colleagues.filter((colleague) => colleague.at_desk && colleague.id !== me.id);
  const [to, setTo] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const pass = async () => {
    if (!to) return setFailure(t('support-hand-over-missing'));
    setBusy(true);
    try {
      await api.handOver(session.visit.id, to);
      onDone();
      tell(t('support-handed-over', { name: there.find((colleague) => colleague.id === to)?.name ?? '' }));
    } catch (error) {
      setFailure(problemWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('support-hand-over-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {there.length > 0 && (
            <Button kind="main" busy={busy} onClick={() => void pass()}>
              {t('support-hand-over')}
            </Button>
          )}
        </>
      }
    >
      {there.length === 0 ? (
        <p>{t('support-nobody-there')}</p>
      ) : (
        <RadioField
          label={t('support-colleague')}
          value={to}
          onInput={setTo}
          choices={there.map(({ id, name }) => ({ value: id, words: name }))}
        />
      )}
      <Failure words={failure} />
    </Dialog>
  );
}
