// The clinician's own words for the patient: a title and a text, in a language; Preview signs them, and Show comes as for any other item.
import { Button, IconButton } from '../../ui/button';
import { t } from '../../ui/words';
import type { RecordProps } from './record-panel';
import { LONGEST_TEXT, LONGEST_TITLE } from './record';

const LANGUAGES = ['en', 'es'] as const;

export function WriteInstructions({ record, visit }: RecordProps) {
  const draft = record.draft.value;
  if (!draft) return null;
  const change = (part: Partial<typeof draft>) => (record.draft.value = { ...draft, ...part });
  const left = LONGEST_TEXT - [...draft.text].length;
  return (
    <form
      class="write-instructions"
      onSubmit={(event) => {
        event.preventDefault();
        void record.write(draft);
      }}
      onKeyDown={(event) => event.key === 'Escape' && record.putAside()}
    >
      <header class="record-head">
        <IconButton icon="arrowLeft" label={t('staff-record-back')} onClick={() => record.putAside()} />
        <h2>{t('staff-instructions')}</h2>
      </header>
      <fieldset class="field choices">
        <legend>{t('staff-instructions-language', { name: visit.patient.name, language: t(`staff-language-${visit.patient.language}`) })}</legend>
        {LANGUAGES.map((language) => (
          <label key={language} class="choice">
            <input type="radio" name="language" checked={draft.language === language} onChange={() => change({ language })} />
            <span>{t(`staff-language-${language}`)}</span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="instructions-title">{t('staff-instructions-title')}</label>
        <input
          id="instructions-title"
          required
          maxLength={LONGEST_TITLE}
          lang={draft.language}
          value={draft.title}
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
      </div>
      <div class="field">
        <label for="instructions-text">{t('staff-instructions-text')}</label>
        <textarea
          id="instructions-text"
          required
          rows={10}
          maxLength={LONGEST_TEXT}
          lang={draft.language}
          aria-describedby="instructions-hint"
          value={draft.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
        <p id="instructions-hint" class="field-hint">
          {t('staff-instructions-hint', { n: left })}
        </p>
      </div>
      <div class="form-actions">
        <Button kind="main" type="submit">
          {t('staff-instructions-preview')}
        </Button>
      </div>
    </form>
  );
}
