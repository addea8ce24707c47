// Asked once a visit, before anything of the record is shown.
import fileHeart from 'lucide-static/icons/file-heart.svg?raw';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { Button } from '../../parts';
import { Dialog } from '../dialog';
import type { LiveSeat } from '../seat';
import { list, withRole } from './audience';

export function Consent({ seat, by }: { seat: LiveSeat; by: string }) {
  const companions = (seat.inside.value?.people ?? []).filter(({ role }) => role === 'caregiver' || role === 'interpreter');
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
        <span>{t('consent-body', { who: by })}</span>
      </p>
      {companions.length > 0 && <p>{t('consent-others', { who: by, names: list(companions.map(withRole)) })}</p>}
    </Dialog>
  );
}
