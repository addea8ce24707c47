// Somebody else's picture and sound. Sound starts by itself after the click on Start; after a reload the browser wants one more.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

export function RemotePicture({ live, stream, name, hidden }: { live: LiveVisit; stream: MediaStream | null; name: string; hidden: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);
  const isBlocked = (blocked: boolean) => {
    setBlocked(blocked);
    live.needsTap(blocked);
  };
  const play = () =>
    void video.current?.play().then(
      () => isBlocked(false),
      (error: unknown) => isBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    if (stream) play();
  }, [stream]);
  useEffect(() => {
    const again = () => document.visibilityState === 'visible' && video.current?.paused && video.current.srcObject && play();
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, []);
  return (
    <>
      <video
        ref={video}
        class={`remote ${hidden ? 'remote-hidden' : ''}`}
        playsInline
        autoPlay
        aria-label={t('staff-picture-of', { name })}
      />
      {blocked && (
        <div class="stage-tap">
          <Button kind="main" icon="sound" onClick={play}>
            {t('staff-hear', { name })}
          </Button>
        </div>
      )}
    </>
  );
}
