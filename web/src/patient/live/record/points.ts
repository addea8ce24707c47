// The elements of a piece of the record that can be pointed at: those with a `data-point`, named alike on everybody's page.
import { isElement } from '../../../core/records/pointing';

/** A chart's points carry their words in `data-said`. */
export function saidOf(found: Element): string {
  const words = found.getAttribute('data-said') ?? [...found.childNodes].map((node) => node.textContent?.trim()).filter(Boolean).join(', ');
  return words.replace(/\s+/g, ' ');
}

export function elementOf(root: Element | null, name: string): Element | undefined {
  if (!root || name === '' || !isElement(name)) return undefined;
  return root.querySelector(`[data-point="${name}"]`) ?? undefined;
}

/** The name of what was hit; nothing where that was a button of the view's own. */
export function pointable(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element) || target.closest('button, a, input')) return undefined;
  return target.closest('[data-point]')?.getAttribute('data-point') ?? undefined;
}

/** From row to row; rows take the focus one at a time, so that the way through the page stays short. */
export function walk(root: HTMLElement | null, from: EventTarget | null, key: string): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const rows = rowsOf(root);
  const at = rows.findIndex((row) => row === from);
  const next = step === undefined || at < 0 ? undefined : rows[at + step];
  next?.focus();
  return next !== undefined;
}

/** One row can be reached with the Tab key: the one that has the focus, or the first. What is in a drawing is read in the table. */
export function keepOneReachable(root: HTMLElement): void {
  const rows = rowsOf(root);
  const current = rows.find((row) => row === document.activeElement) ?? rows[0];
  for (const row of rows) row.tabIndex = row === current ? 0 : -1;
}

function rowsOf(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[data-point]:not(.region)') ?? [])].filter((row) => row instanceof HTMLElement);
}
