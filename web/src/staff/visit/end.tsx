// Ending: for oneself, so that the patient can wait and one can come back, or for everyone.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

export function EndDialog({ live, name, onClose, onLeft }: { live: LiveVisit; name: string; onClose: () => void; onLeft: () => void }) {
  const leave = async () => {
    await live.leave();
    onLeft();
  };
  const [ending, setEnding] = useState(false);
  const end = async () => {
    setEnding(true);
    await live.end();
    onClose();
  };
  return (
    <Dialog
      title={t('staff-end-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => void leave()}>{t('staff-end-me')}</Button>
          <Button kind="danger" busy={ending} onClick={() => void end()}>
            {t('staff-end-all')}
          </Button>
        </>
      }
    >
      <p role="status">{ending && live.line.value !== 'open' ? t('staff-end-waits') : t('staff-end-ask', { name })}</p>
    </Dialog>
  );
}
