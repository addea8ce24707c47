// Whom the visit is for: found by name as it is typed, or added here.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { Glyph } from '../../ui/glyph';
import { announce } from '../../ui/status';
import { dateWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import * as api from '../api';
import type { Facility, Patient } from '../model';
import { problemWords } from '../problem';
import { Failure } from '../today/actions';
import { languageName } from '../today/detail';

const PAUSE_MS = 200;

interface PickerProps {
  facility: Facility;
  patient: Patient | undefined;
  error?: string | undefined;
  onPick: (patient: Patient | undefined) => void;
}

export function PatientPicker({ facility, patient, error, onPick }: PickerProps) {
  const [adding, setAdding] = useState<string>();
  if (patient) return <Picked patient={patient} onChange={() => onPick(undefined)} />;
  if (adding !== undefined) {
    return <NewPatient facility={facility} name={adding} onAdded={onPick} onBack={() => setAdding(undefined)} />;
  }
  return <Search error={error} onPick={onPick} onAdd={setAdding} />;
}

function Picked({ patient, onChange }: { patient: Patient; onChange: () => void }) {
  return (
    <div class="picked">
      <Glyph name="userCheck" />
      <div>
        <p class="picked-name">{patient.name}</p>
        <p class="quiet">{patientLine(patient)}</p>
      </div>
      <Button small onClick={onChange}>
        {t('staff-change')}
      </Button>
    </div>
  );
}

function patientLine(patient: Patient): string {
  return [t('staff-born-on', { date: dateWords(patient.born, language.value) }), patient.phone].filter(Boolean).join(' · ');
}

type Found = { state: 'idle' } | { state: 'searching' } | { state: 'failed'; words: string } | { state: 'found'; patients: Patient[] };

function useSearch(words: string): Found {
  const [found, setFound] = useState<Found>({ state: 'idle' });
  useEffect(() => {
    const asked = words.trim();
    if (asked.length < 2) return setFound({ state: 'idle' });
    let stale = false;
    setFound((before) => (before.state === 'found' ? before : { state: 'searching' }));
    const timer = setTimeout(() => {
      api.findPatients(asked).then(
        (patients) => {
          if (stale) return;
          setFound({ state: 'found', patients: patients.slice(0, 8) });
          announce(t('staff-patients-found', { n: patients.length }));
        },
        (error: unknown) => stale || setFound({ state: 'failed', words: problemWords(error) }),
      );
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [words]);
  return found;
}

/** A combobox: typing searches, arrows choose, Enter takes. */
function Search({
  error,
  onPick,
  onAdd,
}: {
  error: string | undefined;
  onPick: (patient: Patient) => void;
  onAdd: (name: string) => void;
}) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(-1);
  const found = useSearch(words);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const patients = found.state === 'found' ? found.patients : [];
  const open = words.trim().length >= 2 && found.state === 'found';

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && words) return setWords('');
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = patients[at] ?? (patients.length === 1 ? patients[0] : undefined);
      return chosen && onPick(chosen);
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setAt((at + step + patients.length) % Math.max(1, patients.length));
  };

  return (
    <div class="field picker">
      <label for={id}>{t('staff-patient')}</label>
      <div class="picker-line">
        <span class="search-box">
          <Glyph name="search" />
          <input
            ref={input}
            id={id}
            type="text"
            role="combobox"
            autocomplete="off"
            value={words}
            placeholder={t('staff-patient-search')}
            aria-expanded={open && patients.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={patients[at] ? `${id}-${at}` : undefined}
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={`${id}-help`}
            onInput={(event) => {
              setWords(event.currentTarget.value);
              setAt(-1);
            }}
            onKeyDown={onKey}
          />
        </span>
        <Button onClick={() => onAdd(found.state === 'found' && patients.length === 0 ? words.trim() : '')}>
          {t('staff-patient-new')}
        </Button>
      </div>
      <div id={`${id}-help`}>
        {error && (
          <p class="field-error">
            <Glyph name="warning" size={16} />
            <span>{error}</span>
          </p>
        )}
        {found.state === 'failed' && (
          <p class="field-error">
            <Glyph name="warning" size={16} />
            <span>{found.words}</span>
          </p>
        )}
        {open && patients.length === 0 && <p class="field-hint">{t('staff-patient-none', { words: words.trim() })}</p>}
      </div>
      <ul class="picker-list" id={`${id}-list`} role="listbox" aria-label={t('staff-patient')} hidden={!open || patients.length === 0}>
        {patients.map((patient, index) => (
          <li key={patient.id} id={`${id}-${index}`} role="option" aria-selected={index === at} onClick={() => onPick(patient)}>
            <span class="picked-name">{patient.name}</span>
            <span class="quiet">{patientLine(patient)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NewPatient({
  facility,
  name: typed,
  onAdded,
  onBack,
}: {
  facility: Facility;
  name: string;
  onAdded: (patient: Patient) => void;
  onBack: () => void;
}) {
  const [name, setName] = useState(typed);
  const [born, setBorn] = useState('');
  const [phone, setPhone] = useState('');
  const [speaks, setSpeaks] = useState<string>(facility.languages[0] ?? 'en');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const bornRight = /^\d{4}-\d{2}-\d{2}$/.test(born) && born >= '1880-01-01' && Date.parse(born) < Date.now();

  const add = async () => {
    setTried(true);
    if (!name.trim() || !bornRight) return;
    setBusy(true);
    try {
      onAdded(
        await api.addPatient({ name: name.trim(), born, phone: phone.trim() || null, mail: null, language: facility.languages.find((code) => code === speaks) ?? 'en', record_id: null }),
      );
    } catch (error) {
      setFailure(problemWords(error));
      setBusy(false);
    }
  };

  return (
    <fieldset class="sub-form">
      <legend>{t('staff-patient-new')}</legend>
      <TextField
        label={t('staff-name')}
        value={name}
        onInput={setName}
        error={tried && !name.trim() ? t('staff-name-missing') : undefined}
      />
      <div class="field-line">
        <TextField
          label={t('staff-born')}
          type="date"
          value={born}
          onInput={setBorn}
          error={tried && !bornRight ? t('staff-born-missing') : undefined}
        />
        <TextField label={t('staff-phone')} type="tel" value={phone} onInput={setPhone} />
        <SelectField
          label={t('staff-language')}
          value={speaks}
          onInput={setSpeaks}
          choices={facility.languages.map((code) => ({ value: code, words: languageName(code) }))}
        />
      </div>
      <Failure words={failure} />
      <div class="form-actions">
        <Button onClick={onBack}>{t('cancel')}</Button>
        <Button kind="main" busy={busy} onClick={() => void add()}>
          {t('staff-patient-add')}
        </Button>
      </div>
    </fieldset>
  );
}
