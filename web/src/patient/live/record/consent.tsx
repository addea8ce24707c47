// Asked once a visit, before anything of the record is shown.
import fileHeart from 'lucide-static/icons/file-heart.svg?raw';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { Button } from '../../parts';
import { Dialog } from '../dialog';
import type { LiveSeat } from '../seat';

export function Consent({ seat, by }: { seat: LiveSeat; by: string }) {
  return (
    <Dialog
      title={t('consent-title', { who: by })}
      actions={
        <>
          <Button onTap={() => seat.answerConsent(true)}>{t('consent-yes')}</Button>
          <Button kind="second" onTap={() => seat.answerConsent(false)}>
            {t('consent-no')}
          </Button>
        </>
      }
    >
      <p class="with-icon">
        <Icon of={fileHeart} />
        <span>{t('consent-body')}</span>
      </p>
    </Dialog>
  );
}
