// What can be done with a booked visit besides starting it: the row's menu, and the question each entry asks first.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import type { MenuItem } from '../../ui/menu';
import { Notice } from '../../ui/states';
import { tell } from '../../ui/status';
import { clockTime, dateWords, dayWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import * as api from '../api';
import { isOver } from '../arrival';
import { MoveDialog } from '../booking/move';
import { companionsOf, MOST_COMPANIONS, nameAndRole } from '../companions';
import type { Facility, SeatLine, SeatLink, Visit } from '../model';
import { problemWords } from '../problem';
import { LinkCard } from './link-card';
import { AddSeatDialog, RemoveSeatDialog } from './seat-actions';

export interface Asked {
  what: 'link' | 'late' | 'vouch' | 'help' | 'move' | 'cancel' | 'add_seat' | 'remove_seat';
  visit: Visit;
  /** Whose, where it is not the patient's. */
  seat?: SeatLine;
}

export interface ActionProps {
  visit: Visit;
  facility: Facility;
  onClose: () => void;
  onDone: () => void;
}

export function visitMenu(visit: Visit, onAsk: (asked: Asked) => void): MenuItem[] {
  const ask = (what: Asked['what']) => () => onAsk({ what, visit });
  const phone = visit.patient.phone;
  const items: (MenuItem | false)[] = [
    { icon: 'link', words: t('staff-text-link'), onChoose: ask('link') },
    { icon: 'clock', words: t('staff-running-late'), onChoose: ask('late') },
    visit.arrival === 'locked_out' && { icon: 'userCheck', words: t('staff-vouch'), onChoose: ask('vouch') },
    companionsOf(visit).length < MOST_COMPANIONS && { icon: 'userPlus', words: t('staff-companion-add'), onChoose: ask('add_seat') },
    { icon: 'technician', words: t('staff-send-to-support'), onChoose: ask('help') },
    { icon: 'calendar', words: t('staff-move'), onChoose: ask('move') },
    { icon: 'x', words: t('staff-cancel-visit'), danger: true, onChoose: ask('cancel') },
  ];
  const call: MenuItem[] = phone
    ? [{ icon: 'phone', words: t('call-clinic', { phone }), href: `tel:${phone.replace(/[^+\d]/g, '')}` }]
    : [];
  const chosen = items.filter((item) => item !== false);
  if (isOver(visit)) return call.length > 0 ? call : [{ icon: 'calendarPlus', words: t('staff-page-book'), href: '#book' }];
  return [...chosen.slice(0, 2), ...call, ...chosen.slice(2)];
}

export function ActionDialog({ asked, ...rest }: { asked: Asked; facility: Facility; onClose: () => void; onDone: () => void }) {
  const props = { visit: asked.visit, ...rest };
  if (asked.what === 'link') return <LinkDialog {...props} {...(asked.seat ? { seat: asked.seat } : {})} />;
  if (asked.what === 'add_seat') return <AddSeatDialog {...props} />;
  if (asked.what === 'remove_seat') return asked.seat ? <RemoveSeatDialog {...props} seat={asked.seat} /> : null;
  if (asked.what === 'late') return <LateDialog {...props} />;
  if (asked.what === 'vouch') return <VouchDialog {...props} />;
  if (asked.what === 'help') return <HelpDialog {...props} />;
  if (asked.what === 'move') return <MoveDialog {...props} />;
  return <CancelDialog {...props} />;
}

function patientSeat(visit: Visit): string {
  return visit.seats.find((seat) => seat.role === 'patient')?.seat ?? '';
}

/** Runs one call for a dialog: busy while it runs, its failure in words, closed and told when done. */
export function useAction(work: () => Promise<unknown>, done: { words: string; onDone: () => void; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const run = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      done.onClose();
      done.onDone();
      tell(done.words);
    } catch (error) {
      setFailure(problemWords(error));
      setBusy(false);
    }
  };
  return { busy, failure, run: () => void run() };
}

export function Failure({ words }: { words: string | undefined }) {
  return words ? <Notice tone="bad" icon="warning" title={words} alert /> : null;
}

function LinkDialog({ visit, seat, onClose, onDone }: ActionProps & { seat?: SeatLine }) {
  const whose = seat ? { name: nameAndRole(seat) } : visit.patient;
  const arrival = seat ? seat.arrival : visit.arrival;
  const [link, setLink] = useState<Pick<SeatLink, 'url' | 'told'>>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const make = async () => {
    setBusy(true);
    try {
      setLink(await api.newLink(visit.id, seat?.seat ?? patientSeat(visit)));
      onDone();
    } catch (error) {
      setFailure(problemWords(error));
    }
    setBusy(false);
  };
  const close = <Button onClick={onClose}>{t(link ? 'close' : 'cancel')}</Button>;
  return (
    <Dialog
      title={t('staff-link-title', { name: whose.name })}
      onClose={onClose}
      actions={
        link ? (
          close
        ) : (
          <>
            {close}
            <Button kind="main" busy={busy} onClick={() => void make()}>
              {t('staff-link-make')}
            </Button>
          </>
        )
      }
    >
      {link ? (
        <LinkCard url={link.url} told={link.told} patient={whose} />
      ) : (
        <p>{t(arrival === 'waiting' || arrival === 'in_visit' ? 'staff-link-ask-here' : 'staff-link-ask')}</p>
      )}
      <Failure words={failure} />
    </Dialog>
  );
}

function LateDialog({ visit, onClose, onDone }: ActionProps) {
  const [minutes, setMinutes] = useState(visit.late_minutes || 5);
  const action = useAction(() => api.runningLate(visit.id, minutes), {
    words: t(minutes === 0 ? 'staff-on-time-told' : 'staff-late-told', { n: minutes }),
    onDone,
    onClose,
  });
  const choices = visit.late_minutes > 0 ? [0, 5, 10, 15] : [5, 10, 15];
  return (
    <Dialog
      title={t('staff-late-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" busy={action.busy} onClick={action.run}>
            {t('staff-late-tell')}
          </Button>
        </>
      }
    >
      <p>{t('staff-late-ask', { name: visit.patient.name })}</p>
      <fieldset class="segments">
        <legend class="unseen">{t('staff-late-title')}</legend>
        {choices.map((choice) => (
          <label key={choice}>
            <input type="radio" name="late" checked={minutes === choice} onChange={() => setMinutes(choice)} />
            <span>{choice === 0 ? t('staff-on-time') : t('staff-minutes', { n: choice })}</span>
          </label>
        ))}
      </fieldset>
      <Failure words={action.failure} />
    </Dialog>
  );
}

function VouchDialog({ visit, onClose, onDone }: ActionProps) {
  const name = visit.patient.name;
  const action = useAction(() => api.vouch(visit.id, patientSeat(visit)), { words: t('staff-vouched', { name }), onDone, onClose });
  return (
    <Dialog
      title={t('staff-vouch-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" busy={action.busy} onClick={action.run}>
            {t('staff-vouch-yes')}
          </Button>
        </>
      }
    >
      <p>{t('staff-vouch-ask', { name })}</p>
      <Who visit={visit} />
      {visit.patient.phone && <p>{t('staff-vouch-call', { phone: visit.patient.phone })}</p>}
      <Failure words={action.failure} />
    </Dialog>
  );
}

function HelpDialog({ visit, onClose, onDone }: ActionProps) {
  const name = visit.patient.name;
  const action = useAction(() => api.sendToSupport(visit.id), { words: t('staff-help-sent', { name }), onDone, onClose });
  return (
    <Dialog
      title={t('staff-help-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" busy={action.busy} onClick={action.run}>
            {t('staff-help-send')}
          </Button>
        </>
      }
    >
      <p>{t('staff-help-ask', { name })}</p>
      <Failure words={action.failure} />
    </Dialog>
  );
}

function CancelDialog({ visit, facility, onClose, onDone }: ActionProps) {
  const action = useAction(() => api.cancel(visit.id), { words: t('staff-cancelled-told', { name: visit.patient.name }), onDone, onClose });
  const when = `${dayWords(visit.starts_at, facility.time_zone, language.value)}, ${clockTime(visit.starts_at, facility.time_zone, language.value)}`;
  return (
    <Dialog
      title={t('staff-cancel-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('staff-keep-visit')}</Button>
          <Button kind="danger" busy={action.busy} onClick={action.run}>
            {t('staff-cancel-visit')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{visit.patient.name}</strong>, {when}
      </p>
      <p>{t('staff-cancel-ask')}</p>
      <Failure words={action.failure} />
    </Dialog>
  );
}

/** Name and date of birth, large enough to read aloud. */
export function Who({ visit }: { visit: Visit }) {
  return (
    <dl class="who">
      <div>
        <dt>{t('staff-name')}</dt>
        <dd>{visit.patient.name}</dd>
      </div>
      <div>
        <dt>{t('staff-born')}</dt>
        <dd>{dateWords(visit.patient.born, language.value)}</dd>
      </div>
    </dl>
  );
}
