// Pictures and small things that several live screens share.
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../ui/words';
import { drawn, media } from './media';

interface PictureProps {
  stream: MediaStream | MediaStreamTrack;
  label: string;
  /** Our own picture is silent, and mirrored as people know themselves. */
  own?: boolean;
  mirrored?: boolean;
  class?: string;
  /** The browser wants a tap before it plays sound: the picture runs without it meanwhile. */
  onSilenced?(video: HTMLVideoElement): void;
  element?(video: HTMLVideoElement | null): void;
}

export function Picture({ stream, label, own, mirrored, class: name = '', onSilenced, element }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = video.current;
    if (!shown) return;
    shown.srcObject = stream instanceof MediaStream ? stream : new MediaStream([stream]);
    const play = () =>
      shown.play().catch((error: DOMException) => {
        if (error.name !== 'NotAllowedError') return;
        shown.muted = true;
        void shown.play().catch(() => undefined);
        onSilenced?.(shown);
      });
    void play();
    element?.(shown);
    // A phone stops what plays on a page that is not looked at, and does not always go on.
    const again = () => document.visibilityState === 'visible' && shown.paused && void play();
    document.addEventListener('visibilitychange', again);
    return () => {
      document.removeEventListener('visibilitychange', again);
      element?.(null);
      shown.srcObject = null;
    };
  }, [stream]);
  return (
    <video ref={video} class={`${name} ${mirrored ? 'mirrored' : ''}`} aria-label={label} muted={own ?? false} autoplay playsInline disablePictureInPicture />
  );
}

/** Our own camera, or a quiet place where it would be. */
export function OwnPicture({ class: name = 'own-picture' }: { class?: string }) {
  const { camera, cameraOff, facing } = media.value;
  if (!camera || cameraOff) return <div class={`${name} no-picture`}>{t('check-camera-missing')}</div>;
  return <Picture class={name} stream={camera} label={t('call-you')} own mirrored={facing === 'user'} element={(video) => (drawn.own = video)} />;
}

/** Keeps the screen on; phones lock it in the middle of a wait otherwise. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      lock = await (navigator.wakeLock as WakeLock | undefined)?.request('screen').catch(() => undefined);
    };
    void ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
