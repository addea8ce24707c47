// Camera and microphone: what the phone will ask, and for every "no" the way out of it. Looks again without a reload.
import cameraOff from 'lucide-static/icons/video-off.svg?raw';
import { useEffect, useState } from 'preact/hooks';
import { permissionFor, type Cause } from '../../../core/devices/causes';
import type { CaptureState } from '../../../core/devices/capture';
import { t } from '../../../ui/words';
import { companion } from '../../journey';
import { system } from '../../link';
import { Alert, Button, CallClinic, Screen } from '../../parts';
import { fetchChecks } from '../checks';
import { capture, media } from '../media';
import { goTo, remember, returned, turnCamera, who } from '../visit';

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
  useEffect(() => void fetchChecks().then(({ prepareInternet }) => prepareInternet()), []);
  useGrantedBefore(turnOn);
  useGrantedMeanwhile(trouble, turnOn);

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
  return (
    <div role="status">
      {asking && (
        <p class="notice">
          {long && <strong>{t('devices-no-answer-title')}</strong>}
          <span>{t(long ? 'devices-no-answer' : 'devices-asking')}</span>
        </p>
      )}
    </div>
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

export function Blocked({ trouble, again, withoutCamera }: { trouble: Trouble; again(): Promise<void>; withoutCamera?(): Promise<void> }) {
  const { title, steps } = wordsFor(trouble);
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

function wordsFor({ cause, camera }: Trouble): { title: string; steps: string } {
  const of = camera ? '' : '-microphone';
  switch (cause) {
    case 'blocked':
      return { title: t(`devices-blocked${of}-title`), steps: t(`devices-blocked-steps-${system}`) };
    case 'blocked_by_phone':
      return { title: t(`devices-phone${of}-title`), steps: t(`devices-phone-steps-${system}`) };
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

/** The person changed the settings: the page sees it without a reload. */
function useGrantedMeanwhile(trouble: Trouble | undefined, turnOn: () => Promise<void>): void {
  useEffect(() => {
    if (trouble?.cause !== 'blocked') return;
    const timer = setInterval(async () => {
      const state = await permissionFor(trouble.camera ? 'camera' : 'microphone');
      if (state !== 'granted') return;
      clearInterval(timer);
      await turnOn();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [trouble?.cause]);
}
