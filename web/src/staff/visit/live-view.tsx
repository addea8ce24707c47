// The live visit as staff see it, clinical or test call: head, picture, door, people, and what stands beside.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person, WaitingPerson } from '../../generated/signaling';
import { Button } from '../../ui/button';
import { Glyph } from '../../ui/glyph';
import { announce, tell } from '../../ui/status';
import { Empty, Loading } from '../../ui/states';
import { clockTime } from '../../ui/time';
import { hasWords, language, t } from '../../ui/words';
import { Door } from './door';
import { EndDialog } from './end';
import type { Known } from './admit';
import type { LiveVisit, ReadinessOf } from './live';
import { People } from './people';
import { others, type RoomState } from './room-state';
import { Stage } from './stage';
import { Takeovers } from './takeover';

export interface LiveViewProps {
  live: LiveVisit;
  title: string;
  known: Known;
  readiness: ReadinessOf;
  startsAt: number | undefined;
  zone: string;
  phone: string | null | undefined;
  back: { words: string; go: () => void };
  /** Stands below the people: the record, or a test call's outcome. */
  panel: (people: Person[]) => ComponentChildren;
  /** Replaces the question how to end. */
  onEnd?: () => void;
}

export function LiveView(props: LiveViewProps) {
  const { live, title, back, startsAt, zone, phone } = props;
  live.readiness = props.readiness;
  const [ending, setEnding] = useState(false);
  const room = live.room.value;
  const inside = others(room);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useSaid(room, live);

  const end = () => {
    if (live.closed.value !== null) return back.go();
    if (props.onEnd) return props.onEnd();
    if (inside.length > 0) setEnding(true);
    else back.go();
  };
  return (
    <main class="visit">
      <header class="visit-head">
        <Button small kind="quiet" icon="arrowLeft" onClick={end}>
          {back.words}
        </Button>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {startsAt !== undefined && <p class="quiet">{clockTime(startsAt, zone, language.value)}</p>}
        {phone && (
          <a class="visit-phone" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
            <Glyph name="phone" size={16} />
            {phone}
          </a>
        )}
      </header>
      <Body {...props} people={inside} onEnd={end} />
      {ending && <EndDialog live={live} name={title} onClose={() => setEnding(false)} onLeft={back.go} />}
    </main>
  );
}

function Body({ live, people, known, readiness, phone, back, panel, onEnd }: LiveViewProps & { people: Person[]; onEnd: () => void }) {
  const room = live.room.value;
  const closed = live.closed.value;
  if (room.place === 'ended' || closed === 'visit_ended')
    return (
      <Over title={t('staff-over-title')} back={back}>
        {t('staff-over')}
      </Over>
    );
  if (closed === 'taken_over' || closed === 'replaced') return <Elsewhere live={live} lost />;
  if (closed !== null && closed !== 'stopped')
    return (
      <Over title={t('staff-closed-title')} back={back}>
        {closedWords(closed)}
      </Over>
    );
  if (room.place === 'unknown')
    return (
      <div class="alone">
        <Loading words={t('staff-visit-joining')} />
      </div>
    );
  if (room.place === 'outside') return <Elsewhere live={live} lost={false} />;

  const main = people.find((person) => person.role === 'patient') ?? people[0];
  const door = room.waiting.length > 0 && <Door live={live} people={room.waiting} known={known} readiness={readiness} />;
  return (
    <div class={`visit-body ${main ? 'visit-call' : ''}`}>
      <Stage live={live} other={main} rest={people.filter((person) => person !== main)} phone={phone} onEnd={onEnd}>
        <h2 class="stage-title">{doorTitle(room.waiting)}</h2>
        {door || <p class="stage-advice">{t('staff-door-empty')}</p>}
      </Stage>
      <div class="panel">
        <Takeovers live={live} />
        {main && door && (
          <section class="panel-part">
            <h2>{t('staff-door')}</h2>
            {door}
          </section>
        )}
        {people.length > 0 && <People live={live} people={people} />}
        {panel(people)}
      </div>
    </div>
  );
}

function doorTitle(waiting: WaitingPerson[]): string {
  const here = waiting.filter((person) => person.state === 'waiting').length;
  if (here > 0) return t('staff-door-here', { n: here });
  return t(waiting.length > 0 ? 'staff-door-coming' : 'staff-door-nobody');
}

function Over({ title, back, children }: { title: string; back: LiveViewProps['back']; children: ComponentChildren }) {
  return (
    <div class="alone">
      <Empty icon="check" title={title}>
        <p>{children}</p>
        <Button kind="main" onClick={back.go}>
          {t('staff-back-to', { where: back.words })}
        </Button>
      </Empty>
    </div>
  );
}

/** The visit is open in another window of this person: one that was there before, or one that took it from here (`lost`). */
function Elsewhere({ live, lost }: { live: LiveVisit; lost: boolean }) {
  const [busy, setBusy] = useState(false);
  const move = () => {
    setBusy(true);
    if (lost) location.reload();
    else void live.moveHere().finally(() => setBusy(false));
  };
  return (
    <div class="alone">
      <Empty icon="swap" title={t('staff-elsewhere-title')}>
        <p>{t('staff-elsewhere')}</p>
        <Button kind="main" busy={busy} onClick={move}>
          {t('staff-move-here')}
        </Button>
      </Empty>
    </div>
  );
}

function closedWords(closed: string): string {
  const id = `staff-closed-${closed.replaceAll('_', '-')}`;
  return hasWords(id) ? t(id) : t('staff-closed-other');
}

/** What a person who looks elsewhere has to hear: somebody waits, came in, left, or a command was refused. */
function useSaid(room: RoomState, live: LiveVisit) {
  const waiting = room.waiting
    .filter((person) => person.state === 'waiting')
    .map((person) => person.name)
    .join(', ');
  const inside = others(room)
    .map((person) => person.name)
    .join(', ');
  const said = useRef({ waiting: '', inside: '' });
  useEffect(() => {
    const before = said.current;
    said.current = { waiting, inside };
    if (inside !== before.inside) announce(inside ? t('staff-said-inside', { names: inside }) : t('staff-said-left'));
    else if (waiting && waiting !== before.waiting) announce(t('staff-said-waiting', { names: waiting }));
  }, [waiting, inside]);
  const refused = live.refused.value;
  useEffect(() => {
    if (refused) tell(refused.words, 'bad');
  }, [refused]);
}
