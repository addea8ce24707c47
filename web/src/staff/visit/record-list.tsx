// The list of what can be shown, by hand and by keyboard: one row takes the focus, arrows move it, typing goes to the search.
import { useEffect, useRef } from 'preact/hooks';
import { Glyph, type GlyphName } from '../../ui/glyph';
import { Pill } from '../../ui/pill';
import { dateWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import type { RecordItem } from '../model';
import { shortDate } from './record-dates';
import { grouped, matching, type Found, type Group } from './record-find';
import { move, useSlash } from './record-keys';
import type { RecordProps } from './record-panel';
import { StandPill } from './record-stand';

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
  image: 'image',
  instructions: 'pencil',
};

/** A group shows so many until all of it is asked for. */
const FIRST = 5;

export function ItemList(props: RecordProps & { items: RecordItem[] }) {
  const { record, live, items } = props;
  const words = record.words.value;
  const box = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useSlash(search);
  useEffect(() => {
    // Back from an item: the focus is on its row.
    const left = record.left;
    record.left = undefined;
    if (left) box.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(left)}"]`)?.focus();
  }, []);
  const onScreen = new Set(items.filter((item) => record.standOn(item.id, live.room.value) !== undefined).map(({ id }) => id));
  const groups = grouped(items, onScreen);
  const found = words.trim() ? matching(items, words) : undefined;
  const lines = found ?? groups.flatMap((group) => shownOf(group, record.unfolded.value).map((item): Found => ({ item })));
  const row = lines.find(({ item }) => item.id === record.row.value) ?? lines[0];
  return (
    <div ref={box} class="finder" onKeyDown={(event) => move(event, box.current, search.current)}>
      <span class="search-box">
        <Glyph name="search" />
        <input
          ref={search}
          type="search"
          value={words}
          aria-label={t('staff-record-search')}
          aria-describedby="record-keys"
          placeholder={t('staff-record-search')}
          onInput={(event) => (record.words.value = event.currentTarget.value)}
        />
      </span>
      {found?.length === 0 && (
        <p class="quiet" role="status">
          {t('staff-record-no-match', { words: words.trim() })}
        </p>
      )}
      {found ? <Rows {...props} row={row} found={found} /> : groups.map((group) => <GroupRows key={group.name} {...props} row={row} group={group} />)}
      <p id="record-keys" class="quiet record-keys">
        {t('staff-record-keys')}
      </p>
    </div>
  );
}

function shownOf({ name, items }: Group, unfolded: ReadonlySet<string>): RecordItem[] {
  return unfolded.has(name) || items.length <= FIRST + 1 ? items : items.slice(0, FIRST);
}

/** `row` is the one that Tab comes to; arrows go to the others. */
type RowProps = RecordProps & { row: Found | undefined };

function GroupRows({ group, ...props }: RowProps & { group: Group }) {
  const { record } = props;
  const items = shownOf(group, record.unfolded.value);
  const unfold = () => (record.unfolded.value = new Set(record.unfolded.value).add(group.name));
  return (
    <section class="item-group" aria-label={t(`staff-group-${group.name}`)}>
      <h3>
        {t(`staff-group-${group.name}`)} <span class="quiet">{group.items.length}</span>
      </h3>
      <Rows {...props} found={items.map((item) => ({ item }))} />
      {items.length < group.items.length && (
        <button type="button" class="item-more" data-row onClick={unfold}>
          {t('staff-group-more', { n: group.items.length - items.length })}
        </button>
      )}
    </section>
  );
}

function Rows({ found, ...props }: RowProps & { found: Found[] }) {
  return (
    <ul class="items">
      {found.map((one) => (
        <Row key={one.item.id} {...props} found={one} />
      ))}
    </ul>
  );
}

function Row({ live, record, visit, row, found: { item, by } }: RowProps & { found: Found }) {
  const stand = record.standOn(item.id, live.room.value);
  const before = item.shown_at ?? null;
  return (
    <li>
      <button
        type="button"
        data-row
        data-item={item.id}
        tabIndex={row?.item.id === item.id ? 0 : -1}
        onFocus={() => (record.row.value = item.id)}
        onClick={() => void record.choose(item, visit.patient.language)}
      >
        <Glyph name={KIND_ICONS[item.kind]} />
        <span class="item-words">
          <span class="item-title">{item.title}</span>
          <span class="quiet">{[item.subtitle, item.newest_at && dateWords(item.newest_at.slice(0, 10), language.value)].filter(Boolean).join(' · ')}</span>
          {by !== undefined && <span class="quiet">{t('staff-record-found-by', { words: by })}</span>}
          {stand && <StandPill stand={stand} />}
          {before !== null && <span class="quiet">{t('staff-record-shown-before', { date: shortDate(before) })}</span>}
        </span>
        <Flag flag={item.flag} />
        <Glyph name="chevronRight" />
      </button>
    </li>
  );
}

function Flag({ flag }: { flag: RecordItem['flag'] }) {
  if (flag !== 'high' && flag !== 'low') return null;
  return (
    <Pill tone="warn" icon={flag === 'high' ? 'arrowUp' : 'arrowDown'}>
      {t(`staff-flag-${flag}`)}
    </Pill>
  );
}
