// How helping ended, and a note about the equipment: asked the same way with a test call and without one.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { RadioField, TextArea } from '../ui/field';
import { tell } from '../ui/status';
import { t } from '../ui/words';
import type { Outcome } from '../staff/model';
import { problemWords } from '../staff/problem';
import { Failure } from '../staff/today/actions';

const OUTCOMES: Outcome[] = ['ready', 'use_the_phone', 'needs_another_device'];

export const outcomeWords = (outcome: Outcome) => t(`support-outcome-${outcome.replaceAll('_', '-')}`);

interface OutcomeDialogProps {
  title: string;
  name: string;
  save: (outcome: Outcome, note: string) => Promise<unknown>;
  saveWords: string;
  /** The other way out, beside closing the dialog. */
  leave?: { words: string; go: () => void };
  onSaved: () => void;
  onClose: () => void;
}

export function OutcomeDialog({ title, name, save, saveWords, leave, onSaved, onClose }: OutcomeDialogProps) {
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const settle = async () => {
    if (!outcome) return setFailure(t('support-outcome-missing'));
    setBusy(true);
    try {
      await save(outcome, note.trim());
      onSaved();
      tell(t('support-saved', { name }));
    } catch (error) {
      setFailure(problemWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={leave?.go ?? onClose}>{leave?.words ?? t('cancel')}</Button>
          <Button kind="main" busy={busy} onClick={() => void settle()}>
            {saveWords}
          </Button>
        </>
      }
    >
      <RadioField
        label={t('support-outcome')}
        value={outcome}
        onInput={(value) => setOutcome(value as Outcome)}
        choices={OUTCOMES.map((value) => ({ value, words: outcomeWords(value) }))}
      />
      <TextArea label={t('support-note')} hint={t('support-note-hint')} value={note} onInput={setNote} />
      <Failure words={failure} />
    </Dialog>
  );
}
