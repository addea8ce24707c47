// Letting somebody in: the clinician looks at name and date of birth, or at what a companion comes as, and says that this is
// the person; the audit keeps it.
import { useState } from 'preact/hooks';
import type { WaitingPerson } from '../../generated/signaling';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { dateWords } from '../../ui/time';
import { language, t } from '../../ui/words';
import { isCompanion, nameAndRole } from '../companions';
import { Failure } from '../today/actions';

/** What this staff member may know of the patient: a technician has no date of birth. */
export interface Known {
  name: string;
  born?: string;
}

export function AdmitDialog({
  person,
  known,
  onClose,
  onAdmit,
}: {
  person: WaitingPerson;
  known: Known;
  onClose: () => void;
  onAdmit: () => Promise<string | null>;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const admit = async () => {
    setBusy(true);
    const refused = await onAdmit();
    if (refused === null) return onClose();
    setFailure(refused);
    setBusy(false);
  };
  return (
    <Dialog
      title={t(isCompanion(person.role) ? 'staff-admit-title-companion' : 'staff-admit-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" icon="userCheck" busy={busy} onClick={() => void admit()}>
            {t('staff-admit-yes')}
          </Button>
        </>
      }
    >
      {isCompanion(person.role) ? <Companion person={person} /> : <Patient person={person} known={known} />}
      <Failure words={failure} />
    </Dialog>
  );
}

function Patient({ person, known }: { person: WaitingPerson; known: Known }) {
  return (
    <>
      <dl class="who">
        <div>
          <dt>{t('staff-name')}</dt>
          <dd>{known.name || person.name}</dd>
        </div>
        {known.born && (
          <div>
            <dt>{t('staff-born')}</dt>
            <dd>{dateWords(known.born, language.value)}</dd>
          </div>
        )}
      </dl>
      <p>{t(known.born ? 'staff-admit-ask' : 'staff-admit-ask-test')}</p>
    </>
  );
}

function Companion({ person }: { person: WaitingPerson }) {
  return (
    <>
      <dl class="who">
        <div>
          <dt>{t('staff-admit-should-be')}</dt>
          <dd>{nameAndRole(person)}</dd>
        </div>
      </dl>
      <p>{t('staff-admit-ask-companion')}</p>
    </>
  );
}
