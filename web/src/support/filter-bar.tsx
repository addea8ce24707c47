// The filters above the queue: a button a state with how many it holds, the clinic where there are several, and the time to the visit.
import { SelectField } from '../ui/field';
import { t } from '../ui/words';
import type { DeskFacility } from '../staff/model';
import { STATES, type Filter, type Span } from './filters';
import { stateWords } from './state';

const SPANS: readonly Span[] = ['any', 'hour', 'today'];

interface FilterBarProps {
  filter: Filter;
  counts: Record<Filter['state'], number>;
  facilities: readonly DeskFacility[];
  onChange: (filter: Filter) => void;
}

export function FilterBar({ filter, counts, facilities, onChange }: FilterBarProps) {
  const choices: [Filter['state'], string][] = [
    ['all', t('support-filter-all')],
    ['mine', t('support-filter-mine')],
    ...STATES.map((state): [Filter['state'], string] => [state, stateWords(state)]),
  ];
  return (
    <div class="desk-filters">
      <div class="chips" role="group" aria-label={t('support-filter-state')}>
        {choices.map(([state, words]) => (
          <button key={state} type="button" class="chip" aria-pressed={filter.state === state} onClick={() => onChange({ ...filter, state })}>
            {words} <span class="chip-count">{counts[state]}</span>
          </button>
        ))}
      </div>
      <div class="desk-choices">
        {facilities.length > 1 && (
          <SelectField
            label={t('support-filter-facility')}
            value={filter.facility}
            onInput={(facility) => onChange({ ...filter, facility })}
            choices={[{ value: 'all', words: t('support-facility-all') }, ...facilities.map(({ id, name }) => ({ value: id, words: name }))]}
          />
        )}
        <SelectField
          label={t('support-filter-time')}
          value={filter.span}
          onInput={(span) => onChange({ ...filter, span: span as Span })}
          choices={SPANS.map((span) => ({ value: span, words: t(`support-span-${span}`) }))}
        />
      </div>
    </div>
  );
}
