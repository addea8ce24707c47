// What was shown of the record in a visit: which kind of item, from when to when, to whom, seen or not, kept or not; never what is in it.
import { useEffect, useState } from 'preact/hooks';
import { Glyph } from '../../ui/glyph';
import { clockTime } from '../../ui/time';
import { hasWords, language, t } from '../../ui/words';
import * as api from '../api';
import type { ShownItem, Visit } from '../model';

type Person = ShownItem['people'][number];

/** Nothing at all where nothing was shown. */
export function ShownList({ visit, zone }: { visit: Visit; zone: string }) {
  const [items, setItems] = useState<ShownItem[] | 'failed'>();
  useEffect(() => {
    api.shown(visit.id).then(setItems, () => setItems('failed'));
  }, [visit.id, visit.arrival, visit.state]);
  if (items === undefined || (items !== 'failed' && items.length === 0)) return null;
  return (
    <section>
      <h3>{t('staff-shown')}</h3>
      {items === 'failed' ? <p class="quiet">{t('staff-shown-failed')}</p> : <List items={items} zone={zone} />}
    </section>
  );
}

function List({ items, zone }: { items: ShownItem[]; zone: string }) {
  return (
    <ol class="shown">
      {items.map((item) => (
        <li key={item.snippet}>
          <p>
            <strong>{kindWords(item.kind)}</strong> <span class="quiet">{span(item, zone)}</span>
          </p>
          <ul>
            {item.people.map((person) => (
              <li key={person.seat}>
                <Glyph name={person.seen_at == null ? 'clock' : 'eye'} size={16} />
                <span>{whatBecame(person)}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function kindWords(kind: string): string {
  const id = `staff-kind-${kind.replaceAll('_', '-')}`;
  return hasWords(id) ? t(id) : t('staff-kind-other');
}

function span({ from, until }: ShownItem, zone: string): string {
  const start = clockTime(from, zone, language.value);
  if (until == null) return t('staff-shown-since', { from: start });
  const end = clockTime(until, zone, language.value);
  return end === start ? t('staff-shown-short', { from: start }) : t('staff-shown-span', { from: start, until: end });
}

/** "Maria Santos (patient): seen, copy saved" */
function whatBecame({ name, role, shown_at, seen_at, kept_at }: Person): string {
  const seen = seen_at != null ? 'seen' : shown_at != null ? 'not-seen' : 'not-there';
  const words = [t(`staff-shown-${seen}`), ...(kept_at != null ? [t('staff-shown-kept')] : [])].join(', ');
  const person = t('staff-person', { name, role: t(`staff-seat-${role}`).toLocaleLowerCase(language.value) });
  return `${person}: ${words}`;
}
