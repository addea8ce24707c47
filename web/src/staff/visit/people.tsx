// Everyone in the visit, with what staff may do about each.
import { useState } from 'preact/hooks';
import type { Person } from '../../generated/signaling';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Menu } from '../../ui/menu';
import { t } from '../../ui/words';
import { isCompanion } from '../companions';
import type { LiveVisit } from './live';

export function People({ live, people }: { live: LiveVisit; people: Person[] }) {
  const [removing, setRemoving] = useState<Person>();
  return (
    <section class="panel-part">
      <h2>{t('staff-people')}</h2>
      <ul class="people">
        {people.map((person) => (
          <li key={person.seat}>
            <span class="people-name">{person.name}</span>
            <span class="quiet">{t(`staff-seat-${person.role}`)}</span>
            <Menu
              label={t('staff-more-for', { name: person.name })}
              items={[
                { icon: 'door', words: t('staff-send-back'), onChoose: () => void live.sendBack(person.seat) },
                { icon: 'userX', words: t('staff-remove'), danger: true, onChoose: () => setRemoving(person) },
              ]}
            />
          </li>
        ))}
      </ul>
      {removing && (
        <Dialog
          title={t('staff-remove-title', { name: removing.name })}
          onClose={() => setRemoving(undefined)}
          actions={
            <>
              <Button onClick={() => setRemoving(undefined)}>{t('cancel')}</Button>
              <Button
                kind="danger"
                onClick={() => {
                  void live.remove(removing.seat);
                  setRemoving(undefined);
                }}
              >
                {t('staff-remove')}
              </Button>
            </>
          }
        >
          <p>{t(isCompanion(removing.role) ? 'staff-remove-ask-companion' : 'staff-remove-ask')}</p>
        </Dialog>
      )}
    </section>
  );
}
