// The prepared item drawn as the patient's page will draw it.
import { RecordContent } from '../../patient/live/record/content';
import { t } from '../../ui/words';
import type { Prepared } from './record';

export function SnippetPreview({ prepared }: { prepared: Prepared }) {
  return (
    <div class="preview record-body" lang={prepared.snippet.language}>
      <p class="preview-label">{t('staff-preview')}</p>
      <p class="preview-title">{prepared.snippet.title}</p>
      {prepared.drawn ? <RecordContent content={prepared.drawn} /> : <p>{t('staff-preview-none')}</p>}
    </div>
  );
}
