// The picture: the patient large, companions beside it, oneself small in a corner, who it is and how they are in words, and the bar.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pathBetween } from '../../core/call/quality';
import type { Person } from '../../generated/signaling';
import { IconButton } from '../../ui/button';
import { Glyph } from '../../ui/glyph';
import { Pill } from '../../ui/pill';
import { t } from '../../ui/words';
import { personLine } from './connection';
import { CallBar } from './bar';
import { ByPhone } from './by-phone';
import type { LiveVisit } from './live';
import { RemotePicture } from './remote-picture';
import { Troubles } from './troubles';

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
  const byPhone = live.room.value.byPhone && other !== undefined;
  return (
    <section class={`stage always-dark ${rest.length > 0 ? 'stage-shared' : ''}`} aria-label={t('staff-call')}>
      {byPhone ? (
        <ByPhone live={live} name={other.name} phone={phone} />
      ) : (
        <Pictures live={live} other={other} rest={rest} phone={phone}>
          {children}
        </Pictures>
      )}
      <CallBar live={live} inCall={other !== undefined} byPhone={byPhone} onEnd={onEnd} />
    </section>
  );
}

function Pictures({ live, other, rest, phone, children }: Omit<StageProps, 'onEnd'>) {
  return (
    <>
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
    </>
  );
}

/** What the gateway says of the path to this person. */
function pathTo(live: LiveVisit, { seat }: Person) {
  const { paths, seat: me } = live.room.value;
  return { path: pathBetween(paths, me, seat), me };
}

function Tile({ live, person }: { live: LiveVisit; person: Person }) {
  const peer = live.peers.value.find((one) => one.person.seat === person.seat);
  const line = personLine(person, peer, undefined, live.line.value, pathTo(live, person));
  const stream = peer?.stream ?? null;
  return (
    <li class="tile">
      <RemotePicture live={live} stream={stream} name={person.name} hidden={!peer?.shows} />
      {!peer?.shows && (
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
  const line = personLine(other, peer, phone, live.line.value, pathTo(live, other));
  const silent = !peer?.shows;
  return (
    <>
      <RemotePicture live={live} stream={stream} name={other.name} hidden={silent} />
      {silent && (
        <div class="no-picture" aria-hidden="true">
          <span class="sign">{initials(other.name)}</span>
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
  useEffect(() => {
    live.media.drawn = video.current;
    return () => void (live.media.drawn = null);
  }, [live]);
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
