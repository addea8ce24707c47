// One's own picture in a corner; a tap moves it to the next one, so that it covers nothing for long.
import move from 'lucide-static/icons/move.svg?raw';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';

const CORNERS = ['bottom-right', 'bottom-left', 'top-left', 'top-right'] as const;

export function SelfView({ children }: { children: ComponentChildren }) {
  const [corner, setCorner] = useState(0);
  return (
    <div class={`self ${CORNERS[corner % CORNERS.length]}`}>
      {children}
      <button type="button" class="move" aria-label={t('call-move-you')} title={t('call-move-you')} onClick={() => setCorner(corner + 1)}>
        <Icon of={move} />
      </button>
    </div>
  );
}
