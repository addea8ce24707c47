// Booking a visit: for whom, with whom, why, when; who comes along; then each one's link, shown once.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/field';
import { Notice } from '../../ui/states';
import { announce } from '../../ui/status';
import { clockTime, dateIn, dayWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import * as api from '../api';
import { isCompanion, nameAndRole, nameIsRight, typed } from '../companions';
import type { Booked, Me, NewSeat, Patient, StaffName } from '../model';
import { problemWords } from '../problem';
import { go } from '../route';
import { now } from '../session';
import { Head } from '../shell';
import { Failure } from '../today/actions';
import { LinkCard } from '../today/link-card';
import { Companions } from './companions';
import { PatientPicker } from './patient-picker';
import { checkWhen, type When } from './when';
import { TIME_PROBLEMS, WhenFields } from './when-fields';

export function BookView({ me }: { me: Me }) {
  const [booked, setBooked] = useState<{ answer: Booked; patient: Patient }>();
  if (booked) return <Done me={me} {...booked} onAnother={() => setBooked(undefined)} />;
  return <BookForm me={me} onBooked={(answer, patient) => setBooked({ answer, patient })} />;
}

function useClinicians(): StaffName[] {
  const [clinicians, setClinicians] = useState<StaffName[]>([]);
  useEffect(() => void api.staffOf('clinician').then(setClinicians, () => undefined), []);
  return clinicians;
}

function BookForm({ me, onBooked }: { me: Me; onBooked: (answer: Booked, patient: Patient) => void }) {
  const { facility } = me;
  const clinicians = useClinicians();
  const [patient, setPatient] = useState<Patient>();
  const [clinician, setClinician] = useState(me.role === 'clinician' ? me.id : '');
  const [reason, setReason] = useState(facility.reasons[0]?.code ?? '');
  const [when, setWhen] = useState<When>({ date: dateIn(facility.time_zone, now.peek()), time: '' });
  const [length, setLength] = useState(20);
  const [seats, setSeats] = useState<NewSeat[]>([]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ words: string; time: boolean }>();
  // One key for one booking: another press, or a repeat after a lost answer, books nothing twice.
  const key = useRef(crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);

  const chosenClinician = clinician || clinicians[0]?.id || '';
  const changed = () => {
    key.current = crypto.randomUUID();
    setFailure(undefined);
  };

  const submit = async () => {
    setTried(true);
    const checked = checkWhen(when, facility.time_zone, now.peek());
    if (!patient || !chosenClinician || checked.state !== 'right' || !seats.every(nameIsRight)) return focusFirstError(form.current);
    setBusy(true);
    setFailure(undefined);
    try {
      const booking = {
        patient_id: patient.id,
        clinician_id: chosenClinician,
        reason,
        starts_at: checked.startsAt,
        length_minutes: length,
        seats: seats.map(typed),
      };
      onBooked(await api.book(booking, key.current), patient);
    } catch (error) {
      const words = problemWords(error);
      const time = error instanceof api.ApiError && TIME_PROBLEMS.has(error.code);
      setFailure({ words, time });
      if (time) announce(words);
      setBusy(false);
    }
  };

  return (
    <section class="page">
      <Head title={t('staff-page-book')} />
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <PatientPicker
          facility={facility}
          patient={patient}
          error={tried && !patient ? t('staff-patient-missing') : undefined}
          onPick={(chosen) => {
            setPatient(chosen);
            changed();
          }}
        />
        <div class="field-line">
          <SelectField
            label={t('staff-clinician')}
            value={chosenClinician}
            choices={clinicians.map((one) => ({ value: one.id, words: one.name }))}
            onInput={(id) => {
              setClinician(id);
              changed();
            }}
          />
          <SelectField
            label={t('staff-reason')}
            value={reason}
            choices={facility.reasons.map((one) => ({ value: one.code, words: one[language.value] }))}
            onInput={(code) => {
              setReason(code);
              changed();
            }}
          />
        </div>
        <WhenFields
          when={when}
          length={length}
          zone={facility.time_zone}
          strict={tried}
          refused={failure?.time ? failure.words : undefined}
          onWhen={(next) => {
            setWhen(next);
            changed();
          }}
          onLength={(minutes) => {
            setLength(minutes);
            changed();
          }}
        />
        <Companions
          seats={seats}
          strict={tried}
          onChange={(next) => {
            setSeats(next);
            changed();
          }}
        />
        {failure && !failure.time && <Failure words={failure.words} />}
        <div class="form-actions">
          <Button onClick={() => go('today')}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {t('staff-book')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function focusFirstError(form: HTMLFormElement | null) {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}

function Done({ me, answer, patient, onAnother }: { me: Me; answer: Booked; patient: Patient; onAnother: () => void }) {
  const zone = me.facility.time_zone;
  const { visit, links } = answer;
  const title = useRef<HTMLDivElement>(null);
  useEffect(() => {
    title.current?.focus();
    announce(t('staff-booked-title'));
  }, []);
  const own = links.find((link) => link.role === 'patient');
  return (
    <section class="page">
      <Head title={t('staff-page-book')} />
      <div class="form" ref={title} tabIndex={-1}>
        <Notice tone="good" icon="check" title={t('staff-booked-title')}>
          <p>
            {patient.name}, {dayWords(visit.starts_at, zone, language.value)}, {clockTime(visit.starts_at, zone, language.value)},{' '}
            {t('staff-booked-with', { name: visit.clinician.name })}
          </p>
        </Notice>
        {own && <LinkCard url={own.url} told={own.told} patient={patient} />}
        {visit.seats
          .filter((seat) => isCompanion(seat.role))
          .map((seat) => {
            const link = links.find((one) => one.seat === seat.seat);
            return <LinkCard key={seat.seat} url={link?.url ?? ''} told={link?.told} patient={{ name: nameAndRole(seat) }} />;
          })}
        <div class="form-actions">
          <Button onClick={onAnother}>{t('staff-book-another')}</Button>
          <Button kind="main" onClick={() => go(`today/${visit.starts_local.slice(0, 10)}`)}>
            {t('staff-see-day')}
          </Button>
        </div>
      </div>
    </section>
  );
}
