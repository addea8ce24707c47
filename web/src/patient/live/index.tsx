// The live part of the patient's page, in its own file so that the first screens come quickly: from the identity step to the end.
import './live.css';
import { useEffect } from 'preact/hooks';
import { effect } from '@preact/signals';
import { refreshSeat, seat as page } from '../journey';
import { AlreadyOpen, HandOver } from './screens/second-phone';
import { Before } from './screens/before';
import { CallScreen } from './call/screen';
import { Called, Waiting } from './screens/waiting';
import { capture } from './media';
import { checks, fetchChecks } from './checks';
import { Closed, Connecting, Denied, Ended, Left } from './screens/endings';
import { connect, keepPlace, main, place, test } from './visit';
import { Devices } from './screens/devices';
import { TestInvited, TestOver, TestWaiting } from './screens/test-call';
import { ring } from './ring';
import type { Screen } from '../../generated/signaling';

export { Trial } from './screens/trial';

export function Live() {
  useEffect(() => {
    if (!main.value) connect();
    const stops = [tellScreens(), ringWhenAdmitted(), comeBack(), effect(() => void keepPlace()), runAskedChecks()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const asked = main.value?.takeoverAsked.value === true;
  return (
    <>
      <Now />
      {asked && <HandOver />}
    </>
  );
}

/** A technician asks for a step of the check again. In a call there is no room for it. */
function runAskedChecks(): () => void {
  return effect(() => {
    const seat = main.value;
    const asked = seat?.runCheck.value;
    if (!seat || !asked) return;
    seat.runCheck.value = undefined;
    if (!seat.inside.value) void fetchChecks().then(({ CheckRun }) => CheckRun.again(asked.check));
  });
}

function Now() {
  const now = place.value;
  switch (now.at) {
    case 'connecting':
      return <Connecting />;
    case 'before':
      return <Before />;
    case 'devices':
      return <Devices />;
    case 'check':
      return <Checking />;
    case 'waiting':
      return <Waiting />;
    case 'called':
      return <Called />;
    case 'call':
      return main.value ? <CallScreen key="visit" seat={main.value} /> : null;
    case 'test_call':
      return test.value ? <CallScreen key="test" seat={test.value} /> : null;
    case 'test_invited':
      return <TestInvited />;
    case 'test_waiting':
      return <TestWaiting />;
    case 'test_over':
      return <TestOver />;
    case 'already_open':
      return <AlreadyOpen />;
    case 'denied':
      return <Denied />;
    case 'left':
      return <Left />;
    case 'ended':
      return <Ended />;
    case 'closed':
      return <Closed why={now.why} />;
  }
}

function Checking() {
  useEffect(() => void fetchChecks(), []);
  const Check = checks.value?.Check;
  return Check ? <Check /> : <Connecting />;
}

const SCREENS: Readonly<Partial<Record<string, Screen>>> = {
  before: 'before_you_start',
  devices: 'devices',
  check: 'quick_check',
  waiting: 'waiting',
  call: 'in_call',
};

/** Staff see the name of the screen, so that they can help on the phone. */
function tellScreens(): () => void {
  return effect(() => {
    const screen = SCREENS[place.value.at];
    if (screen) main.value?.showScreen(screen);
  });
}

function ringWhenAdmitted(): () => void {
  let before = place.value.at;
  return effect(() => {
    const now = place.value.at;
    if ((now === 'call' && before === 'waiting') || now === 'called' || now === 'test_invited') void ring();
    before = now;
  });
}

/** The page is looked at again, or the network is back: finds out at once what was lost meanwhile. A call does so by itself. */
function comeBack(): () => void {
  const wake = () => {
    if (document.visibilityState !== 'visible') return;
    main.value?.client.wake();
    test.value?.client.wake();
    if (!main.value?.inside.value && !test.value?.inside.value) void capture.recover();
    void keepPlace();
    // A page that slept may have missed the day moving on.
    if (page.value && place.value.at === 'connecting') void refreshSeat();
  };
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  return () => {
    document.removeEventListener('visibilitychange', wake);
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
  };
}
