// Before you start, camera and microphone with every "no", the quick check.
import { signal } from '@preact/signals';
import type { Cause } from '../../core/devices/causes';
import type { Verdict } from '../../patient/gateway';
import { run, type CheckRun, type Question } from '../../patient/live/check-run';
import type { Row } from '../../patient/live/check-words';
import { Before } from '../../patient/live/screens/before';
import { Running } from '../../patient/live/screens/check';
import { AskingWords, Blocked, Devices } from '../../patient/live/screens/devices';
import { Trial } from '../../patient/live/screens/trial';
import { Screen } from '../../patient/parts';
import { t } from '../../ui/words';
import type { State } from '../catalogue';
import { cameraOn, joined, live } from './facts';

const nothing = async () => undefined;

function blocked(cause: Cause, camera = true, microphone = true): State {
  const what = camera ? (microphone ? 'both' : 'camera') : 'microphone';
  const draw = () => {
    live();
    return <Blocked trouble={{ cause, camera, microphone }} again={nothing} withoutCamera={nothing} />;
  };
  return { name: `devices ${cause.replaceAll('_', ' ')} ${what}`, draw };
}

const asking = (long: boolean): State => ({
  name: `devices asking${long ? ' for long' : ''}`,
  draw: () => {
    live();
    return (
      <Screen title={t('devices-title')}>
        <AskingWords long={long} />
      </Screen>
    );
  },
});

const WELL: Row = { state: 'pass', says: 'check-camera-good' };
const RUNNING: Row = { state: 'running' };

interface Rows {
  camera?: Row;
  microphone?: Row;
  sound?: Row;
  internet?: Row;
}

/** A run that stands still: rows as they are, a question or a verdict. */
function check(name: string, { camera = RUNNING, microphone = RUNNING, sound = RUNNING, internet = RUNNING }: Rows, verdict?: Verdict, question?: Partial<Question>): State {
  const asked = question && { again: false, counts: false, play: () => undefined, answer: () => undefined, counted: () => undefined, count: () => undefined, ...question };
  const draw = () => {
    live();
    cameraOn();
    const still = { camera, microphone, sound, internet, level: 0.5, question: asked, verdict };
    run.value = { ...Object.fromEntries(Object.entries(still).map(([key, value]) => [key, signal(value)])), report: nothing, abandon: () => undefined } as unknown as CheckRun;
    return <Running run={run.value} />;
  };
  return { name: `check ${name}`, draw };
}

const GOOD: Rows = {
  camera: WELL,
  microphone: { state: 'pass', says: 'check-heard' },
  sound: { state: 'pass', says: 'check-sound-good' },
  internet: { state: 'pass', says: 'check-internet-good' },
};
const NO_CAMERA: Row = { state: 'fail', says: 'check-camera-blocked' };

export const preparing: readonly State[] = [
  { name: 'before you start', draw: () => (live(), (<Before />)) },
  { name: 'before you start for an interpreter', draw: () => (live('interpreter'), (<Before />)) },
  { name: 'devices', draw: () => (live(), (<Devices />)) },
  asking(false),
  asking(true),
  blocked('blocked'),
  blocked('blocked', true, false),
  blocked('blocked', false),
  blocked('blocked_by_phone'),
  blocked('blocked_by_phone', false),
  blocked('in_use', true, false),
  blocked('in_use', false),
  blocked('not_found', true, false),
  blocked('not_found', false),
  blocked('dismissed'),
  blocked('unsupported'),
  { name: 'try the camera', draw: () => (joined(), (<Trial />)) },
  check('running', {}),
  check('asks for the sound', { camera: WELL, microphone: { state: 'running', says: 'check-say' } }, undefined, {}),
  check('asks for the sound again', { camera: WELL }, undefined, { again: true }),
  check('counts tones', { camera: WELL }, undefined, { counts: true }),
  check('ready', GOOD, { mode: 'video' }),
  check('ready with a hint', { ...GOOD, camera: { state: 'warn', says: 'check-camera-dark' } }, { mode: 'video', next: 'turn_on_light' }),
  check('fuzzy', { ...GOOD, internet: { state: 'warn', says: 'check-internet-slow' } }, { mode: 'low_video', next: 'move_closer' }),
  check('sound only', { ...GOOD, internet: { state: 'fail', says: 'check-internet-lossy' } }, { mode: 'sound_only', next: 'try_other_internet' }),
  check('phone', { camera: NO_CAMERA, microphone: { state: 'fail', says: 'check-microphone-missing' }, sound: { state: 'fail', says: 'check-sound-bad' }, internet: { state: 'fail', says: 'check-internet-none' } }, { mode: 'phone', next: 'allow_microphone' }),
  check('not checked', { ...GOOD, internet: { state: 'not_checked', says: 'check-internet-unmeasured' } }, { mode: 'not_checked' }),
];
