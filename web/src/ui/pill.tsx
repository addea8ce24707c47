// A state in one icon and a few words; the colour only helps.
import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from './glyph';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

export function Pill({ tone, icon, children }: { tone: Tone; icon: GlyphName; children: ComponentChildren }) {
  return (
    <span class={`pill pill-${tone}`}>
      <Glyph name={icon} size={16} />
      <span>{children}</span>
    </span>
  );
}
