// Buttons: one main action a view, the rest quiet; a busy button keeps its place and its focus.
import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { Glyph, type GlyphName } from './glyph';

interface ButtonProps {
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: GlyphName;
  busy?: boolean;
  small?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  class?: string;
  onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
  children: ComponentChildren;
  describedBy?: string;
}

export function Button({
  kind = 'plain',
  icon,
  busy,
  small,
  disabled,
  type = 'button',
  onClick,
  children,
  describedBy,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind} ${small ? 'button-small' : ''} ${rest.class ?? ''}`}
      aria-disabled={busy || disabled ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      aria-describedby={describedBy}
      onClick={(event) => {
        if (!busy && !disabled) return onClick?.(event);
        event.preventDefault();
      }}
    >
      {busy ? <span class="breath" aria-hidden="true" /> : icon && <Glyph name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps {
  icon: GlyphName;
  label: string;
  pressed?: boolean;
  class?: string;
  onClick: () => void;
}

/** A button whose word is its tooltip. */
export function IconButton({ icon, label, pressed, onClick, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${rest.class ?? ''}`}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
    >
      <Glyph name={icon} />
    </button>
  );
}
