// What a facility decides for itself about its video visits.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { CheckField, TextField } from '../ui/field';
import { tell } from '../ui/status';
import { t } from '../ui/words';
import * as api from './api';
import type { Facility } from './model';
import { problemWords } from './problem';
import { facilityChanged } from './session';
import { Head } from './shell';
import { Failure } from './today/actions';

const MOST_MINUTES = 24 * 60;

export function SettingsView({ facility }: { facility: Facility }) {
  const [name, setName] = useState(facility.name);
  const [phone, setPhone] = useState(facility.phone);
  const [emergency, setEmergency] = useState(facility.emergency_number);
  const [window, setWindow] = useState(String(facility.join_window_minutes));
  const [relayOnly, setRelayOnly] = useState(facility.relay_only);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string>();

  const minutes = Number(window);
  const windowRight = /^\d{1,4}$/.test(window) && minutes >= 1 && minutes <= MOST_MINUTES;
  const missing = (value: string) => (tried && !value.trim() ? t('staff-field-missing') : undefined);

  const save = async () => {
    setTried(true);
    if (!windowRight || !name.trim() || !phone.trim() || !emergency.trim()) return;
    setBusy(true);
    setFailure(undefined);
    try {
      facilityChanged(
        await api.changeFacility({
          name: name.trim(),
          phone: phone.trim(),
          emergency_number: emergency.trim(),
          join_window_minutes: minutes,
          relay_only: relayOnly,
        }),
      );
      tell(t('staff-saved'));
    } catch (error) {
      setFailure(problemWords(error));
    }
    setBusy(false);
  };

  return (
    <section class="page">
      <Head title={t('staff-page-settings')} sub={t('staff-zone', { zone: facility.time_zone.replaceAll('_', ' ') })} />
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <TextField label={t('staff-facility-name')} value={name} onInput={setName} error={missing(name)} />
        <div class="field-line">
          <TextField
            label={t('staff-facility-phone')}
            hint={t('staff-facility-phone-hint')}
            type="tel"
            value={phone}
            onInput={setPhone}
            error={missing(phone)}
          />
          <TextField
            label={t('staff-facility-emergency')}
            hint={t('staff-facility-emergency-hint')}
            type="tel"
            value={emergency}
            onInput={setEmergency}
            error={missing(emergency)}
          />
        </div>
        <TextField
          label={t('staff-join-window')}
          hint={t('staff-join-window-hint')}
          type="number"
          min={1}
          max={MOST_MINUTES}
          value={window}
          onInput={setWindow}
          error={windowRight ? undefined : t('staff-join-window-error')}
          class="field-short"
        />
        <CheckField label={t('staff-relay-only')} hint={t('staff-relay-only-hint')} checked={relayOnly} onChange={setRelayOnly} />
        <Failure words={failure} />
        <div class="form-actions">
          <Button kind="main" type="submit" busy={busy}>
            {t('staff-save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
