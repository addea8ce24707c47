// One item open: as the patient will see it, who will see it, Show; then where it stands, who sees it, and what can be done about it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SeatId, SnippetView } from '../../generated/signaling';
import { Button, IconButton } from '../../ui/button';
import { Glyph } from '../../ui/glyph';
import { Failed, Loading } from '../../ui/states';
import { t } from '../../ui/words';
import { isCompanion } from '../companions';
import type { RecordItem } from '../model';
import { isOnScreen, standOf, type Prepared } from './record';
import { AudienceChoice, AudienceLine, withRole } from './record-audience';
import { NoConsent, type RecordProps } from './record-panel';
import { Sending, StandLine } from './record-stand';
import { SnippetPreview } from './snippet-preview';

export function OpenItem(props: RecordProps & { item: RecordItem }) {
  const { record, visit, item } = props;
  const prepared = record.latest(item.id, visit.patient.language);
  const before = record.shownBefore(item.id, props.live.room.value);
  return (
    <div class="open-item" onKeyDown={(event) => escape(event, () => record.back())}>
      <header class="record-head">
        <IconButton icon="arrowLeft" label={t('staff-record-back')} onClick={() => record.back()} />
        <h2>{item.title}</h2>
      </header>
      <NoConsent {...props} />
      {record.preparing.value === item.id && <Loading words={t('staff-record-preparing')} />}
      {record.failure.value && (
        <Failed title={t('staff-record-prepare-failed-title')} onRetry={() => void record.choose(item, visit.patient.language)}>
          <p>{record.failure.value}</p>
        </Failed>
      )}
      {before !== undefined && <StillOn {...props} snippet={before} />}
      {before === undefined && prepared && <PreparedItem key={prepared.snippet.id} {...props} prepared={prepared} />}
    </div>
  );
}

/** A key that is held down does not show a record by itself: Show wants a press of its own. */
function escape(event: KeyboardEvent, back: () => void) {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
  if (event.key !== 'Escape') return;
  event.preventDefault();
  back();
}

/** Of what was shown before this page was loaded anew the content is gone from here; taking it back is not. */
function StillOn({ live, visit, snippet }: RecordProps & { snippet: string }) {
  const view = live.room.value.snippets.find((one) => one.snippet === snippet);
  return (
    <>
      <StandLine stand={standOf(view, live.room.value.consent)} name={visit.patient.name} />
      <div class="form-actions">
        <Button kind="danger" icon="x" onClick={() => void live.withdraw(snippet)}>
          {t('staff-withdraw')}
        </Button>
      </div>
    </>
  );
}

function PreparedItem(props: RecordProps & { prepared: Prepared }) {
  const { live, record, visit, people, prepared } = props;
  const room = live.room.value;
  const view = room.snippets.find((one) => one.snippet === prepared.snippet.id);
  const stand = standOf(view, room.consent);
  const patient = people.find((person) => person.role === 'patient');
  const [chosen, setChosen] = useState<SeatId[]>([]);
  const audience = people.filter((person) => (view ? view.audience.includes(person.seat) : person === patient || chosen.includes(person.seat)));
  const main = useRef<HTMLDivElement>(null);
  const stopped = room.consent === 'refused' || room.consent === 'stopped';
  useEffect(() => {
    // The list may have been scrolled far down; and the next press is Show.
    main.current?.closest('.open-item')?.scrollIntoView({ block: 'start' });
    main.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    // A button that was pressed and is gone leaves the focus on the way back: Enter for the next item, Escape as everywhere.
    if (document.activeElement === document.body) main.current?.closest('.open-item')?.querySelector('button')?.focus();
  }, [stand, view?.keep, view?.audience.length]);
  const again = () => {
    record.forget(prepared.snippet.id);
    void record.choose(prepared.item, visit.patient.language);
  };
  return (
    <>
      <StandLine stand={stand} name={patient?.name ?? visit.patient.name} />
      {view && isOnScreen(stand) && <Sending shares={arrivedWhereNotShown(live, view)} />}
      <SnippetPreview
        prepared={prepared}
        people={room.people}
        audience={audience}
        patient={patient?.seat ?? ''}
        live={live}
        isShown={stand === 'shown' || stand === 'seen'}
      />
      <div class="form-actions" ref={main}>
        {stand === 'prepared' && <AudienceChoice people={people} chosen={chosen} onChoose={setChosen} />}
        <AudienceLine people={audience} />
        {stand === 'prepared' && <Show live={live} prepared={prepared} seats={audience.map(({ seat }) => seat)} off={!patient || stopped} />}
        {isOnScreen(stand) && <OnScreen {...props} />}
        {(stand === 'withdrawn' || stand === 'rejected' || stand === 'refused') && !stopped && (
          <Button onClick={again}>{t('staff-show-again')}</Button>
        )}
      </div>
    </>
  );
}

function arrivedWhereNotShown({ arrived }: RecordProps['live'], { snippet, audience, shown_to }: SnippetView): number[] {
  return audience.filter((seat) => !shown_to.includes(seat)).map((seat) => arrived.value.get(`${snippet} ${seat}`) ?? 0);
}

function Show({ live, prepared, seats, off }: { live: RecordProps['live']; prepared: Prepared; seats: SeatId[]; off: boolean }) {
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    await live.offer(prepared, seats);
    setBusy(false);
  };
  return (
    <Button kind="main" icon="eye" busy={busy} disabled={off} describedBy="audience" onClick={() => void show()}>
      {t('staff-show')}
    </Button>
  );
}

/** More people or fewer, one by one, a copy for the patient, and back. */
function OnScreen({ live, people, prepared }: RecordProps & { prepared: Prepared }) {
  const view = live.room.value.snippets.find((one) => one.snippet === prepared.snippet.id);
  const id = prepared.snippet.id;
  const companions = people.filter((person) => isCompanion(person.role));
  const [included, without] = [true, false].map((is) => companions.filter(({ seat }) => view?.audience.includes(seat) === is));
  return (
    <>
      {view?.keep ? (
        <p class="audience">
          <Glyph name="check" size={16} />
          <span>{t('staff-keep-given')}</span>
        </p>
      ) : (
        <Button icon="file" onClick={() => void live.giveToKeep(id)}>
          {t('staff-keep')}
        </Button>
      )}
      {without?.map((person) => (
        <Button key={person.seat} icon="eye" onClick={() => void live.include(id, [person.seat])}>
          {t('staff-include', { name: withRole(person) })}
        </Button>
      ))}
      {included?.map((person) => (
        <Button key={person.seat} icon="x" onClick={() => void live.withdrawFrom(id, person.seat)}>
          {t('staff-exclude', { name: withRole(person) })}
        </Button>
      ))}
      <Button kind="danger" icon="x" onClick={() => void live.withdraw(id)}>
        {t('staff-withdraw')}
      </Button>
    </>
  );
}
