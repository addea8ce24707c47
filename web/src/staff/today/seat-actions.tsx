// An interpreter found on the day gets a place and a link; a place that is not needed is taken away.
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { t } from '../../ui/words';
import * as api from '../api';
import { CompanionFields } from '../booking/companions';
import { nameAndRole, nameIsRight, typed } from '../companions';
import type { NewSeat, SeatLine, SeatLink } from '../model';
import { problemWords } from '../problem';
import { Failure, useAction, type ActionProps } from './actions';
import { LinkCard } from './link-card';

export function AddSeatDialog({ visit, onClose, onDone }: ActionProps) {
  const [seat, setSeat] = useState<NewSeat>({ role: 'interpreter', name: '' });
  const [link, setLink] = useState<SeatLink>();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const key = useRef(crypto.randomUUID());
  const add = async () => {
    setTried(true);
    if (!nameIsRight(seat)) return;
    setBusy(true);
    try {
      setLink((await api.addSeat(visit.id, typed(seat), key.current)).link);
      onDone();
    } catch (error) {
      setFailure(problemWords(error));
    }
    setBusy(false);
  };
  const change = (next: NewSeat) => {
    setSeat(next);
    setFailure(undefined);
    key.current = crypto.randomUUID();
  };
  return (
    <Dialog
      title={t('staff-companion-add-title', { name: visit.patient.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t(link ? 'close' : 'cancel')}</Button>
          {!link && (
            <Button kind="main" busy={busy} onClick={() => void add()}>
              {t('staff-companion-add-yes')}
            </Button>
          )}
        </>
      }
    >
      {link ? <LinkCard url={link.url} told={link.told} patient={{ name: nameAndRole(seat) }} /> : <CompanionFields seat={seat} strict={tried} onChange={change} />}
      <Failure words={failure} />
    </Dialog>
  );
}

export function RemoveSeatDialog({ visit, seat, onClose, onDone }: ActionProps & { seat: SeatLine }) {
  const name = nameAndRole(seat);
  const action = useAction(() => api.removeSeat(visit.id, seat.seat), { words: t('staff-companion-removed', { name }), onDone, onClose });
  return (
    <Dialog
      title={t('staff-remove-title', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="danger" busy={action.busy} onClick={action.run}>
            {t('staff-remove')}
          </Button>
        </>
      }
    >
      <p>{t('staff-remove-ask-companion')}</p>
      <Failure words={action.failure} />
    </Dialog>
  );
}
