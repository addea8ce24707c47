// Which view is open, kept in the address so that reload, back and a bookmark work.
import { signal } from '@preact/signals';

export type Route =
  | { view: 'today'; date: string | undefined }
  | { view: 'book' }
  | { view: 'visit'; id: string }
  | { view: 'test_call'; id: string }
  | { view: 'settings' }
  | { view: 'connections' }
  | { view: 'report'; id: string }
  | { view: 'firewall'; id: string }
  | { view: 'desk' }
  | { view: 'session'; id: string };

export function parseRoute(hash: string): Route {
  const [view, id] = hash.replace(/^#\/?/, '').split('/');
  if (view === 'book') return { view };
  if (view === 'settings') return { view };
  if (view === 'connections') return { view };
  if (view === 'desk') return { view };
  if (view === 'visit' && id) return { view, id };
  if ((view === 'report' || view === 'firewall') && id) return { view, id };
  if (view === 'session' && id) return { view, id };
  if (view === 'test-call' && id) return { view: 'test_call', id };
  return { view: 'today', date: view === 'today' && /^\d{4}-\d{2}-\d{2}$/.test(id ?? '') ? id : undefined };
}

export const route = signal<Route>(parseRoute(globalThis.location?.hash ?? ''));

/** An address that can be written on paper, `/support/tests/ID` or `/staff/connections`, leads to its view. */
export function followPaperAddress() {
  const [, page, view, id] = location.pathname.split('/');
  const to = view === 'tests' && id ? `report/${id}` : view === 'connections' ? view : undefined;
  if (to && location.hash === '') history.replaceState(null, '', `/${page}#${to}`);
  route.value = parseRoute(location.hash);
}

export function watchRoute() {
  window.addEventListener('hashchange', () => (route.value = parseRoute(location.hash)));
}

export function go(to: string) {
  location.hash = to;
}
