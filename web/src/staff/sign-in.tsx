// Signing in: two fields, one button, and words that say what to do when it fails.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { Notice } from '../ui/states';
import { t } from '../ui/words';
import { problemWords } from './problem';
import { signIn } from './session';
import { LanguageSwitch, Mark } from './shell';

export function SignIn({ ended }: { ended: boolean }) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const title = t('staff-page-sign-in');
  useEffect(() => void (document.title = `${title} · ${t('product')}`), [title]);

  const submit = async () => {
    setTried(true);
    setFailure(undefined);
    if (!login || !password) return focusFirstEmpty(form.current);
    setBusy(true);
    try {
      await signIn(login.trim(), password);
    } catch (error) {
      setFailure(problemWords(error));
      setPassword('');
      setTried(false);
      setBusy(false);
    }
  };

  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <p class="rail-product">
          <Mark />
          {t('product')}
        </p>
        <h1>{title}</h1>
        {ended && !failure && (
          <Notice tone="info" icon="info" title={t('staff-signed-out-title')}>
            <p>{t('staff-signed-out')}</p>
          </Notice>
        )}
        {failure && (
          <Notice tone="bad" icon="warning" title={t('staff-sign-in-failed-title')} alert>
            <p>{failure}</p>
          </Notice>
        )}
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void submit();
          }}
        >
          <TextField
            label={t('staff-login')}
            value={login}
            onInput={setLogin}
            autocomplete="username"
            required
            error={tried && !login ? t('staff-login-missing') : undefined}
          />
          <TextField
            label={t('staff-password')}
            type="password"
            value={password}
            onInput={setPassword}
            autocomplete="current-password"
            required
            error={tried && !password ? t('staff-password-missing') : undefined}
          />
          <Button kind="main" type="submit" busy={busy}>
            {t('staff-sign-in')}
          </Button>
        </form>
        <p class="quiet">{t('staff-sign-in-help')}</p>
      </div>
      <LanguageSwitch />
    </main>
  );
}

function focusFirstEmpty(form: HTMLFormElement | null) {
  [...(form?.querySelectorAll('input') ?? [])].find((input) => !input.value)?.focus();
}
