// The other person's picture: whole, with a soft edge where its shape does not fit the screen.
import user from 'lucide-static/icons/user.svg?raw';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Peer } from '../../../core/call/call';
import { pathBetween } from '../../../core/call/quality';
import type { PathQuality, Person } from '../../../generated/signaling';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { Picture } from '../parts';
import type { LiveSeat } from '../seat';
import { pathWords } from './path-words';

interface RemoteProps {
  seat: LiveSeat;
  peer: Peer | undefined;
  name: string;
}

export function Remote({ peer, name, onSilenced }: Omit<RemoteProps, 'seat'> & { onSilenced(video: HTMLVideoElement): void }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const shows = peer?.shows === true;
  return (
    <>
      <Edge video={video} />
      {peer && <Picture class={`remote ${shows ? '' : 'blank'}`} stream={peer.stream} label={t('call-picture-of', { who: name })} onSilenced={onSilenced} element={setVideo} />}
      {!shows && (
        <div class="no-remote">
          <Icon of={user} />
        </div>
      )}
    </>
  );
}

/** Who it is and how things stand; while the path is broken the banner alone speaks of it. */
export function Who({ seat, peer, name }: RemoteProps) {
  return (
    <p class="who">
      <strong>{name}</strong>
      <span role="status">{stateWords(seat, peer, name)}</span>
    </p>
  );
}

function stateWords(seat: LiveSeat, peer: Peer | undefined, name: string): string {
  if (!peer) return seat.inside.value?.people.some(isStaff) ? t('call-connecting', { who: name }) : t('call-alone', { who: name });
  if (peer.path === 'reconnecting') return '';
  if (peer.person.presence === 'reconnecting' && peer.path !== 'connected') return t('call-other-reconnecting', { who: name });
  if (peer.path === 'connecting') return peer.brokenForMs > 0 ? '' : t('call-connecting', { who: name });
  const path = pathTo(seat, peer);
  if (path?.level === 'weak' && !peer.person.media.trouble) return pathWords(path, seat.id, name);
  const theirs = theirWords(peer.person, name);
  if (theirs) return theirs;
  if (peer.pictureStopped) return t('call-their-picture-stopped', { who: name });
  return pathWords(path, seat.id, name);
}

function pathTo(seat: LiveSeat, { person }: Peer): PathQuality | undefined {
  return pathBetween(seat.inside.value?.paths ?? [], seat.id, person.seat);
}

/** What they say of themselves, where it is not that all is well. */
function theirWords({ media }: Person, who: string): string | undefined {
  if (media.trouble === 'interrupted') return t('call-their-interrupted', { who });
  if (media.trouble === 'tap_to_hear') return t('call-their-tap', { who });
  if (media.trouble === 'microphone_silent') return t('call-their-silent', { who });
  if (media.trouble === 'camera_dark') return t('call-their-picture-dark', { who });
  if (media.pictures === 'none_by_hand') return t('call-their-sound-only-by-hand', { who });
  if (media.pictures === 'none') return t('call-their-sound-only', { who });
  if (media.pictures === 'own_paused') return t('call-their-picture-paused', { who });
  return media.camera ? undefined : t('call-their-camera-off', { who });
}

/** Whom the visit is with: the clinician, in a test call the technician. */
export function isStaff({ role }: Person): boolean {
  return role === 'clinician' || role === 'support';
}

const EDGE_EVERY_MS = 700;

/** A few blurred pixels of the picture behind it: cheap, since a second video would cost an old phone its battery. */
function Edge({ video }: { video: HTMLVideoElement | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!video) return;
    const timer = setInterval(() => {
      if (video.videoWidth > 0) canvas.current?.getContext('2d')?.drawImage(video, 0, 0, 16, 16);
    }, EDGE_EVERY_MS);
    return () => clearInterval(timer);
  }, [video]);
  return <canvas ref={canvas} class="edge" width={16} height={16} aria-hidden="true" />;
}
