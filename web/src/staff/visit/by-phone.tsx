// The visit by telephone: whom to call and at which number; the record beside it goes on.
import { Button } from '../../ui/button';
import { Glyph } from '../../ui/glyph';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

export function ByPhone({ live, name, phone }: { live: LiveVisit; name: string; phone: string | null | undefined }) {
  return (
    <div class="by-phone">
      <span class="sign">
        <Glyph name="phone" size={24} />
      </span>
      <h2>{t('staff-phone-title', { name })}</h2>
      {phone ? (
        <a class="by-phone-number" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
          {phone}
        </a>
      ) : (
        <p>{t('staff-phone-none')}</p>
      )}
      <p class="by-phone-note">{t('staff-phone-note')}</p>
      <Button icon="camera" onClick={() => void live.goByPhone(false)}>
        {t('staff-phone-back')}
      </Button>
    </div>
  );
}
