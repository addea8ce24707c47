// The bar under the picture: microphone, camera, devices, and End apart in red.
import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from '../../ui/glyph';
import { Menu } from '../../ui/menu';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

export function CallBar({ live, inCall, onEnd }: { live: LiveVisit; inCall: boolean; onEnd: () => void }) {
  const { media } = live;
  const microphone = media.microphone.value;
  const camera = media.camera.value;
  return (
    <div class="bar" role="group" aria-label={t('staff-bar')}>
      <Round
        icon={microphone ? 'microphone' : 'microphoneOff'}
        on={microphone}
        label={t(microphone ? 'staff-mute' : 'staff-unmute')}
        onPress={() => media.setMicrophone(!microphone)}
      >
        {t('staff-microphone')}
      </Round>
      <Round
        icon={camera ? 'camera' : 'cameraOff'}
        on={camera}
        label={t(camera ? 'staff-camera-stop' : 'staff-camera-start')}
        onPress={() => void media.setCamera(!camera)}
      >
        {t('staff-camera')}
      </Round>
      <DeviceMenu live={live} />
      <button type="button" class="round round-end" title={t(inCall ? 'staff-end-call' : 'staff-leave')} onClick={onEnd}>
        <span class="round-face">
          <Glyph name={inCall ? 'phoneOff' : 'signOut'} size={24} />
        </span>
        <span class="round-word">{t(inCall ? 'staff-end-call' : 'staff-leave')}</span>
      </button>
    </div>
  );
}

function Round({
  icon,
  on,
  label,
  onPress,
  children,
}: {
  icon: GlyphName;
  on: boolean;
  label: string;
  onPress: () => void;
  children: ComponentChildren;
}) {
  return (
    <button type="button" class={`round ${on ? '' : 'round-off'}`} aria-label={label} title={label} onClick={onPress}>
      <span class="round-face">
        <Glyph name={icon} size={24} />
      </span>
      <span class="round-word" aria-hidden="true">
        {children}
      </span>
    </button>
  );
}

/** Which microphone and camera; absent where there is nothing to choose. */
function DeviceMenu({ live }: { live: LiveVisit }) {
  const microphones = live.media.microphones.value;
  const cameras = live.media.cameras.value;
  if (microphones.length + cameras.length < 3) return null;
  return (
    <div class="round round-menu">
      <Menu
        label={t('staff-devices')}
        icon="settings"
        items={[
          ...microphones.map(
            (one) =>
              ({
                icon: one.current ? 'check' : 'microphone',
                words: one.name,
                onChoose: () => void live.media.chooseMicrophone(one.id),
              }) as const,
          ),
          ...cameras.map(
            (one) =>
              ({ icon: one.current ? 'check' : 'camera', words: one.name, onChoose: () => void live.media.chooseCamera(one.id) }) as const,
          ),
        ]}
      />
      <span class="round-word" aria-hidden="true">
        {t('staff-devices-short')}
      </span>
    </div>
  );
}
