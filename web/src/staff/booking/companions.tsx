// Who comes with the patient: a row for each, what they come as and their name.
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { t } from '../../ui/words';
import { COMPANION_ROLES, MOST_COMPANIONS, nameIsRight } from '../companions';
import type { NewSeat } from '../model';

interface CompanionsProps {
  seats: NewSeat[];
  /** Whether to speak of what is missing. */
  strict: boolean;
  onChange: (seats: NewSeat[]) => void;
}

export function Companions({ seats, strict, onChange }: CompanionsProps) {
  return (
    <fieldset class="sub-form companions">
      <legend>{t('staff-companions')}</legend>
      {seats.map((seat, index) => (
        <div class="companion" key={index}>
          <CompanionFields seat={seat} strict={strict} onChange={(next) => onChange(seats.map((one, at) => (at === index ? next : one)))} />
          <Button small icon="x" onClick={() => onChange(seats.filter((_, at) => at !== index))}>
            {t('staff-companion-drop')}
          </Button>
        </div>
      ))}
      {seats.length < MOST_COMPANIONS && (
        <Button icon="userPlus" onClick={() => onChange([...seats, { role: 'interpreter', name: '' }])}>
          {t('staff-companion-add')}
        </Button>
      )}
    </fieldset>
  );
}

export function CompanionFields({ seat, strict, onChange }: { seat: NewSeat; strict: boolean; onChange: (seat: NewSeat) => void }) {
  return (
    <div class="field-line">
      <SelectField
        label={t('staff-companion-role')}
        value={seat.role}
        choices={COMPANION_ROLES.map((role) => ({ value: role, words: t(`staff-seat-${role}`) }))}
        onInput={(role) => onChange({ ...seat, role: role as NewSeat['role'] })}
      />
      <TextField
        label={t('staff-name')}
        value={seat.name}
        error={strict && !nameIsRight(seat) ? t('staff-companion-name-missing') : undefined}
        onInput={(name) => onChange({ ...seat, name })}
      />
      <TextField
        label={t('staff-companion-phone')}
        hint={t('staff-companion-phone-hint')}
        type="tel"
        value={seat.phone ?? ''}
        onInput={(phone) => onChange({ ...seat, phone })}
      />
    </div>
  );
}
