// Somebody's new link, shown once: the gateway keeps only its hash.
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { announce } from '../../ui/status';
import { t } from '../../ui/words';

export function LinkCard({ url, patient }: { url: string; patient: { name: string; phone?: string | null } }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
      announce(t('staff-link-copied'));
    } catch {
      // Without leave to write the clipboard the text is selected, ready for the person's own copy.
      field.current?.select();
    }
  };
  return (
    <div class="link-card">
      <p>
        {patient.phone ? t('staff-link-send', { name: patient.name, phone: patient.phone }) : t('staff-link-give', { name: patient.name })}
      </p>
      <div class="link-line">
        <input ref={field} readOnly value={url} aria-label={t('staff-link-label', { name: patient.name })} onFocus={(event) => event.currentTarget.select()} />
        <Button kind="main" icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
          {t(copied ? 'staff-copied' : 'staff-copy')}
        </Button>
      </div>
      <p class="quiet">{t('staff-link-once')}</p>
    </div>
  );
}
