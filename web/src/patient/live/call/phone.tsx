// The visit by telephone: asking for it, and what stands here meanwhile. The page stays open for the record.
import phoneIcon from 'lucide-static/icons/phone-call.svg?raw';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { Button, CallClinic } from '../../parts';
import type { LiveSeat } from '../seat';

/** **Call me instead**: asks the clinician; where nobody hears it, or nobody is there to ask, the clinic's own number. */
export function CallMe({ seat }: { seat: LiveSeat }) {
  const canAsk = seat.status.value === 'open' && seat.may.value.includes('go_by_phone');
  if (!canAsk) return <CallClinic />;
  return (
    <Button kind="second" onTap={() => seat.goByPhone(true)}>
      {t('call-me')}
    </Button>
  );
}

export function ByPhone({ seat, name }: { seat: LiveSeat; name: string }) {
  return (
    <div class="by-phone" role="status">
      <span class="sign">
        <Icon of={phoneIcon} />
      </span>
      <h2>{t('phone-title', { who: name })}</h2>
      <p>{t('phone-body', { who: name })}</p>
      <div class="actions">
        {seat.may.value.includes('go_by_phone') && (
          <Button kind="second" onTap={() => seat.goByPhone(false)}>
            {t('phone-back')}
          </Button>
        )}
        <CallClinic />
      </div>
    </div>
  );
}
