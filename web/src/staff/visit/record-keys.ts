// The list by keyboard: arrows, Home and End go from row to row and up into the search; Enter in the search opens the first row; a letter
// typed on a row goes to the search, and "/" goes there from anywhere.
import { useEffect } from 'preact/hooks';

export function move(event: KeyboardEvent, box: HTMLElement | null, search: HTMLInputElement | null) {
  if (event.altKey || event.ctrlKey || event.metaKey || !box || !search) return;
  const rows = [...box.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const target = goal(event.key, rows, at, search);
  if (target) {
    event.preventDefault();
    target.focus();
  } else if (at < 0 && event.key === 'Enter') {
    event.preventDefault();
    rows[0]?.click();
  } else if (at >= 0 && event.key.length === 1 && event.key !== ' ') {
    search.focus();
  }
}

/** Where a key leads from row `at`, or from the search, which is before the first row. */
export function goal<Row>(key: string, rows: readonly Row[], at: number, search: Row): Row | undefined {
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1] ?? rows.at(-1);
    case 'ArrowUp':
      return rows[at - 1] ?? search;
    case 'Home':
      return at < 0 ? undefined : rows[0];
    case 'End':
      return at < 0 ? undefined : rows.at(-1);
    default:
      return undefined;
  }
}

export function useSlash(search: { current: HTMLInputElement | null }) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || target.closest('input, textarea, select, dialog')) return;
      event.preventDefault();
      search.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
