// The record in the visit: what can be shown, and one item of it open. Escape goes back, and the list is where it was left.
import './record.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { Person } from '../../generated/signaling';
import { Button } from '../../ui/button';
import { Empty, Failed, Loading, Notice } from '../../ui/states';
import { isLanguage, t } from '../../ui/words';
import type { RecordItem, RecordList, Visit } from '../model';
import type { LiveVisit } from './live';
import { INSTRUCTIONS, RecordPanelState } from './record';
import { OpenItem } from './record-item';
import { ItemList } from './record-list';
import { WriteInstructions } from './write-instructions';

export interface RecordProps {
  live: LiveVisit;
  record: RecordPanelState;
  visit: Visit;
  people: Person[];
}

export function RecordPanel({ live, visit, people }: Omit<RecordProps, 'record'>) {
  const record = useMemo(() => new RecordPanelState(visit.id), [visit.id]);
  useEffect(() => void record.load(), [record]);
  const open = record.open.value;
  const props = { live, record, visit, people };
  return (
    <section class="panel-part record" aria-label={t('staff-record')}>
      {open ? (
        <OpenItem key={open.id} {...props} item={open} />
      ) : record.draft.value ? (
        <WriteInstructions {...props} />
      ) : (
        <>
          <h2>{t('staff-record')}</h2>
          <NoConsent {...props} />
          <Button icon="pencil" onClick={() => record.startWriting(isLanguage(visit.patient.language) ? visit.patient.language : 'en')}>
            {t('staff-instructions-write')}
          </Button>
          <Items {...props} />
        </>
      )}
    </section>
  );
}

/** The patient's no, and how they take it back: nobody asks them a second time. */
export function NoConsent({ live, visit }: RecordProps) {
  const { consent, people } = live.room.value;
  if (consent !== 'refused' && consent !== 'stopped') return null;
  const me = people.find((person) => person.seat === live.room.value.seat)?.name ?? visit.clinician.name;
  return (
    <Notice tone="warn" icon="x" title={t(`staff-consent-${consent}-title`, { name: visit.patient.name })} alert>
      <p>{t('staff-consent-again', { me })}</p>
    </Notice>
  );
}

/** What was typed in this page, and what is on the screen since before it was loaded anew: that can still be taken back. */
function instructions({ record, live }: RecordProps): readonly RecordItem[] {
  const earlier = record.onScreen(INSTRUCTIONS, live.room.value);
  const one: RecordItem = { id: INSTRUCTIONS, kind: INSTRUCTIONS, title: t('staff-instructions'), found_by: [] };
  return earlier === undefined ? record.written.value : [...record.written.value, one];
}

function Items(props: RecordProps) {
  const { record } = props;
  const written = instructions(props);
  const read = record.list.value;
  if (read.state === 'loading') return <Loading words={t('staff-record-loading')} />;
  if (read.state === 'failed') return <Away title={t('staff-record-failed-title')} words={read.words} onRetry={() => void record.load()} />;
  const { list } = read;
  if (!list.source_available)
    return <Away title={t('staff-record-away-title')} words={list.note?.sentence ?? t('staff-record-away')} onRetry={() => void record.load()} />;
  const items = [...written, ...list.items];
  if (items.length === 0) return <Nothing list={list} />;
  return (
    <>
      <ItemList {...props} items={items} />
      {list.skipped > 0 && <p class="quiet">{t('staff-record-skipped', { n: list.skipped })}</p>}
    </>
  );
}

function Away({ title, words, onRetry }: { title: string; words: string; onRetry: () => void }) {
  return (
    <Failed title={title} onRetry={onRetry}>
      <p>{words}</p>
    </Failed>
  );
}

function Nothing({ list }: { list: RecordList }) {
  return (
    <Empty icon="file" title={t('staff-record-empty-title')}>
      <p>{list.note?.sentence ?? t('staff-record-empty')}</p>
    </Empty>
  );
}
