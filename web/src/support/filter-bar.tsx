// The filters above the queue: a button a state with how many it holds, and the time to the visit.
import { SelectField } from '../ui/field';
import { t } from '../ui/words';
import { STATES, type Filter, type Span } from './filters';
import { stateWords } from './state';

const SPANS: readonly Span[] = ['any', 'hour', 'today'];

interface FilterBarProps {
  filter: Filter;
  counts: Record<Filter['state'], number>;
  onChange: (filter: Filter) => void;
}

export function FilterBar({ filter, counts, onChange }: FilterBarProps) {
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
      <SelectField
        label={t('support-filter-time')}
        value={filter.span}
        onInput={(span) => onChange({ ...filter, span: span as Span })}
        choices={SPANS.map((span) => ({ value: span, words: t(`support-span-${span}`) }))}
      />
    </div>
  );
}
