// Only when the page cannot make a visit here: inside another app, or on software that is too old.
import { useState } from 'preact/hooks';
import copy from 'lucide-static/icons/copy.svg?raw';
import message from 'lucide-static/icons/message-square.svg?raw';
import smartphone from 'lucide-static/icons/smartphone.svg?raw';
import { Icon } from '../../ui/icon';
import { t } from '../../ui/words';
import type { System } from '../../core/devices/here';
import { place } from '../journey';
import { environment, here } from '../link';
import { Button, CallClinic, Screen } from '../parts';

export function Environment() {
  return environment.cause === 'in_app_browser' ? <InApp system={here.system} mayWork={environment.outcome === 'warn'} /> : <TooOld />;
}

export function InApp({ system, mayWork }: { system: System; mayWork: boolean }) {
  const [copied, setCopied] = useState<boolean>();
  const ending = system === 'ios' ? '-ios' : '';
  const copyLink = async () => setCopied(await toClipboard(location.href));
  return (
    <Screen
      first
      help="landing"
      icon={smartphone}
      tone="warn"
      title={t(`env-app-title${ending}`)}
      actions={
        <>
          <Button icon={copy} onTap={copyLink}>
            {t('env-copy')}
          </Button>
          {mayWork && (
            <Button kind="second" onTap={() => void (place.value = { at: 'landing' })}>
              {t('continue-anyway')}
            </Button>
          )}
          <CallClinic />
        </>
      }
    >
      <p>{t('env-app-body')}</p>
      <p>{t(`env-app-steps${ending}`)}</p>
      <div role="status">
        {copied === true && <p class="notice good">{t('copied')}</p>}
        {copied === false && <p>{t('env-copy-by-hand')}</p>}
      </div>
      {copied === false && <textarea class="link-by-hand" aria-label={t('env-copy')} readOnly rows={3} value={location.href} onFocus={(event) => event.currentTarget.select()} />}
    </Screen>
  );
}

export function TooOld() {
  const text = `sms:?&body=${encodeURIComponent(location.href)}`;
  return (
    <Screen
      first
      help="landing"
      icon={smartphone}
      tone="warn"
      title={t('env-old-title')}
      actions={
        <>
          <a class="button main" href={text}>
            <Icon of={message} />
            <span>{t('env-text')}</span>
          </a>
          <CallClinic words={t('call-me')} />
        </>
      }
    >
      <p>{t('env-old-body')}</p>
    </Screen>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
