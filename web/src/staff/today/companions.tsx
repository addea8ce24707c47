// In a visit's details: who comes with the patient, where each is, how ready, and what can be done.
import { Menu } from '../../ui/menu';
import { Pill } from '../../ui/pill';
import { t } from '../../ui/words';
import { isOver } from '../arrival';
import { companionPill, companionsOf, nameAndRole } from '../companions';
import type { SeatLine, Visit } from '../model';
import { readinessLook, readinessWords } from '../readiness';
import { now } from '../session';
import type { Asked } from './actions';

export function CompanionList({ visit, onAsk }: { visit: Visit; onAsk: (asked: Asked) => void }) {
  const companions = companionsOf(visit);
  if (companions.length === 0) return null;
  return (
    <section>
      <h3>{t('staff-companions')}</h3>
      <ul class="companion-list">
        {companions.map((seat) => (
          <Line key={seat.seat} visit={visit} seat={seat} onAsk={onAsk} />
        ))}
      </ul>
    </section>
  );
}

function Line({ visit, seat, onAsk }: { visit: Visit; seat: SeatLine; onAsk: (asked: Asked) => void }) {
  const arrival = companionPill(visit, seat, now.value);
  const look = seat.readiness && readinessLook(seat.readiness, now.value);
  return (
    <li>
      <span>{nameAndRole(seat)}</span>
      <span class="companion-pills">
        <Pill tone={arrival.tone} icon={arrival.icon}>
          {arrival.words}
        </Pill>
        {seat.readiness && look && !isOver(visit) && (
          <Pill tone={look.tone} icon={look.icon}>
            {readinessWords(seat.readiness, now.value)}
          </Pill>
        )}
      </span>
      {!isOver(visit) && (
        <Menu
          label={t('staff-more-for', { name: seat.name })}
          items={[
            { icon: 'link', words: t('staff-link-make'), onChoose: () => onAsk({ what: 'link', visit, seat }) },
            { icon: 'userX', words: t('staff-remove'), danger: true, onChoose: () => onAsk({ what: 'remove_seat', visit, seat }) },
          ]}
        />
      )}
    </li>
  );
}
