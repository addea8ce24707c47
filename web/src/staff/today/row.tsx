// One visit in a row of 56 px: time, who and why, where the patient is, how ready, the action, the menu.
import { Button } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { Pill } from '../../ui/pill';
import { clockTime } from '../../ui/time';
import { language, t } from '../../ui/words';
import { arrivalPill, isOver, mainAction } from '../arrival';
import { companionPill, companionsOf } from '../companions';
import type { Facility, Visit } from '../model';
import { readinessLook, readinessWords } from '../readiness';
import { go } from '../route';
import { now } from '../session';
import { visitMenu, type Asked } from './actions';

interface RowProps {
  visit: Visit;
  facility: Facility;
  gone: boolean;
  open: boolean;
  withClinician: boolean;
  onOpen: () => void;
  onAsk: (asked: Asked) => void;
}

export function VisitRow({ visit, facility, gone, open, withClinician, onOpen, onAsk }: RowProps) {
  const arrival = arrivalPill(visit, now.value);
  const quiet = isOver(visit) || gone;
  const reason = visit.reason_words[language.value];
  return (
    <li class={`row ${quiet ? 'row-quiet' : ''} ${open ? 'row-open' : ''} ${visit.arrival === 'waiting' && !quiet ? 'row-waiting' : ''}`}>
      <span class="row-time">
        <time dateTime={new Date(visit.starts_at).toISOString()}>{clockTime(visit.starts_at, facility.time_zone, language.value)}</time>
        {visit.late_minutes > 0 && !quiet && <span class="row-late">{t('staff-late-by', { n: visit.late_minutes })}</span>}
      </span>
      <span class="row-who">
        <button type="button" class="row-name" aria-expanded={open} onClick={onOpen}>
          {visit.patient.name}
          <span class="row-born">{t('staff-born-year', { year: String(visit.patient.birth_year) })}</span>
        </button>
        <span class="row-what">{[reason, withClinician && visit.clinician.name, ...companionWords(visit)].filter(Boolean).join(' · ')}</span>
      </span>
      <span class="row-pills">
        <Pill tone={arrival.tone} icon={arrival.icon}>
          {gone ? t('staff-row-gone') : arrival.words}
        </Pill>
        {!quiet && <ReadinessPill visit={visit} />}
      </span>
      <span class="row-actions">
        {!quiet && <MainButton visit={visit} onAsk={onAsk} />}
        <Menu label={t('staff-more-for', { name: visit.patient.name })} items={visitMenu(visit, onAsk)} />
      </span>
    </li>
  );
}

function ReadinessPill({ visit }: { visit: Visit }) {
  const look = readinessLook(visit.readiness, now.value);
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {readinessWords(visit.readiness, now.value)}
    </Pill>
  );
}

function MainButton({ visit, onAsk }: { visit: Visit; onAsk: (asked: Asked) => void }) {
  const action = mainAction(visit);
  if (action === 'vouch')
    return (
      <Button small kind="main" onClick={() => onAsk({ what: 'vouch', visit })}>
        {t('staff-let-in')}
      </Button>
    );
  if (action === null) return null;
  const main = visit.arrival === 'waiting' || action === 'return';
  return (
    <Button small kind={main ? 'main' : 'plain'} onClick={() => go(`visit/${visit.id}`)}>
      {t(action === 'return' ? 'staff-return' : 'staff-start')}
    </Button>
  );
}

/** "Interpreter: Waiting 2 min" */
function companionWords(visit: Visit): string[] {
  return companionsOf(visit).map((seat) => `${t(`staff-seat-${seat.role}`)}: ${companionPill(visit, seat, now.value).words}`);
}
