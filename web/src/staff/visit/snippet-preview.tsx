// The prepared item as the patient's phone will draw it: the same drawing, at a phone's width, in the patient's language.
import { useEffect } from 'preact/hooks';
import type { Person, SeatId } from '../../generated/signaling';
import { whoSees } from '../../patient/live/record/audience';
import { RecordContent } from '../../patient/live/record/content';
import { reader } from '../../patient/live/record/words';
import { isLanguage, t } from '../../ui/words';
import { voiceIn } from '../language';
import type { Prepared } from './record';

interface SnippetPreviewProps {
  prepared: Prepared;
  people: Person[];
  /** Those it is for. */
  audience: Person[];
  patient: SeatId;
}

export function SnippetPreview({ prepared, people, audience, patient }: SnippetPreviewProps) {
  const spoken = prepared.snippet.language;
  reader.value = isLanguage(spoken) ? voiceIn(spoken) : undefined;
  useEffect(() => () => void (reader.value = undefined), []);
  const seats = audience.map(({ seat }) => seat);
  return (
    <div class="preview" role="region" aria-label={t('staff-preview')}>
      <p class="preview-label">{t('staff-preview')}</p>
      <div class="phone always-dark" lang={spoken}>
        <p class="preview-title">{prepared.snippet.title}</p>
        <div class="record-body">{prepared.drawn ? <RecordContent content={prepared.drawn} /> : <p>{t('staff-preview-none')}</p>}</div>
        {seats.length > 0 && <p class="phone-foot">{whoSees(people, seats, patient)}</p>}
      </div>
    </div>
  );
}
