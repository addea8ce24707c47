// The link leads nowhere, the clinic does not answer, or the phone keeps nothing: what to do instead.
import unlink from 'lucide-static/icons/link-2-off.svg?raw';
import cookie from 'lucide-static/icons/cookie.svg?raw';
import cloudOff from 'lucide-static/icons/cloud-off.svg?raw';
import { Button, CallClinic, Screen } from '../parts';
import { begin, phone, start, type Trouble } from '../journey';
import { t } from '../../ui/words';

export function NoLink({ superseded }: { superseded: boolean }) {
  const known = phone.value !== '';
  const body = superseded ? t('link-superseded-body') : known ? t('link-unknown-body-phone', { phone: phone.value }) : t('link-unknown-body');
  return (
    <Screen first icon={unlink} tone="warn" title={t(superseded ? 'link-superseded-title' : 'link-unknown-title')} actions={<CallClinic kind="main" />}>
      <p>{body}</p>
    </Screen>
  );
}

export function NoAnswer({ why }: { why: Trouble }) {
  return (
    <Screen
      first
      icon={cloudOff}
      tone="warn"
      title={t('look-failed-title')}
      actions={
        <>
          <Button onTap={begin}>{t('try-again')}</Button>
          <CallClinic />
        </>
      }
    >
      <p role="alert">{t(`problem-${why}`, { phone: phone.value })}</p>
    </Screen>
  );
}

/** The link works, but the phone forgets at once who it is. */
export function NotKept() {
  return (
    <Screen
      icon={cookie}
      tone="warn"
      title={t('not-kept-title')}
      actions={
        <>
          <Button onTap={start}>{t('try-again')}</Button>
          <CallClinic />
        </>
      }
    >
      <p role="alert">{t('not-kept-body')}</p>
      <p>{t('not-kept-steps')}</p>
    </Screen>
  );
}
