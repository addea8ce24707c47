// Where the link leads first: when the visit is, whether it can be joined now, and Start.
import { useEffect, useState } from 'preact/hooks';
import { Alert, Button, CallClinic, Screen } from '../parts';
import { clockTime, dayName, nearness, timeLeft } from '../time';
import { companion, gatewayNow, join, lookAgain, phone, place, start, type Trouble } from '../journey';
import { language, t } from '../../ui/words';
import type { JoinState } from '../gateway';

/** Looks again while nothing happens: the clinic may move or cancel the visit meanwhile. */
const LOOK_AGAIN_MS = 60_000;

export function Landing() {
  const state = join.value;
  useLookAgain();
  if (!state) return null;
  if (state.state === 'cancelled') return <Done title={t('cancelled-title')} body={t('cancelled-body')} />;
  if (state.state === 'over') return <Done title={t('over-title')} body={t('over-body', dayAndTime(state.starts_at))} />;
  return state.state === 'too_early' ? <TooEarly state={state} /> : <Open state={state} />;
}

function TooEarly({ state }: { state: JoinState }) {
  const left = useCountdown(state.opens_at);
  const near = nearness(state.starts_at, gatewayNow());
  const opensToday = nearness(state.opens_at, gatewayNow()) === 'today';
  return (
    <Screen
      first
      help="landing"
      title={t(`early-title-${near}`, near === 'day' ? dayAndTime(state.starts_at) : time(state.starts_at))}
      actions={
        <>
          <Button kind="second" onTap={() => void (place.value = { at: 'trial' })}>
            {t('early-check')}
          </Button>
          <CallClinic />
        </>
      }
    >
      {state.moved && <p class="notice">{t('open-moved')}</p>}
      <JoinAs />
      <p>{opensToday ? t('early-join-from', time(state.opens_at)) : t('early-join-from-day', dayAndTime(state.opens_at))}</p>
      {/* A timer is not read out every second; the words above say it once. */}
      <p class="countdown" role="timer" aria-live="off">
        <span class="breath" />
        {t('early-countdown', { left: timeLeft(left) })}
      </p>
    </Screen>
  );
}

function Open({ state }: { state: JoinState }) {
  const [trouble, setTrouble] = useState<Trouble>();
  const today = nearness(state.starts_at, gatewayNow()) === 'today';
  return (
    <Screen
      first
      help="landing"
      title={t('your-video-visit')}
      actions={
        <>
          <Button onTap={async () => setTrouble(await start())}>{t('start')}</Button>
          <CallClinic />
        </>
      }
    >
      {state.moved && <p class="notice">{t('open-moved')}</p>}
      <JoinAs />
      <p class="when">{today ? t('open-when-today', time(state.starts_at)) : t('open-when-day', dayAndTime(state.starts_at))}</p>
      <p role="status">{t('open-now')}</p>
      {trouble && <Alert>{t(`problem-${trouble}`, { phone: phone.value })}</Alert>}
    </Screen>
  );
}

/** A caregiver or an interpreter sees that the link is theirs, and not the patient's. */
function JoinAs() {
  return companion.value ? <p>{t(`join-as-${companion.value}`)}</p> : null;
}

function Done({ title, body }: { title: string; body: string }) {
  return (
    <Screen first title={title} actions={<CallClinic kind="main" />}>
      <p>{body}</p>
    </Screen>
  );
}

const time = (at: number) => ({ time: clockTime(at) });
const dayAndTime = (at: number) => ({ ...time(at), day: dayName(at, language.value) });

/** Milliseconds until then by the gateway's clock; looks again when it is time, which opens the visit by itself. */
function useCountdown(until: number): number {
  const [left, setLeft] = useState(until - gatewayNow());
  useEffect(() => {
    let asked = 0;
    const tick = () => {
      const ms = until - gatewayNow();
      setLeft(ms);
      if (ms <= 0 && Date.now() - asked > 2_000) {
        asked = Date.now();
        void lookAgain();
      }
    };
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

function useLookAgain(): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void lookAgain();
    };
    const timer = setInterval(look, LOOK_AGAIN_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
