// Moving a visit to another time; the patient's link stays the same and tells them the new time.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { announce, tell } from '../../ui/status';
import { clockTime, dayWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import * as api from '../api';
import { problemWords } from '../problem';
import { now } from '../session';
import { Failure, type ActionProps } from '../today/actions';
import { checkWhen, type When } from './when';
import { TIME_PROBLEMS, WhenFields } from './when-fields';

export function MoveDialog({ visit, facility, onClose, onDone }: ActionProps) {
  const zone = facility.time_zone;
  const [when, setWhen] = useState<When>({ date: visit.starts_local.slice(0, 10), time: visit.starts_local.slice(11, 16) });
  const [length, setLength] = useState(Math.round((visit.ends_at - visit.starts_at) / 60_000));
  const [strict, setStrict] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ words: string; time: boolean }>();

  const move = async () => {
    setStrict(true);
    const checked = checkWhen(when, zone, now.peek());
    if (checked.state !== 'right') return;
    setBusy(true);
    try {
      const moved = await api.move(visit.id, checked.startsAt, length);
      onClose();
      onDone();
      const words = `${dayWords(moved.starts_at, zone, language.value)}, ${clockTime(moved.starts_at, zone, language.value)}`;
      tell(t('staff-moved-told', { name: visit.patient.name, when: words }));
    } catch (error) {
      const words = problemWords(error);
      setFailure({ words, time: error instanceof api.ApiError && TIME_PROBLEMS.has(error.code) });
      announce(words);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('staff-move-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" busy={busy} onClick={() => void move()}>
            {t('staff-move')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{visit.patient.name}</strong>, {dayWords(visit.starts_at, zone, language.value)},{' '}
        {clockTime(visit.starts_at, zone, language.value)}
      </p>
      <WhenFields
        when={when}
        length={length}
        zone={zone}
        strict={strict}
        refused={failure?.time ? failure.words : undefined}
        onWhen={(next) => {
          setWhen(next);
          setFailure(undefined);
        }}
        onLength={setLength}
      />
      {failure && !failure.time && <Failure words={failure.words} />}
      <p class="quiet">{t('staff-move-note')}</p>
    </Dialog>
  );
}
