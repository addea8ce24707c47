// Where a piece of the record stands, in an icon and a word, and in a sentence that names the patient.
import { Pill, type Look } from '../../ui/pill';
import { language, t } from '../../ui/words';
import type { Stand } from './record';

const STANDS: Record<Stand, Look> = {
  prepared: { tone: 'plain', icon: 'file' },
  asking: { tone: 'info', icon: 'hourglass' },
  refused: { tone: 'warn', icon: 'x' },
  sending: { tone: 'info', icon: 'hourglass' },
  shown: { tone: 'good', icon: 'check' },
  seen: { tone: 'good', icon: 'eye' },
  withdrawn: { tone: 'plain', icon: 'x' },
  rejected: { tone: 'bad', icon: 'warning' },
};

export function StandPill({ stand }: { stand: Stand }) {
  return <Pill {...STANDS[stand]}>{t(`staff-stand-${stand}`)}</Pill>;
}

/** How much of it is on the screens it is on the way to, as long as that takes. */
export function Sending({ shares }: { shares: number[] }) {
  const share = Math.min(...shares);
  if (!(share > 0 && share < 1)) return null;
  const words = t('staff-sending', { share: new Intl.NumberFormat(language.value, { style: 'percent' }).format(share) });
  return (
    <p class="sending">
      <progress value={share} aria-label={words} />
      <span class="quiet">{words}</span>
    </p>
  );
}

export function StandLine({ stand, name }: { stand: Stand; name: string }) {
  if (stand === 'prepared') return null;
  return (
    <div class="stand" role="status">
      <StandPill stand={stand} />
      <p class="quiet">{t(`staff-stand-${stand}-line`, { name })}</p>
    </div>
  );
}
