// Every way out of the live part, each with a way on: back into the visit, or a person on the phone.
import { useEffect, useState } from 'preact/hooks';
import smartphone from 'lucide-static/icons/smartphone.svg?raw';
import check from 'lucide-static/icons/circle-check.svg?raw';
import { t } from '../../../ui/words';
import type { ClosedReason } from '../../../core/signaling/client';
import { rate } from '../../gateway';
import { companion } from '../../journey';
import { Button, CallClinic, Screen } from '../../parts';
import { capture } from '../media';
import { record } from '../record/part';
import { connect, lost, main, rejoin, who } from '../visit';

export function Connecting() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 3_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Screen title={t('loading')} actions={slow && <CallClinic />}>
      <p class="breath-line" role="status">
        <span class="breath" />
        {slow && t('waiting-offline')}
      </p>
    </Screen>
  );
}

export function Ended() {
  useEffect(() => capture.stop(), []);
  return (
    <Screen icon={check} tone="good" title={t('ended-title')} actions={<CallClinic />}>
      <p>{companion.value ? t('ended-body-companion') : t('ended-body', { who: who.value })}</p>
      <YoursToKeep />
      <Rating />
    </Screen>
  );
}

/** What was given to keep has been drawn before, so its drawing is on this phone. */
function YoursToKeep() {
  const Keepsakes = record.value?.Keepsakes;
  return Keepsakes && main.value ? <Keepsakes seat={main.value} by={who.value} /> : null;
}

export function Left() {
  useEffect(() => capture.stop(), []);
  return (
    <Screen
      title={t('left-title')}
      actions={
        <>
          <Button onTap={rejoin}>{t('rejoin')}</Button>
          <CallClinic />
        </>
      }
    >
      <p>{t('left-body')}</p>
      <YoursToKeep />
      <Rating />
    </Screen>
  );
}

export function Denied() {
  return <Simple title={t('denied-title')} body={t('denied-body')} />;
}

export function Closed({ why }: { why: ClosedReason }) {
  useEffect(() => capture.stop(), []);
  switch (why) {
    case 'taken_over':
      return <Simple icon={smartphone} title={t('moved-title')} body={t('moved-body')} action={<Button kind="second" onTap={connect}>{t('moved-back')}</Button>} />;
    case 'replaced':
      return <Simple title={t('elsewhere-title')} body={t('elsewhere-body')} action={<Button onTap={connect}>{t('elsewhere-use')}</Button>} />;
    case 'removed':
      return <Simple title={t('removed-title')} body={t('removed-body')} />;
    case 'denied':
      return <Denied />;
    case 'unsupported_version':
    case 'bad_message':
    case 'binary':
    case 'too_big':
    case 'no_hello':
      return <Simple title={t('update-title')} body={t('update-body')} action={<Button onTap={() => location.reload()}>{t('update-now')}</Button>} />;
    case 'gone':
    case 'signed_out':
      return <Gone />;
    default:
      return <Simple title={t('dropped-title')} body={t('dropped-body')} action={<Button onTap={rejoin}>{t('rejoin')}</Button>} />;
  }
}

/** The seat is no longer this phone's: the link itself says why. */
function Gone() {
  useEffect(() => void lost(), []);
  return <Connecting />;
}

function Simple({ title, body, icon, action }: { title: string; body: string; icon?: string; action?: preact.ComponentChildren }) {
  return (
    <Screen
      title={title}
      {...(icon ? { icon } : {})}
      actions={
        <>
          {action}
          <CallClinic kind={action ? 'quiet' : 'main'} />
        </>
      }
    >
      <p role="alert">{body}</p>
    </Screen>
  );
}

const RATINGS = [1, 2, 3, 4, 5] as const;

function Rating() {
  const [given, setGiven] = useState<number>();
  const give = (rating: number) => {
    setGiven(rating);
    const id = main.value?.id;
    // Nice to have, not worth a word to the person when it fails.
    if (id) void rate(id, rating).catch(() => undefined);
  };
  return (
    <section class="rating" aria-labelledby="rating">
      <h2 id="rating">{t('rate-title')}</h2>
      <div class="rating-choices">
        {RATINGS.map((rating) => (
          <button key={rating} type="button" class="tool" aria-pressed={given === rating} onClick={() => give(rating)}>
            <span>{t(`rate-${rating}`)}</span>
          </button>
        ))}
      </div>
      <p role="status">{given ? t('rate-thanks') : ''}</p>
    </section>
  );
}
