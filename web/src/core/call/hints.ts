// What the phone says by itself that may matter to a call: another network, the internet back or gone, the page looked at again.
// Hints only: who hears one finds out at once what it would have found a little later.

export interface HintListener {
  /** The page is looked at again, or the internet came or went. */
  look(): void;
  /** The phone is on another network, as from Wi-Fi to mobile. */
  networkChanged(): void;
  /** The page was put away: locked, or behind another app. */
  away?(): void;
}

/** The Network Information API, where there is one. */
interface NetworkInformation extends EventTarget {
  type?: string;
}

/** Returns what stops it. */
export function listenForHints({ look, networkChanged, away }: HintListener): () => void {
  const stop = new AbortController();
  const on = (target: EventTarget | undefined, event: string, heard: () => void) => target?.addEventListener(event, heard, { signal: stop.signal });
  const lookIfSeen = () => document.visibilityState === 'visible' && look();
  on(document, 'visibilitychange', () => (document.visibilityState === 'visible' ? look() : away?.()));
  on(window, 'pageshow', lookIfSeen);
  on(window, 'offline', look);
  on(window, 'online', () => {
    look();
    networkChanged();
  });
  const { connection } = navigator as Navigator & { connection?: NetworkInformation };
  let type = connection?.type;
  // Where the kind of network is not told, every change of its figures is news, and most of them mean nothing.
  on(connection, 'change', () => {
    if (connection?.type === type) return look();
    type = connection?.type;
    look();
    networkChanged();
  });
  return () => stop.abort();
}
