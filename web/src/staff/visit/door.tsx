// Who is at the door of this visit: name, since when, with which verdict, and the clinician's answer.
import { useState } from 'preact/hooks';
import type { WaitingPerson } from '../../generated/signaling';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Menu } from '../../ui/menu';
import { Pill } from '../../ui/pill';
import { clockTime } from '../../ui/time';
import { language, t } from '../../ui/words';
import { isCompanion } from '../companions';
import type { Readiness } from '../model';
import { ageWords, readinessLook, readinessWords } from '../readiness';
import { facility, now } from '../session';
import { AdmitDialog, type Known } from './admit';
import type { LiveVisit } from './live';

interface DoorProps {
  live: LiveVisit;
  people: WaitingPerson[];
  known: Known;
  readiness: (person: WaitingPerson) => Readiness | null | undefined;
}

export function Door({ live, people, known, readiness }: DoorProps) {
  const [admitting, setAdmitting] = useState<WaitingPerson>();
  const [refusing, setRefusing] = useState<{ person: WaitingPerson; how: 'deny' | 'remove' }>();
  return (
    <div class="door">
      <ul>
        {people.map((person) => (
          <DoorCard
            key={person.seat}
            person={person}
            readiness={readiness(person)}
            onAdmit={() => setAdmitting(person)}
            onDeny={() => setRefusing({ person, how: 'deny' })}
            onRemove={() => setRefusing({ person, how: 'remove' })}
          />
        ))}
      </ul>
      {admitting && (
        <AdmitDialog person={admitting} known={known} onClose={() => setAdmitting(undefined)} onAdmit={() => live.admit(admitting.seat)} />
      )}
      {refusing && (
        <Dialog
          title={t(`staff-${refusing.how}-title`, { name: refusing.person.name })}
          onClose={() => setRefusing(undefined)}
          actions={
            <>
              <Button onClick={() => setRefusing(undefined)}>{t('cancel')}</Button>
              <Button
                kind="danger"
                onClick={() => {
                  void live[refusing.how](refusing.person.seat);
                  setRefusing(undefined);
                }}
              >
                {t(`staff-${refusing.how}`)}
              </Button>
            </>
          }
        >
          <p>{t(refusing.how === 'remove' && isCompanion(refusing.person.role) ? 'staff-remove-ask-companion' : `staff-${refusing.how}-ask`)}</p>
        </Dialog>
      )}
    </div>
  );
}

interface CardProps {
  person: WaitingPerson;
  readiness: Readiness | null | undefined;
  onAdmit: () => void;
  onDeny: () => void;
  onRemove: () => void;
}

function DoorCard({ person, readiness, onAdmit, onDeny, onRemove }: CardProps) {
  const look = readiness && readinessLook(readiness, now.value);
  return (
    <li class={`door-card door-${person.state}`}>
      <div class="door-who">
        <p class="door-name">{person.name}</p>
        <p class="quiet">{doorWords(person)}</p>
        {readiness && look && (
          <Pill tone={look.tone} icon={look.icon}>
            {readinessWords(readiness, now.value)}
          </Pill>
        )}
      </div>
      <div class="door-actions">
        {(person.state === 'waiting' || isTexted(person)) && (
          <Button kind="main" icon="door" onClick={onAdmit}>
            {t('staff-admit')}
          </Button>
        )}
        <Menu
          label={t('staff-more-for', { name: person.name })}
          items={[
            { icon: 'userX', words: t('staff-deny'), onChoose: onDeny },
            { icon: 'lock', words: t('staff-remove'), danger: true, onChoose: onRemove },
          ]}
        />
      </div>
    </li>
  );
}

/** Away with good reason: a text calls them when they are admitted. */
function isTexted({ state, text_me }: WaitingPerson): boolean {
  return state === 'away' && text_me;
}

function doorWords(person: WaitingPerson): string {
  const role = person.role === 'patient' ? undefined : t(`staff-seat-${person.role}`);
  return [role, stateWords(person)].filter(Boolean).join(' · ');
}

function stateWords(person: WaitingPerson): string {
  const zone = facility.value?.time_zone ?? 'UTC';
  if (isTexted(person)) return t('staff-door-away-texted');
  if (person.state === 'away') return t('staff-door-away');
  if (person.state === 'arriving') return t(`staff-screen-${person.screen.replaceAll('_', '-')}`);
  return person.since_ms === undefined
    ? t('staff-arrival-waiting')
    : t('staff-door-waiting', { time: clockTime(person.since_ms, zone, language.value), ago: ageWords(person.since_ms, now.value) });
}
