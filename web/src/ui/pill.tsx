// A state in one icon and a few words; the colour only helps.
import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from './glyph';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

export interface Look {
  tone: Tone;
  icon: GlyphName;
}

/** A whole one, for a view to draw. */
export interface PillLook extends Look {
  words: string;
}

export function Pill({ tone, icon, children }: Look & { children: ComponentChildren }) {
  return (
    <span class={`pill pill-${tone}`}>
      <Glyph name={icon} size={16} />
      <span>{children}</span>
    </span>
  );
}
