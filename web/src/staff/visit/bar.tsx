// The bar under the picture: microphone, camera, devices, and End apart in red.
import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from '../../ui/glyph';
import { Menu } from '../../ui/menu';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

interface CallBarProps {
  live: LiveVisit;
  inCall: boolean;
  /** Then there is nothing to turn on or off here. */
  byPhone: boolean;
  onEnd: () => void;
}

export function CallBar({ live, inCall, byPhone, onEnd }: CallBarProps) {
  return (
    <div class="bar" role="group" aria-label={t('staff-bar')}>
      {!byPhone && <Switches live={live} inCall={inCall} />}
      <button type="button" class="round round-end" title={t(inCall ? 'staff-end-call' : 'staff-leave')} onClick={onEnd}>
        <span class="round-face">
          <Glyph name={inCall ? 'phoneOff' : 'signOut'} size={24} />
        </span>
        <span class="round-word">{t(inCall ? 'staff-end-call' : 'staff-leave')}</span>
      </button>
    </div>
  );
}

function Switches({ live, inCall }: { live: LiveVisit; inCall: boolean }) {
  const { media } = live;
  const microphone = media.microphone.value;
  const camera = media.camera.value;
  return (
    <>
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
        onPress={() => void live.setCamera(!camera)}
      >
        {t('staff-camera')}
      </Round>
      <MoreMenu live={live} inCall={inCall} />
    </>
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

/** Sound only, the telephone, and where there is a choice which microphone and camera. */
function MoreMenu({ live, inCall }: { live: LiveVisit; inCall: boolean }) {
  const microphones = live.media.microphones.value;
  const cameras = live.media.cameras.value;
  const soundOnly = live.soundOnly.value;
  const choose = microphones.length + cameras.length > 2;
  const canCall = inCall && live.room.value.may.includes('go_by_phone');
  if (!inCall && !choose) return null;
  return (
    <div class="round round-menu">
      <Menu
        label={t('staff-call-more')}
        icon={inCall ? 'more' : 'settings'}
        items={[
          ...(inCall
            ? [
                {
                  icon: soundOnly ? 'camera' : 'sound',
                  words: t(soundOnly ? 'staff-pictures-again' : 'staff-sound-only'),
                  onChoose: () => void live.setSoundOnly(!soundOnly),
                } as const,
              ]
            : []),
          ...(canCall ? [{ icon: 'phone', words: t('staff-go-by-phone'), onChoose: () => void live.goByPhone(true) } as const] : []),
          ...(choose ? microphones : []).map(
            (one) =>
              ({
                icon: one.current ? 'check' : 'microphone',
                words: one.name,
                onChoose: () => void live.media.chooseMicrophone(one.id),
              }) as const,
          ),
          ...(choose ? cameras : []).map(
            (one) =>
              ({ icon: one.current ? 'check' : 'camera', words: one.name, onChoose: () => void live.media.chooseCamera(one.id) }) as const,
          ),
        ]}
      />
      <span class="round-word" aria-hidden="true">
        {t('staff-call-more-short')}
      </span>
    </div>
  );
}
