// The bar above a live list: what has come since, let in by the person and not by itself.
import { held, type Row, type Settled } from './rows';
import { Glyph } from './glyph';
import { t } from './words';

export function NewBar<R extends Row>({ list, onShow }: { list: Settled<R>; onShow: () => void }) {
  if (held(list) === 0) return null;
  return (
    <button type="button" class="new-bar" onClick={onShow}>
      <Glyph name="chevronDown" size={16} />
      <span>{newWords(list)}</span>
    </button>
  );
}

export function newWords<R extends Row>(list: Settled<R>): string {
  const parts = [
    list.fresh > 0 && t('staff-new', { n: list.fresh }),
    list.moved > 0 && t('staff-moved', { n: list.moved }),
    list.gone.size > 0 && t('staff-gone', { n: list.gone.size }),
  ];
  return parts.filter(Boolean).join(', ');
}
