// The waiting room: a calm place that keeps itself, says the truth about delay, and opens the visit by itself.
import flip from 'lucide-static/icons/switch-camera.svg?raw';
import videoOff from 'lucide-static/icons/video-off.svg?raw';
import video from 'lucide-static/icons/video.svg?raw';
import volume from 'lucide-static/icons/volume-2.svg?raw';
import { useEffect } from 'preact/hooks';
import { playSound } from '../../../core/checks/speaker';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { isPhone } from '../../link';
import { companion } from '../../journey';
import { Button, CallClinic, Screen } from '../../parts';
import { capture, media } from '../media';
import { OwnPicture, useWakeLock } from '../parts';
import { main, restoreDevices, turnCamera, who } from '../visit';

export function Waiting() {
  useWakeLock();
  useEffect(() => void restoreDevices(), []);
  return (
    <Screen help="waiting" title={t('waiting-title')} before={<OwnPicture class="own-picture large" />} actions={<Actions />}>
      <div role="status" class="waiting-words">
        <p>
          <span class="breath" />
          {words()}
        </p>
      </div>
      {companion.value && <p>{t(`join-as-${companion.value}`)}</p>}
      <p class={textMe() ? '' : 'small'} role="status">
        {t(textMe() ? 'waiting-text-me-on' : 'waiting-keep-open')}
      </p>
      <Tools />
    </Screen>
  );
}

/** Whether a text is wanted; `undefined` where the clinic cannot text this person. */
function textMe(): boolean | undefined {
  return main.value?.outside.value?.text_me;
}

function Actions() {
  const wanted = textMe();
  return (
    <>
      {wanted !== undefined && (
        <Button kind="second" onTap={() => void main.value?.textMe(!wanted)}>
          {t(wanted ? 'waiting-text-me-off' : 'waiting-text-me')}
        </Button>
      )}
      <CallClinic />
    </>
  );
}

function words(): string {
  const seat = main.value;
  const { late_minutes: minutes = 0, staff_present: present = false } = seat?.outside.value ?? {};
  if (seat?.status.value !== 'open') return t('waiting-offline');
  if (companion.value) {
    if (minutes > 0) return t('waiting-late-companion', { minutes });
    return t(present ? 'waiting-here-companion' : 'waiting-not-here-companion');
  }
  if (minutes > 0) return t('waiting-late', { who: who.value, minutes });
  return t(present ? 'waiting-here' : 'waiting-not-here', { who: who.value });
}

function Tools() {
  const { cameraOff, camera } = media.value;
  const off = cameraOff || !camera;
  return (
    <div class="tools">
      <Tool icon={off ? videoOff : video} words={t(off ? 'waiting-camera-on' : 'waiting-camera-off')} onTap={() => turnCamera(!off)} />
      {isPhone && !off && <Tool icon={flip} words={t('waiting-flip')} onTap={() => capture.flip()} />}
      <Tool icon={volume} words={t('waiting-sound')} onTap={() => playSound().catch(() => undefined)} />
    </div>
  );
}

function Tool({ icon, words, onTap }: { icon: string; words: string; onTap(): void }) {
  return (
    <button type="button" class="tool" onClick={onTap}>
      <Icon of={icon} />
      <span>{words}</span>
    </button>
  );
}

/** Admitted while the page was in a pocket: nobody is shown before they say so. */
export function Called() {
  return (
    <Screen title={t('called-title', { who: who.value })} actions={<Button onTap={() => main.value?.release()}>{t('called-join')}</Button>}>
      <OwnPicture class="own-picture large" />
      <p>{t('called-body')}</p>
    </Screen>
  );
}
