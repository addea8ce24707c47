// The prepared item as the patient's phone will draw it: the same drawing, at a phone's width, in the patient's language.
import { useEffect, useState } from 'preact/hooks';
import type { Person, SeatId } from '../../generated/signaling';
import { whoSees } from '../../patient/live/record/audience';
import { RecordContent } from '../../patient/live/record/content';
import { reader } from '../../patient/live/record/words';
import { isLanguage, t } from '../../ui/words';
import { voiceIn } from '../language';
import type { LiveVisit } from './live';
import { Pointing } from './pointing';
import type { Prepared } from './record';

interface SnippetPreviewProps {
  prepared: Prepared;
  people: Person[];
  /** Those it is for. */
  audience: Person[];
  patient: SeatId;
  live: LiveVisit;
  /** On other screens now: then one may point. */
  isShown: boolean;
}

export function SnippetPreview({ prepared, people, audience, patient, live, isShown }: SnippetPreviewProps) {
  const spoken = prepared.snippet.language;
  reader.value = isLanguage(spoken) ? voiceIn(spoken) : undefined;
  useEffect(() => () => void (reader.value = undefined), []);
  const seats = audience.map(({ seat }) => seat);
  const [leads, setLeads] = useState(true);
  const isImage = prepared.drawn?.kind === 'image';
  const content = prepared.drawn ? <RecordContent content={prepared.drawn} /> : <p>{t('staff-preview-none')}</p>;
  return (
    <div class="preview" role="region" aria-label={t('staff-preview')}>
      <p class="preview-label">{t('staff-preview')}</p>
      <div class="phone always-dark" lang={spoken}>
        <p class="preview-title">{prepared.snippet.title}</p>
        <div class="record-body">
          {isShown ? <Pointing live={live} snippet={prepared.snippet.id} people={people} leads={leads} children={content} /> : content}
        </div>
        {seats.length > 0 && <p class="phone-foot">{whoSees(people, seats, patient)}</p>}
      </div>
      {isShown && isImage && (
        <label class="choice">
          <input type="checkbox" checked={leads} onChange={(event) => setLeads(event.currentTarget.checked)} />
          <span>{t('staff-leads')}</span>
        </label>
      )}
      {isShown && <p class="quiet">{t(isImage ? 'staff-point-hint-image' : 'staff-point-hint')}</p>}
    </div>
  );
}
