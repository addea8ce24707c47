// Two phones, one seat: the second waits and asks, the first answers, and neither is ever pushed out silently.
import smartphone from 'lucide-static/icons/smartphone.svg?raw';
import { useState } from 'preact/hooks';
import { t } from '../../../ui/words';
import { phone } from '../../journey';
import { Button, CallClinic, Screen } from '../../parts';
import { Dialog } from '../dialog';
import { main, place } from '../visit';

export function AlreadyOpen() {
  const [asked, setAsked] = useState(false);
  const refused = main.value?.outside.value?.state === 'takeover_refused';
  const ask = async () => {
    setAsked(true);
    const answer = await main.value?.askTakeover();
    if (!answer?.done) setAsked(false);
  };
  const waits = asked && !refused;
  return (
    <Screen
      icon={smartphone}
      title={t('open-title')}
      actions={
        <>
          {!waits && <Button onTap={ask}>{t('open-use')}</Button>}
          <CallClinic />
        </>
      }
    >
      <div role="status">
        <p>{waits ? t('open-asked') : refused ? t('open-refused', { phone: phone.value }) : t('open-body')}</p>
        {waits && (
          <p class="breath-line">
            <span class="breath" />
          </p>
        )}
      </div>
    </Screen>
  );
}

/** On the phone that has the visit. */
export function HandOver() {
  return (
    <Dialog
      title={t('takeover-title')}
      dark={place.value.at === 'call'}
      actions={
        <>
          <Button onTap={() => main.value?.answerTakeover(true)}>{t('takeover-yes')}</Button>
          <Button kind="second" onTap={() => main.value?.answerTakeover(false)}>
            {t('takeover-no')}
          </Button>
        </>
      }
    >
      <p>{t('takeover-body')}</p>
    </Dialog>
  );
}
