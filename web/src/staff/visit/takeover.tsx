// "Another phone wants to join in this person's place": staff may say yes for somebody who cannot.
import { Button } from '../../ui/button';
import { Notice } from '../../ui/states';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

export function Takeovers({ live }: { live: LiveVisit }) {
  const room = live.room.value;
  const names = new Map([...room.people, ...room.waiting].map((person) => [person.seat, person.name]));
  const asked = room.takeovers.filter((seat) => seat !== room.seat);
  return (
    <>
      {asked.map((seat) => (
        <Notice
          key={seat}
          tone="info"
          icon="swap"
          title={t('staff-takeover-title', { name: names.get(seat) ?? t('staff-seat-patient') })}
          alert
        >
          <p>{t('staff-takeover')}</p>
          <div class="notice-actions">
            <Button small kind="main" onClick={() => void live.allowTakeover(seat)}>
              {t('staff-takeover-allow')}
            </Button>
            <Button small onClick={() => live.dismissTakeover(seat)}>
              {t('staff-takeover-not-now')}
            </Button>
          </div>
        </Notice>
      ))}
    </>
  );
}
