// Get help, from every screen before the visit: asks a technician, says who helps and about when, and takes it back.
import { useEffect, useState } from 'preact/hooks';
import headset from 'lucide-static/icons/headset.svg?raw';
import { Icon } from '../ui/icon';
import { t } from '../ui/words';
import { ApiError } from '../core/api';
import * as gateway from './gateway';
import { companion, join, phone, place, seat, standsNow } from './journey';
import { link } from './link';

export type HelpScreen = gateway.HelpScreen;

/** While somebody waits for a technician the page asks how it stands. */
const LOOK_MS = 5_000;

const open = () => join.value?.help && join.value.help.state !== 'done';

/** The button beside the telephone; gone while help is on its way. A technician helps the patient, others are helped by telephone. */
export function GetHelp({ screen, cause }: { screen: HelpScreen; cause?: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  if (!join.value || companion.value || open()) return null;
  const ask = async () => {
    setBusy(true);
    setFailed(false);
    try {
      standsNow(await askFrom(screen, cause));
      window.scrollTo({ top: 0 });
    } catch (error) {
      setFailed(!(error instanceof ApiError && error.code === 'already_over'));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" class="button quiet" aria-busy={busy} onClick={() => void (busy || ask())}>
        <Icon of={headset} />
        <span>{busy ? t('loading') : t('get-help')}</span>
      </button>
      {failed && (
        <p class="notice" role="alert">
          {t('help-failed', { phone: phone.value })}
        </p>
      )}
    </>
  );
}

const askFrom = (screen: HelpScreen, cause: string | undefined) => {
  const id = seat.value?.join.seat;
  return id && place.value.at !== 'landing' ? gateway.getHelp(id, screen, cause) : gateway.getHelpByLink(link.ref, link.secret);
};

const withdraw = () => {
  const id = seat.value?.join.seat;
  return id && place.value.at !== 'landing' ? gateway.neverMind(id) : gateway.neverMindByLink(link.ref, link.secret);
};

/** How the request stands, on whatever screen the person is meanwhile. */
export function HelpCard() {
  const help = join.value?.help;
  const waits = open();
  useEffect(() => {
    const look = () => void askAgain().then(standsNow, () => undefined);
    // A failed check asks for help by itself: a screen that comes up learns of it.
    if (place.value.at === 'live') look();
    if (!waits) return;
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [waits]);
  if (!help) return null;
  const { title, body, keep } = words(help);
  return (
    <section class="help-card" role="status">
      <p class="help-title">
        <Icon of={headset} />
        <strong>{title}</strong>
      </p>
      {body && <p>{body}</p>}
      {keep && <p>{keep}</p>}
      {waits && (
        <button type="button" class="text-button" onClick={() => void withdraw().then(standsNow, () => undefined)}>
          {t('help-never-mind')}
        </button>
      )}
    </section>
  );
}

async function askAgain(): Promise<gateway.JoinState> {
  const id = seat.value?.join.seat;
  return id && place.value.at !== 'landing' ? (await gateway.seatPage(id)).join : gateway.look(link.ref, link.secret);
}

function words(help: gateway.Help): { title: string; body?: string; keep?: string } {
  const keep = t(help.can_be_texted ? 'help-keep-or-lock' : 'help-keep');
  switch (help.state) {
    case 'done':
      return { title: t(`help-done-${(help.outcome ?? 'ready').replaceAll('_', '-')}-title`) };
    case 'claimed':
    case 'testing':
      return { title: help.helper ? t('help-by', { name: help.helper }) : t('help-by-somebody'), body: t('help-sees'), keep };
    default:
      return help.at_desk
        ? { title: t('help-asked-title'), body: line(help), keep }
        : { title: t('help-nobody-title'), body: t('help-nobody', { phone: phone.value }) };
  }
}

function line({ ahead, about_minutes: minutes }: gateway.Help): string {
  const before = ahead > 0 ? t('help-ahead', { n: ahead }) : t('help-next');
  return minutes == null ? before : `${before} ${t('help-about', { n: minutes })}`;
}
