// Somebody's new link, shown once: the gateway keeps only its hash.
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { announce } from '../../ui/status';
import { t } from '../../ui/words';
import type { Channel } from '../model';

interface LinkCardProps {
  url: string;
  /** How the gateway sends it; absent where it cannot. */
  told: Channel | null | undefined;
  patient: { name: string; phone?: string | null };
}

export function LinkCard({ url, told, patient }: LinkCardProps) {
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
      <p>{howItGoes(told, patient)}</p>
      <div class="link-line">
        <input ref={field} readOnly value={url} aria-label={t('staff-link-label', { name: patient.name })} onFocus={(event) => event.currentTarget.select()} />
        <Button kind={told ? 'plain' : 'main'} icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
          {t(copied ? 'staff-copied' : 'staff-copy')}
        </Button>
      </div>
      <p class="quiet">{t(told ? 'staff-link-once-told' : 'staff-link-once')}</p>
    </div>
  );
}

function howItGoes(told: LinkCardProps['told'], { name, phone }: LinkCardProps['patient']): string {
  if (told === 'text') return phone ? t('staff-link-texted', { name, phone }) : t('staff-link-texted-plain', { name });
  if (told === 'mail') return t('staff-link-mailed', { name });
  return t('staff-link-read-aloud', { name });
}
