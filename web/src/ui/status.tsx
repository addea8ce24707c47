// What happened, said once: a line at the foot for the eye and one live region for the ear,
// which speaks at most once in five seconds and then says only the newest.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { IconButton } from './button';
import { Glyph, type GlyphName } from './glyph';
import { t } from './words';

const QUIET_MS = 5_000;
const TOAST_MS = 8_000;

interface Toast {
  words: string;
  tone: 'good' | 'bad';
}

const spoken = signal('');
const toast = signal<Toast | null>(null);

let lastSpoken = -QUIET_MS;
let next: ReturnType<typeof setTimeout> | undefined;

/** Says something to a screen reader without showing it. */
export function announce(words: string) {
  clearTimeout(next);
  const wait = Math.max(0, lastSpoken + QUIET_MS - performance.now());
  next = setTimeout(() => {
    lastSpoken = performance.now();
    // The same words twice are silent: an invisible difference makes the second time a change.
    spoken.value = spoken.value === words ? `${words}\u00a0` : words;
  }, wait);
}

/** Shows and says that something was done. */
export function tell(words: string, tone: Toast['tone'] = 'good') {
  toast.value = { words, tone };
  announce(words);
}

export function StatusRegion() {
  const shown = toast.value;
  useEffect(() => {
    if (!shown || shown.tone === 'bad') return;
    const timer = setTimeout(() => (toast.value = null), TOAST_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const icon: GlyphName = shown?.tone === 'bad' ? 'warning' : 'check';
  return (
    <>
      <div class="unseen" role="status">
        {spoken.value}
      </div>
      {shown && (
        <section class={`toast toast-${shown.tone}`} aria-label={t('staff-news')}>
          <Glyph name={icon} />
          <p>{shown.words}</p>
          <IconButton icon="x" label={t('close')} onClick={() => (toast.value = null)} />
        </section>
      )}
    </>
  );
}
