// How a list or panel looks when there is nothing to list: empty, loading, failed. A sentence and what to do.
import type { ComponentChildren } from 'preact';
import { Button } from './button';
import { Glyph, type GlyphName } from './glyph';
import { t } from './words';

export function Empty({ icon, title, children }: { icon: GlyphName; title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <Glyph name={icon} size={24} />
      <p class="state-title">{title}</p>
      {children && <div class="state-text">{children}</div>}
    </div>
  );
}

export function Loading({ words, wholePage }: { words: string; wholePage?: boolean }) {
  const Words = wholePage ? 'h1' : 'p';
  return (
    <div class="state" role="status">
      <span class="breath" aria-hidden="true" />
      <Words class="state-text">{words}</Words>
    </div>
  );
}

interface FailedProps {
  title: string;
  /** Nothing else is on the page: the title is its heading. */
  wholePage?: boolean;
  children?: ComponentChildren;
  onRetry: () => void;
}

export function Failed({ title, wholePage, children, onRetry }: FailedProps) {
  const Title = wholePage ? 'h1' : 'p';
  return (
    <div class="state" role="alert">
      <Glyph name="warning" size={24} />
      <Title class="state-title">{title}</Title>
      {children && <div class="state-text">{children}</div>}
      <Button onClick={onRetry}>{t('try-again')}</Button>
    </div>
  );
}

/** A message that belongs to the page it stands on, with at most one thing to do. */
export function Notice({
  tone,
  icon,
  title,
  children,
  alert,
}: {
  tone: 'info' | 'warn' | 'bad' | 'good';
  icon: GlyphName;
  title: string;
  children?: ComponentChildren;
  alert?: boolean;
}) {
  return (
    <div class={`notice notice-${tone}`} role={alert ? 'alert' : undefined}>
      <Glyph name={icon} />
      <div>
        <p class="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
