// Before you start: who will see you, recorded or not, a quiet place, the emergency number.
import eye from 'lucide-static/icons/eye.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import siren from 'lucide-static/icons/siren.svg?raw';
import noRecord from 'lucide-static/icons/shield-check.svg?raw';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { companion, join } from '../../journey';
import { Button, CallClinic, Screen } from '../../parts';
import { goTo, who } from '../visit';

export function Before() {
  const facts: readonly (readonly [string, string])[] = [
    [eye, companion.value ? t('before-who-companion') : t('before-who', { who: who.value })],
    [noRecord, t('before-recorded')],
    [house, t('before-quiet')],
    [siren, t('before-emergency', { number: join.value?.facility.emergency_number ?? '911' })],
  ];
  return (
    <Screen
      help="before_you_start"
      title={companion.value ? t(`join-as-${companion.value}`) : t('before-title', { who: who.value })}
      actions={
        <>
          <Button onTap={() => goTo('devices')}>{t('continue')}</Button>
          <CallClinic />
        </>
      }
    >
      <ul class="facts">
        {facts.map(([icon, words]) => (
          <li key={words}>
            <Icon of={icon} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
