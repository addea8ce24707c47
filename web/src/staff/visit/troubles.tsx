// What is wrong on this side, and what was given up so that the sound gets through, each with the one thing to do about it.
import { Button } from '../../ui/button';
import { Notice } from '../../ui/states';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

export function Troubles({ live }: { live: LiveVisit }) {
  return (
    <div class="troubles">
      {live.line.value === 'reconnecting' && (
        <Notice tone="warn" icon="hourglass" title={t('staff-reconnecting-title')} alert>
          <p>{t('staff-reconnecting')}</p>
        </Notice>
      )}
      <GivenUp live={live} />
      <Dead live={live} />
      <Refused live={live} />
    </div>
  );
}

/** The browser or the computer gives no camera or no microphone. */
function Refused({ live }: { live: LiveVisit }) {
  const trouble = live.media.trouble.value;
  if (!trouble) return null;
  const { kind, why } = trouble;
  const isSound = kind === 'microphone';
  return (
    <Notice tone="bad" icon={isSound ? 'microphoneOff' : 'cameraOff'} title={t(isSound ? `staff-media-${why}-microphone-title` : `staff-media-${why}-title`)} alert>
      <p>{t(`staff-media-${why}`)}</p>
      <Button small onClick={() => void live.media.startAgain()}>
        {t('try-again')}
      </Button>
    </Notice>
  );
}

function GivenUp({ live }: { live: LiveVisit }) {
  const step = live.step.value;
  if (live.soundOnly.value)
    return (
      <Notice tone="info" icon="sound" title={t('staff-sound-only-title')}>
        <Button small onClick={() => void live.setSoundOnly(false)}>
          {t('staff-pictures-again')}
        </Button>
      </Notice>
    );
  if (step === 'both' || (step === 'own_paused' && !live.media.camera.value)) return null;
  return (
    <Notice tone="warn" icon="signalLow" title={t(step === 'phone' ? 'staff-sound-breaks-title' : 'staff-paused-title')}>
      <p>{t(GIVEN_UP[step])}</p>
      {step === 'phone' && (
        <Button small kind="main" icon="phone" onClick={() => void live.goByPhone(true)}>
          {t('staff-go-by-phone')}
        </Button>
      )}
    </Notice>
  );
}

const GIVEN_UP = { own_paused: 'staff-paused', none: 'staff-paused-both', phone: 'staff-sound-breaks' } as const;

const DEAD = {
  microphone_silent: { words: 'staff-mic-silent', icon: 'microphoneOff' },
  camera_frozen: { words: 'staff-camera-frozen', icon: 'cameraOff' },
  camera_dark: { words: 'staff-camera-dark', icon: 'cameraOff' },
} as const;

/** The microphone or the camera gives nothing. */
function Dead({ live }: { live: LiveVisit }) {
  const stopped = live.media.microphoneStopped.value;
  const own = live.ownTrouble.value;
  if (stopped)
    return (
      <Notice tone="bad" icon="microphoneOff" title={t('staff-mic-stopped-title')} alert>
        {stopped.instead ? (
          <Button small kind="main" onClick={() => void live.media.chooseMicrophone(stopped.instead!.id)}>
            {t('staff-mic-switch', { name: stopped.instead.name })}
          </Button>
        ) : (
          <p>{t('staff-mic-stopped')}</p>
        )}
      </Notice>
    );
  if (!own || own === 'interrupted') return null;
  const { words, icon } = DEAD[own];
  return (
    <Notice tone="bad" icon={icon} title={t(`${words}-title`)} alert>
      <p>{t(words)}</p>
      <Button small onClick={() => void live.resume()}>
        {t('staff-restart')}
      </Button>
    </Notice>
  );
}
