// The picture: the patient large, companions beside it, oneself small in a corner, who it is and how they are in words, and the bar.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../generated/signaling';
import { Button, IconButton } from '../../ui/button';
import { Glyph } from '../../ui/glyph';
import { Pill } from '../../ui/pill';
import { Notice } from '../../ui/states';
import { t } from '../../ui/words';
import { personLine } from './connection';
import { CallBar } from './bar';
import type { LiveVisit } from './live';

const CORNERS = ['bottom-right', 'bottom-left', 'top-right'] as const;
/** Where companions stand at the top right. */
const LOW = ['bottom-left', 'bottom-right'] as const;

interface StageProps {
  live: LiveVisit;
  other: Person | undefined;
  /** Who else is in the visit. */
  rest: Person[];
  phone: string | null | undefined;
  /** What stands where the picture will be while nobody is in the visit. */
  children: ComponentChildren;
  onEnd: () => void;
}

export function Stage({ live, other, rest, phone, children, onEnd }: StageProps) {
  return (
    <section class={`stage always-dark ${rest.length > 0 ? 'stage-shared' : ''}`} aria-label={t('staff-call')}>
      {other ? <Remote live={live} other={other} phone={phone} /> : <div class="stage-empty">{children}</div>}
      {rest.length > 0 && (
        <ul class="tiles">
          {rest.map((person) => (
            <Tile key={person.seat} live={live} person={person} />
          ))}
        </ul>
      )}
      <SelfView live={live} low={rest.length > 0} />
      <Troubles live={live} />
      <CallBar live={live} inCall={other !== undefined} onEnd={onEnd} />
    </section>
  );
}

function Tile({ live, person }: { live: LiveVisit; person: Person }) {
  const peer = live.peers.value.find((one) => one.person.seat === person.seat);
  const line = personLine(person, peer, undefined);
  const stream = peer?.stream ?? null;
  return (
    <li class="tile">
      <RemotePicture stream={stream} name={person.name} hidden={!person.media.camera || !stream} />
      {(!person.media.camera || !stream) && (
        <span class="tile-initials" aria-hidden="true">
          {initials(person.name)}
        </span>
      )}
      <p>
        <strong>{person.name}</strong>
        <span>{line.tone === 'good' ? t(`staff-seat-${person.role}`) : `${t(`staff-seat-${person.role}`)} · ${line.words}`}</span>
      </p>
    </li>
  );
}

function Remote({ live, other, phone }: { live: LiveVisit; other: Person; phone: string | null | undefined }) {
  const peer = live.peers.value.find((one) => one.person.seat === other.seat);
  const stream = peer?.stream ?? null;
  const line = personLine(other, peer, phone);
  const silent = !other.media.camera || !stream;
  return (
    <>
      <RemotePicture stream={stream} name={other.name} hidden={silent} />
      {silent && (
        <div class="no-picture" aria-hidden="true">
          <span>{initials(other.name)}</span>
        </div>
      )}
      <div class="stage-who">
        <h2>{other.name}</h2>
        <Pill tone={line.tone} icon={line.icon}>
          {line.words}
        </Pill>
        {line.advice && <p class="stage-advice">{line.advice}</p>}
      </div>
    </>
  );
}

/** Sound starts by itself after the click on Start; after a reload the browser wants one more. */
function RemotePicture({ stream, name, hidden }: { stream: MediaStream | null; name: string; hidden: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);
  const play = () =>
    void video.current?.play().then(
      () => setBlocked(false),
      (error: unknown) => setBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    if (stream) play();
  }, [stream]);
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

function initials(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .map((word) => word[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
}

function SelfView({ live, low }: { live: LiveVisit; low: boolean }) {
  const corners = low ? LOW : CORNERS;
  const video = useRef<HTMLVideoElement>(null);
  const [corner, setCorner] = useState(0);
  const stream = live.media.local.value;
  const on = live.media.camera.value && stream !== null;
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <div class={`self self-${corners[corner % corners.length]}`}>
      <video ref={video} muted playsInline autoPlay aria-label={t('staff-self')} hidden={!on} />
      {!on && (
        <div class="self-off">
          <Glyph name="cameraOff" />
          <span>{t('staff-camera-off')}</span>
        </div>
      )}
      <IconButton icon="swap" label={t('staff-self-move')} onClick={() => setCorner(corner + 1)} />
    </div>
  );
}

/** What is wrong on this side, with the one thing to do about it. */
function Troubles({ live }: { live: LiveVisit }) {
  const stopped = live.media.microphoneStopped.value;
  const trouble = live.media.trouble.value;
  const line = live.line.value;
  return (
    <div class="troubles">
      {line === 'reconnecting' && (
        <Notice tone="warn" icon="hourglass" title={t('staff-reconnecting-title')} alert>
          <p>{t('staff-reconnecting')}</p>
        </Notice>
      )}
      {live.picturePaused.value && (
        <Notice tone="warn" icon="signalLow" title={t('staff-paused-title')}>
          <p>{t('staff-paused')}</p>
        </Notice>
      )}
      {stopped && (
        <Notice tone="bad" icon="microphoneOff" title={t('staff-mic-stopped-title')} alert>
          {stopped.instead ? (
            <Button small kind="main" onClick={() => void live.media.chooseMicrophone(stopped.instead!.id)}>
              {t('staff-mic-switch', { name: stopped.instead.name })}
            </Button>
          ) : (
            <p>{t('staff-mic-stopped')}</p>
          )}
        </Notice>
      )}
      {trouble && (
        <Notice tone="bad" icon="cameraOff" title={t(`staff-media-${trouble}-title`)} alert>
          <p>{t(`staff-media-${trouble}`)}</p>
          <Button small onClick={() => void live.media.retry()}>
            {t('try-again')}
          </Button>
        </Notice>
      )}
    </div>
  );
}
