// Camera and microphone: what the phone will ask, and for every "no" the way out of it. Looks again without a reload.
import cameraOff from 'lucide-static/icons/video-off.svg?raw';
import { useEffect, useState } from 'preact/hooks';
import { permissionFor, type Cause, type Kind } from '../../../core/devices/causes';
import { isPhoneSystem, pageSteps, systemSteps, type Here } from '../../../core/devices/here';
import type { CaptureState } from '../../../core/devices/capture';
import { t } from '../../../ui/words';
import { companion } from '../../journey';
import { here } from '../../link';
import { Alert, Button, CallClinic, Screen } from '../../parts';
import { fetchChecks } from '../checks';
import { capture, media } from '../media';
import { goTo, main, remember, returned, turnCamera, who } from '../visit';

const NO_ANSWER_MS = 8_000;
const LOOK_AGAIN_MS = 1_500;

export function Devices() {
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const trouble = asked && !asking ? troubleIn(media.value) : undefined;

  const turnOn = async () => {
    setAsking(true);
    remember({ cameraOff: false });
    const state = await (media.value.cameraOff ? capture.setCameraOff(false).then(() => capture.start(['microphone'])) : capture.start(['camera', 'microphone']));
    setAsking(false);
    setAsked(true);
    if (!troubleIn(state)) goTo('check');
  };
  const withoutCamera = async () => {
    await turnCamera(true);
    await capture.start(['microphone']);
    goTo('check');
  };
  // Who is let in already is not kept from it by a check.
  useEffect(() => void (main.value?.inside.value || fetchChecks().then(({ prepareInternet }) => prepareInternet())), []);
  useGrantedBefore(turnOn);
  useMended(trouble, turnOn);

  if (trouble) return <Blocked trouble={trouble} again={turnOn} withoutCamera={withoutCamera} />;
  return (
    <Screen
      help="devices"
      title={t('devices-title')}
      actions={
        <>
          <Button onTap={turnOn}>{t('devices-on')}</Button>
          <Button kind="second" icon={cameraOff} onTap={withoutCamera}>
            {t('devices-without')}
          </Button>
          <CallClinic />
        </>
      }
    >
      <p>{companion.value ? t('devices-body-plain') : t('devices-body', { who: who.value })}</p>
      <Asking asking={asking} />
    </Screen>
  );
}

/** While the phone asks: where to look, and after a while that we still wait. */
export function Asking({ asking }: { asking: boolean }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!asking) return;
    const timer = setTimeout(() => setLong(true), NO_ANSWER_MS);
    return () => clearTimeout(timer);
  }, [asking]);
  return <div role="status">{asking && <AskingWords long={long} />}</div>;
}

export function AskingWords({ long }: { long: boolean }) {
  return (
    <p class="notice">
      {long && <strong>{t('devices-no-answer-title')}</strong>}
      <span>{t(long ? 'devices-no-answer' : 'devices-asking')}</span>
    </p>
  );
}

interface Trouble {
  cause: Cause;
  camera: boolean;
  microphone: boolean;
}

export function troubleIn({ camera, microphone, cameraCause, microphoneCause, cameraOff: off }: CaptureState): Trouble | undefined {
  const noCamera = !camera && !off;
  if (!noCamera && microphone) return undefined;
  const cause = (noCamera ? cameraCause : undefined) ?? microphoneCause ?? 'dismissed';
  return { cause, camera: noCamera, microphone: !microphone };
}

interface BlockedProps {
  trouble: Trouble;
  again(): Promise<void>;
  withoutCamera?(): Promise<void>;
  /** Whose steps are told. */
  on?: Here;
}

export function Blocked({ trouble, again, withoutCamera, on = here }: BlockedProps) {
  const { title, steps } = wordsFor(trouble, on);
  const both = trouble.camera && trouble.microphone && trouble.cause.startsWith('blocked');
  return (
    <Screen
      help="devices"
      icon={cameraOff}
      tone="warn"
      title={title}
      actions={
        <>
          <Button onTap={again}>{t('try-again')}</Button>
          {withoutCamera && (
            <Button kind="second" onTap={withoutCamera}>
              {t(trouble.camera ? 'devices-without' : 'continue-anyway')}
            </Button>
          )}
          <CallClinic />
        </>
      }
    >
      <Alert>{both && <span>{t('devices-blocked-both')}</span>}{' '}<span>{steps}</span></Alert>
    </Screen>
  );
}

function wordsFor({ cause, camera }: Trouble, on: Here): { title: string; steps: string } {
  const of = camera ? '' : '-microphone';
  switch (cause) {
    case 'blocked':
      return { title: t(`devices-blocked${of}-title`), steps: t(`devices-blocked-steps-${pageSteps(on)}`, { app: on.app }) };
    case 'blocked_by_phone':
      return { title: t(`devices-${isPhoneSystem(on.system) ? 'phone' : 'computer'}${of}-title`), steps: t(`devices-phone-steps-${systemSteps(on)}`, { app: on.app }) };
    case 'in_use':
      return { title: t(`devices-in-use${of}-title`), steps: t('devices-in-use') };
    case 'not_found':
      return { title: t(`devices-missing${of}-title`), steps: t('devices-missing') };
    case 'dismissed':
      return { title: t('devices-dismissed-title'), steps: t('devices-dismissed') };
    case 'unsupported':
      return { title: t('devices-unsupported-title'), steps: t('env-old-body') };
  }
}

/** After a reload nothing needs to be asked again. */
function useGrantedBefore(turnOn: () => Promise<void>): void {
  useEffect(() => {
    if (!returned.value) return;
    void Promise.all([permissionFor('camera'), permissionFor('microphone')]).then((states) => {
      if (states.every((state) => state === 'granted') && !media.value.camera && !media.value.cameraOff) void turnOn();
    });
  }, []);
}

/** The person mended it elsewhere: the page sees it without a reload. */
function useMended(trouble: Trouble | undefined, turnOn: () => Promise<void>): void {
  useEffect(() => {
    if (trouble?.cause === 'blocked') return whenAllowed(trouble.camera ? 'camera' : 'microphone', turnOn);
    if (trouble?.cause === 'not_found') return onEvent(navigator.mediaDevices, 'devicechange', turnOn);
    // Who comes back from the phone's settings, or from the app that had the camera.
    if (trouble?.cause === 'blocked_by_phone' || trouble?.cause === 'in_use')
      return onEvent(document, 'visibilitychange', () => document.visibilityState === 'visible' && turnOn());
    return undefined;
  }, [trouble?.cause]);
}

function whenAllowed(kind: Kind, turnOn: () => Promise<void>): () => void {
  const timer = setInterval(async () => {
    if ((await permissionFor(kind)) !== 'granted') return;
    clearInterval(timer);
    await turnOn();
  }, LOOK_AGAIN_MS);
  return () => clearInterval(timer);
}

function onEvent(target: EventTarget | undefined, name: string, then: () => unknown): () => void {
  target?.addEventListener(name, then);
  return () => target?.removeEventListener(name, then);
}
