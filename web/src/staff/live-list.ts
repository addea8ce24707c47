// A list that follows the gateway: read at the start, read again at every piece of news, never jumping under the eye.
import { signal, type Signal } from '@preact/signals';
import { held, overlay, settle, type Row, type Settled } from '../ui/rows';
import { listenForNews } from './news';

export interface LiveList<R extends Row> {
  state: Signal<'loading' | 'failed' | 'ready'>;
  list: Signal<Settled<R>>;
  /** The last reading failed: what stands here may be out of date. */
  outdated: Signal<boolean>;
  /** Reads again; `settled` lets new rows in at once, for changes the person made here. */
  reload: (settled?: boolean) => Promise<void>;
  /** Lets in what waits behind the bar. */
  showNew: () => void;
  /** Starts listening; returns the end of it. */
  follow: () => () => void;
}

export function liveList<R extends Row>(read: () => Promise<R[]>, onNew: (howMany: number) => void): LiveList<R> {
  const state = signal<'loading' | 'failed' | 'ready'>('loading');
  const list = signal<Settled<R>>(settle<R>([]));
  const outdated = signal(false);
  let newest: R[] = [];
  let asked = 0;

  const take = (rows: R[], settled: boolean) => {
    newest = rows;
    const before = held(list.value);
    const first = state.value !== 'ready';
    list.value = settled || first ? settle(rows) : overlay(list.value.rows, rows);
    state.value = 'ready';
    outdated.value = false;
    const waiting = held(list.value);
    if (waiting > before) onNew(waiting);
  };
  const reload = async (settled = false) => {
    const mine = ++asked;
    try {
      const rows = await read();
      // An older answer that comes late must not undo a newer one.
      if (mine === asked) take(rows, settled);
    } catch {
      if (mine !== asked) return;
      if (state.value === 'ready') outdated.value = true;
      else state.value = 'failed';
    }
  };
  return {
    state,
    list,
    outdated,
    reload,
    showNew: () => (list.value = settle(newest)),
    follow: () => {
      void reload();
      return listenForNews(() => void reload());
    },
  };
}
