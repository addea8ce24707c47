// One's own picture in a corner; a tap moves it to the next one, so that it covers nothing for long.
import move from 'lucide-static/icons/move.svg?raw';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';

const CORNERS = ['bottom-right', 'bottom-left', 'top-left', 'top-right'] as const;
const LOW = CORNERS.slice(0, 2);

/** `low`: other pictures stand above. */
export function SelfView({ low, children }: { low: boolean; children: ComponentChildren }) {
  const [corner, setCorner] = useState(0);
  const corners = low ? LOW : CORNERS;
  return (
    <div class={`self ${corners[corner % corners.length]}`}>
      {children}
      <button type="button" class="move" aria-label={t('call-move-you')} title={t('call-move-you')} onClick={() => setCorner(corner + 1)}>
        <Icon of={move} />
      </button>
    </div>
  );
}
