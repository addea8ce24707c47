// Form fields: a label above, a hint below, an error that names what to do and is tied to its field.
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { Glyph } from './glyph';

interface Common {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  class?: string;
}

interface Ties {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

function Frame({ label, hint, error, children, ...rest }: Common & { children: (ties: Ties) => ComponentChildren }) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div class={`field ${rest.class ?? ''}`}>
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? 'true' : undefined })}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Glyph name="warning" size={16} />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

type InputProps = Common & {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'search' | 'date' | 'time' | 'number' | 'tel' | 'email';
  autocomplete?: string;
  required?: boolean;
  min?: string | number;
  max?: string | number;
};

export function TextField({
  label,
  hint,
  error,
  value,
  onInput,
  type = 'text',
  autocomplete = 'off',
  required,
  min,
  max,
  ...rest
}: InputProps) {
  return (
    <Frame label={label} hint={hint} error={error} class={rest.class ?? ''}>
      {(ties) => {
        // One component for every plain type of input; the library's own types want one literal each.
        const kind = { ...ties, type, autocomplete, required, min, max } as InputHTMLAttributes<HTMLInputElement>;
        return <input {...kind} value={value} onInput={(event) => onInput(event.currentTarget.value)} />;
      }}
    </Frame>
  );
}

export function TextArea({ label, hint, error, value, onInput }: Common & { value: string; onInput: (value: string) => void }) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(ties) => <textarea {...ties} rows={3} value={value} onInput={(event) => onInput(event.currentTarget.value)} />}
    </Frame>
  );
}

export interface Choice {
  value: string;
  words: string;
}

export function SelectField({
  label,
  hint,
  error,
  value,
  choices,
  onInput,
  ...rest
}: Common & { value: string; choices: Choice[]; onInput: (value: string) => void }) {
  return (
    <Frame label={label} hint={hint} error={error} class={rest.class ?? ''}>
      {(ties) => (
        <span class="select">
          <select {...ties} value={value} onChange={(event) => onInput(event.currentTarget.value)}>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value} selected={choice.value === value}>
                {choice.words}
              </option>
            ))}
          </select>
          <Glyph name="chevronDown" />
        </span>
      )}
    </Frame>
  );
}

export function RadioField({
  label,
  value,
  choices,
  onInput,
}: {
  label: string;
  value: string;
  choices: Choice[];
  onInput: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset class="field choices">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="choice">
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onInput(choice.value)} />
          <span>{choice.words}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function CheckField({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="field-hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}
