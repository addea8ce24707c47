// Keeps a live list still under the eye: known rows are updated where they stand, while new, moved and gone
// rows wait behind a bar ("3 new") until the person asks for them.

export interface Row {
  id: string;
  /** Place in the list: smaller stands higher. */
  order: number;
}

export interface Settled<R extends Row> {
  /** What is drawn, in the order it is drawn. */
  rows: R[];
  /** Drawn rows that are no longer in the list. */
  gone: ReadonlySet<string>;
  fresh: number;
  moved: number;
}

export function inOrder<R extends Row>(rows: readonly R[]): R[] {
  return [...rows].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** The newest list as it is, nothing held back. */
export function settle<R extends Row>(incoming: readonly R[]): Settled<R> {
  return { rows: inOrder(incoming), gone: new Set(), fresh: 0, moved: 0 };
}

/** The newest list laid over what is on the screen, so that no row changes its place. */
export function overlay<R extends Row>(shown: readonly R[], incoming: readonly R[]): Settled<R> {
  if (shown.length === 0) return settle(incoming);
  const newest = new Map(incoming.map((row) => [row.id, row]));
  const drawn = new Set(shown.map((row) => row.id));
  const rows = shown.map((row) => newest.get(row.id) ?? row);
  const gone = new Set(shown.filter((row) => !newest.has(row.id)).map((row) => row.id));
  const fresh = incoming.filter((row) => !drawn.has(row.id)).length;
  const staying = rows.filter((row) => !gone.has(row.id));
  const moved = misplaced(staying);
  // A list whose last rows left is empty: nothing is under the eye that could jump.
  return staying.length === 0 && fresh === 0 ? settle(incoming) : { rows, gone, fresh, moved };
}

/** How many rows stand in another place than their order says. */
function misplaced<R extends Row>(rows: R[]): number {
  const right = inOrder(rows);
  return rows.filter((row, place) => right[place]?.id !== row.id).length;
}

export function held<R extends Row>(list: Settled<R>): number {
  return list.fresh + list.moved + list.gone.size;
}
