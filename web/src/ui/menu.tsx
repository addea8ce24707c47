// The rest of a row's actions behind one button, by mouse and by keyboard (arrows, Home, End, Escape, first letter).
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Glyph, type GlyphName } from './glyph';

export interface MenuItem {
  icon: GlyphName;
  words: string;
  /** A link instead of an action, such as tel:. */
  href?: string;
  danger?: boolean;
  onChoose?: () => void;
}

interface MenuProps {
  label: string;
  icon?: GlyphName;
  /** Words on the button; without them the label is its tooltip. */
  words?: string;
  items: MenuItem[];
}

export function Menu({ label, icon = 'more', words, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [upward, setUpward] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const show = (where: 'first' | 'last') => {
    const below = window.innerHeight - (button.current?.getBoundingClientRect().bottom ?? 0);
    setUpward(below < items.length * 44 + 24);
    setOpen(true);
    requestAnimationFrame(() => focusItem(root.current, where === 'first' ? 0 : items.length - 1));
  };
  const close = (back: boolean) => {
    setOpen(false);
    if (back) button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  const onKey = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      return show(event.key === 'ArrowDown' ? 'first' : 'last');
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      return close(true);
    }
    if (event.key === 'Tab') return close(true);
    const target = nextItem(event.key, root.current, items);
    if (target === undefined) return;
    event.preventDefault();
    focusItem(root.current, target);
  };

  return (
    <div class="menu" ref={root} onKeyDown={onKey}>
      <button
        ref={button}
        type="button"
        class={words ? 'button button-plain' : 'icon-button'}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={words ? undefined : label}
        title={words ? undefined : label}
        onClick={() => (open ? close(true) : show('first'))}
      >
        <Glyph name={icon} />
        {words && <span>{words}</span>}
      </button>
      {open && (
        <div class={`menu-list ${upward ? 'menu-up' : ''}`} id={id} role="menu" aria-label={label}>
          {items.map((item) => (
            <Item key={item.words} item={item} onDone={() => close(true)} />
          ))}
        </div>
      )}
    </div>
  );
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const choose = () => {
    onDone();
    item.onChoose?.();
  };
  const inside = (
    <>
      <Glyph name={item.icon} />
      <span>{item.words}</span>
    </>
  );
  const look = item.danger ? 'menu-item danger' : 'menu-item';
  if (item.href)
    return (
      <a class={look} role="menuitem" tabIndex={-1} href={item.href} onClick={choose}>
        {inside}
      </a>
    );
  return (
    <button type="button" class={look} role="menuitem" tabIndex={-1} onClick={choose}>
      {inside}
    </button>
  );
}

function entries(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function focusItem(root: HTMLElement | null, index: number) {
  entries(root)[index]?.focus();
}

/** Which entry a key leads to; nothing for keys the menu leaves alone. */
function nextItem(key: string, root: HTMLElement | null, items: MenuItem[]): number | undefined {
  const at = entries(root).findIndex((entry) => entry === document.activeElement);
  if (key === 'ArrowDown') return (at + 1) % items.length;
  if (key === 'ArrowUp') return (at + items.length - 1) % items.length;
  if (key === 'Home') return 0;
  if (key === 'End') return items.length - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const after = [...items.keys()].map((step) => (at + 1 + step) % items.length);
  return after.find((index) => items[index]?.words.toLocaleLowerCase().startsWith(key.toLocaleLowerCase()));
}
