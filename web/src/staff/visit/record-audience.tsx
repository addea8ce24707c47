// Who will see the item, by name and role, chosen for this item alone; and who sees it while it is on.
import type { Person, SeatId } from '../../generated/signaling';
import { Glyph } from '../../ui/glyph';
import { language, t } from '../../ui/words';
import { isCompanion } from '../companions';

/** "Rosa Ruiz (interpreter)" */
export function withRole({ name, role }: Person): string {
  return t('staff-person', { name, role: t(`staff-seat-${role}`).toLocaleLowerCase(language.value) });
}

export function AudienceLine({ people }: { people: Person[] }) {
  const names = new Intl.ListFormat(language.value, { type: 'conjunction' }).format(people.map(withRole));
  return (
    <p class="audience" id="audience">
      <Glyph name="eye" size={16} />
      <span>{people.length > 0 ? t('staff-audience', { names }) : t('staff-audience-nobody')}</span>
    </p>
  );
}

/** Nobody but the patient is chosen from the start. */
export function AudienceChoice({ people, chosen, onChoose }: { people: Person[]; chosen: SeatId[]; onChoose: (chosen: SeatId[]) => void }) {
  const companions = people.filter((person) => isCompanion(person.role));
  if (companions.length === 0) return null;
  return (
    <fieldset class="field choices">
      <legend>{t('staff-audience-also')}</legend>
      {companions.map((person) => (
        <label key={person.seat} class="choice">
          <input
            type="checkbox"
            checked={chosen.includes(person.seat)}
            onChange={(event) =>
              onChoose(event.currentTarget.checked ? [...chosen, person.seat] : chosen.filter((seat) => seat !== person.seat))
            }
          />
          <span>{withRole(person)}</span>
        </label>
      ))}
    </fieldset>
  );
}
