// The call's buttons: at most five, round, each with its word; End stands apart.
import flipIcon from 'lucide-static/icons/switch-camera.svg?raw';
import hangUp from 'lucide-static/icons/phone-off.svg?raw';
import mic from 'lucide-static/icons/mic.svg?raw';
import micOff from 'lucide-static/icons/mic-off.svg?raw';
import more from 'lucide-static/icons/ellipsis.svg?raw';
import video from 'lucide-static/icons/video.svg?raw';
import videoOff from 'lucide-static/icons/video-off.svg?raw';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { isPhone } from '../../link';
import { Button, CallClinic, LanguageSwitch } from '../../parts';
import { Dialog } from '../dialog';
import { capture, media } from '../media';
import type { LiveSeat } from '../seat';
import { chooseSoundOnly, leave, mute, turnCamera } from '../visit';

interface BarProps {
  seat: LiveSeat;
  name: string;
  /** There is something of the record that the person has put away. */
  recordHidden: boolean;
  onRecord(): void;
}

export function CallBar({ seat, name, recordHidden, onRecord }: BarProps) {
  const [asks, setAsks] = useState<'more' | 'end'>();
  const byPhone = seat.byPhone.value;
  const { muted, cameraOff, camera, microphone } = media.value;
  const noVideo = cameraOff || !camera;
  const speak = () => (microphone ? mute(!muted) : void capture.start(['microphone']));
  return (
    <div class="bar" role="toolbar" aria-label={t('video-visit')}>
      {!byPhone && <BarButton icon={muted || !microphone ? micOff : mic} words={t(muted || !microphone ? 'call-unmute' : 'call-mute')} off={muted || !microphone} onTap={speak} />}
      {!byPhone && <BarButton icon={noVideo ? videoOff : video} words={t(noVideo ? 'call-camera-on' : 'call-camera-off')} off={noVideo} onTap={() => turnCamera(!noVideo)} />}
      {!byPhone && isPhone && <BarButton icon={flipIcon} words={t('call-flip')} onTap={() => capture.flip()} disabled={noVideo} />}
      <BarButton icon={more} words={t('call-more')} onTap={() => setAsks('more')} />
      <BarButton icon={hangUp} words={t('call-end')} kind="end" onTap={() => setAsks('end')} />
      {asks === 'more' && <More seat={seat} name={name} recordHidden={recordHidden} onRecord={onRecord} onClose={() => setAsks(undefined)} />}
      {asks === 'end' && <End onClose={() => setAsks(undefined)} />}
    </div>
  );
}

interface BarButtonProps {
  icon: string;
  words: string;
  onTap(): void;
  off?: boolean;
  kind?: 'end';
  disabled?: boolean;
}

function BarButton({ icon, words, onTap, off, kind, disabled }: BarButtonProps) {
  return (
    <button type="button" class={`bar-button ${kind ?? ''} ${off ? 'off' : ''}`} onClick={onTap} disabled={disabled} title={words}>
      <span class="round">
        <Icon of={icon} />
      </span>
      <span class="label">{words}</span>
    </button>
  );
}

function More({ seat, name, recordHidden, onRecord, onClose }: BarProps & { onClose(): void }) {
  const people = seat.inside.value?.people ?? [];
  const show = () => {
    onRecord();
    onClose();
  };
  const consent = seat.consent.value;
  const soundOnly = seat.soundOnly.value;
  const byPhone = seat.byPhone.value;
  const andClose = (done: Promise<unknown>) => {
    void done;
    onClose();
  };
  const answer = (agreed: boolean) => {
    void seat.answerConsent(agreed);
    onClose();
  };
  return (
    <Dialog
      title={t('call-more-title')}
      onClose={onClose}
      actions={
        <>
          {recordHidden && <Button onTap={show}>{t('call-record-show')}</Button>}
          {seat.isPatient && consent === 'agreed' && (
            <Button kind="second" onTap={() => answer(false)}>
              {t('record-stop')}
            </Button>
          )}
          {seat.isPatient && (consent === 'refused' || consent === 'stopped') && (
            <Button kind="second" onTap={() => answer(true)}>
              {t('record-allow', { who: name })}
            </Button>
          )}
          {!byPhone && (
            <Button kind="second" onTap={() => andClose(chooseSoundOnly(seat, !soundOnly))}>
              {t(soundOnly ? 'call-pictures-again' : 'call-sound-only-choose')}
            </Button>
          )}
          {!byPhone && seat.may.value.includes('go_by_phone') && (
            <Button kind="second" onTap={() => andClose(seat.goByPhone(true))}>
              {t('call-me')}
            </Button>
          )}
          <CallClinic />
          <Button kind="second" onTap={onClose}>
            {t('close')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{t('call-here')}</strong>
      </p>
      <ul class="people">
        {people.map((person) => (
          <li key={person.seat}>
            {person.seat === seat.id ? t('call-you-name') : person.name}, {t(`role-${person.role}`)}
          </li>
        ))}
      </ul>
      <LanguageSwitch />
    </Dialog>
  );
}

function End({ onClose }: { onClose(): void }) {
  return (
    <Dialog
      title={t('call-end-title')}
      onClose={onClose}
      actions={
        <>
          <Button kind="bad" onTap={leave}>
            {t('call-end-yes')}
          </Button>
          <Button kind="second" onTap={onClose}>
            {t('call-end-no')}
          </Button>
        </>
      }
    >
      <p>{t('call-end-body')}</p>
    </Dialog>
  );
}
