// The record in the visit: what can be shown, how the patient will see it, Show, where it stands, Withdraw.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from '../../generated/signaling';
import { Button, IconButton } from '../../ui/button';
import { Glyph, type GlyphName } from '../../ui/glyph';
import { Pill, type Tone } from '../../ui/pill';
import { Empty, Failed, Loading, Notice } from '../../ui/states';
import { dateWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import { isCompanion, nameAndRole } from '../companions';
import type { RecordItem, Visit } from '../model';
import type { LiveVisit } from './live';
import { isOnScreen, matching, RecordPanelState, standOf, type Prepared, type Stand } from './record';
import { SnippetPreview } from './snippet-preview';

export function RecordPanel({ live, visit, people }: { live: LiveVisit; visit: Visit; people: Person[] }) {
  const record = useMemo(() => new RecordPanelState(visit.id), [visit.id]);
  useEffect(() => void record.load(), [record]);
  const open = record.open.value;
  return (
    <section class="panel-part record" aria-label={t('staff-record')}>
      {open ? (
        <OpenItem live={live} record={record} visit={visit} people={people} item={open} />
      ) : (
        <Items live={live} record={record} visit={visit} />
      )}
    </section>
  );
}

const KIND_ICONS: Record<RecordItem['kind'], GlyphName> = {
  lab_trend: 'chart',
  lab_result: 'flask',
  vital_signs: 'pulse',
  medications: 'pill',
  allergies: 'warning',
  conditions: 'stethoscope',
  immunizations: 'syringe',
  care_plan: 'list',
  report: 'file',
};

function Items({ live, record, visit }: { live: LiveVisit; record: RecordPanelState; visit: Visit }) {
  const [words, setWords] = useState('');
  const read = record.list.value;
  return (
    <>
      <h2>{t('staff-record')}</h2>
      {live.room.value.consent === 'refused' && (
        <Notice tone="warn" icon="x" title={t('staff-consent-refused-title')}>
          <p>{t('staff-consent-refused')}</p>
        </Notice>
      )}
      {read.state === 'loading' && <Loading words={t('staff-record-loading')} />}
      {read.state === 'failed' && (
        <Failed title={t('staff-record-failed-title')} onRetry={() => void record.load()}>
          <p>{read.words}</p>
        </Failed>
      )}
      {read.state === 'ready' && !read.list.source_available && (
        <Failed title={t('staff-record-away-title')} onRetry={() => void record.load()}>
          <p>{read.list.note?.sentence ?? t('staff-record-away')}</p>
        </Failed>
      )}
      {read.state === 'ready' && read.list.source_available && read.list.items.length === 0 && (
        <Empty icon="file" title={t('staff-record-empty-title')}>
          <p>{read.list.note?.sentence ?? t('staff-record-empty')}</p>
        </Empty>
      )}
      {read.state === 'ready' && read.list.items.length > 0 && (
        <>
          <span class="search-box">
            <Glyph name="search" />
            <input
              type="search"
              value={words}
              aria-label={t('staff-record-search')}
              placeholder={t('staff-record-search')}
              onInput={(event) => setWords(event.currentTarget.value)}
            />
          </span>
          <ItemList
            live={live}
            record={record}
            items={matching(read.list.items, words)}
            onOpen={(item) => void record.choose(item, visit.patient.language)}
          />
          {read.list.skipped > 0 && <p class="quiet">{t('staff-record-skipped', { n: read.list.skipped })}</p>}
        </>
      )}
    </>
  );
}

function ItemList({
  live,
  record,
  items,
  onOpen,
}: {
  live: LiveVisit;
  record: RecordPanelState;
  items: RecordItem[];
  onOpen: (item: RecordItem) => void;
}) {
  if (items.length === 0) return <p class="quiet">{t('staff-record-no-match')}</p>;
  return (
    <ul class="items">
      {items.map((item) => {
        const stand = itemStand(live, record, item);
        return (
          <li key={item.id}>
            <button type="button" onClick={() => onOpen(item)}>
              <Glyph name={KIND_ICONS[item.kind]} />
              <span class="item-words">
                <span class="item-title">{item.title}</span>
                <span class="quiet">{[item.subtitle, item.newest_at && dayOf(item.newest_at)].filter(Boolean).join(' · ')}</span>
                {stand && isOnScreen(stand) ? <StandPill stand={stand} /> : <Flag flag={item.flag} />}
              </span>
              <Glyph name="chevronRight" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function dayOf(newest: string | number): string {
  return dateWords(typeof newest === 'number' ? new Date(newest).toISOString().slice(0, 10) : newest.slice(0, 10), language.value);
}

function itemStand(live: LiveVisit, record: RecordPanelState, item: RecordItem): Stand | undefined {
  const snippets = [...record.prepared.value.values()].filter((one) => one.item.id === item.id);
  const room = live.room.value;
  const views = snippets.map((one) => room.snippets.find((view) => view.snippet === one.snippet.id)).filter((view) => view !== undefined);
  return views.map((view) => standOf(view, room.consent)).find(isOnScreen);
}

function Flag({ flag }: { flag: RecordItem['flag'] }) {
  if (flag === 'high')
    return (
      <Pill tone="warn" icon="warning">
        {t('staff-flag-high')}
      </Pill>
    );
  if (flag === 'low')
    return (
      <Pill tone="warn" icon="warning">
        {t('staff-flag-low')}
      </Pill>
    );
  return null;
}

function OpenItem({
  live,
  record,
  visit,
  people,
  item,
}: {
  live: LiveVisit;
  record: RecordPanelState;
  visit: Visit;
  people: Person[];
  item: RecordItem;
}) {
  const prepared = record.latest(item.id, visit.patient.language);
  return (
    <>
      <header class="record-head">
        <IconButton icon="arrowLeft" label={t('staff-record-back')} onClick={() => record.back()} />
        <h2>{item.title}</h2>
      </header>
      {record.preparing.value === item.id && <Loading words={t('staff-record-preparing')} />}
      {record.failure.value && (
        <Failed title={t('staff-record-prepare-failed-title')} onRetry={() => void record.choose(item, visit.patient.language)}>
          <p>{record.failure.value}</p>
        </Failed>
      )}
      {prepared && <PreparedItem live={live} record={record} visit={visit} people={people} prepared={prepared} />}
    </>
  );
}

function PreparedItem({
  live,
  record,
  visit,
  people,
  prepared,
}: {
  live: LiveVisit;
  record: RecordPanelState;
  visit: Visit;
  people: Person[];
  prepared: Prepared;
}) {
  const room = live.room.value;
  const view = room.snippets.find((one) => one.snippet === prepared.snippet.id);
  const stand = standOf(view, room.consent);
  const patient = people.find((person) => person.role === 'patient');
  const companions = people.filter((person) => isCompanion(person.role));
  const without = companions.filter((person) => !view?.audience.includes(person.seat));
  const [included, setIncluded] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const audience = view
    ? people.filter((person) => view.audience.includes(person.seat))
    : people.filter((person) => person === patient || included.includes(person.seat));

  const show = async () => {
    setBusy(true);
    await live.offer(
      prepared,
      audience.map((person) => person.seat),
    );
    setBusy(false);
  };
  const withdraw = async () => {
    await live.withdraw(prepared.snippet.id);
  };
  const again = () => {
    record.forget(prepared.snippet.id);
    void record.choose(prepared.item, visit.patient.language);
  };

  return (
    <>
      <StandLine stand={stand} name={patient?.name ?? visit.patient.name} />
      <SnippetPreview prepared={prepared} />
      {stand === 'prepared' && companions.length > 0 && (
        <fieldset class="field choices">
          <legend>{t('staff-audience-also')}</legend>
          {companions.map((person) => (
            <label key={person.seat} class="choice">
              <input
                type="checkbox"
                checked={included.includes(person.seat)}
                onChange={(event) =>
                  setIncluded(event.currentTarget.checked ? [...included, person.seat] : included.filter((seat) => seat !== person.seat))
                }
              />
              <span>{nameAndRole(person)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <p class="audience">
        <Glyph name="eye" size={16} />
        <span>{audience.length > 0 ? t('staff-audience', { names: names(audience) }) : t('staff-audience-nobody')}</span>
      </p>
      <div class="form-actions">
        {stand === 'prepared' && (
          <Button kind="main" icon="eye" busy={busy} disabled={!patient} onClick={() => void show()}>
            {t('staff-show')}
          </Button>
        )}
        {isOnScreen(stand) &&
          without.map((person) => (
            <Button key={person.seat} icon="eye" onClick={() => void live.include(prepared.snippet.id, [person.seat])}>
              {t('staff-include', { name: nameAndRole(person) })}
            </Button>
          ))}
        {isOnScreen(stand) && (
          <Button kind="danger" icon="x" onClick={() => void withdraw()}>
            {t('staff-withdraw')}
          </Button>
        )}
        {(stand === 'withdrawn' || stand === 'rejected' || stand === 'refused') && <Button onClick={again}>{t('staff-show-again')}</Button>}
      </div>
    </>
  );
}

function names(people: Person[]): string {
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(people.map(nameAndRole));
}

const STANDS: Record<Stand, { tone: Tone; icon: GlyphName }> = {
  prepared: { tone: 'plain', icon: 'file' },
  asking: { tone: 'info', icon: 'hourglass' },
  refused: { tone: 'warn', icon: 'x' },
  sending: { tone: 'info', icon: 'hourglass' },
  shown: { tone: 'good', icon: 'check' },
  seen: { tone: 'good', icon: 'eye' },
  withdrawn: { tone: 'plain', icon: 'x' },
  rejected: { tone: 'bad', icon: 'warning' },
};

function StandPill({ stand }: { stand: Stand }) {
  return (
    <Pill tone={STANDS[stand].tone} icon={STANDS[stand].icon}>
      {t(`staff-stand-${stand}`)}
    </Pill>
  );
}

function StandLine({ stand, name }: { stand: Stand; name: string }) {
  if (stand === 'prepared') return null;
  return (
    <div class="stand" role="status">
      <StandPill stand={stand} />
      <p class="quiet">{t(`staff-stand-${stand}-line`, { name })}</p>
    </div>
  );
}
