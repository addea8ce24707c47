// Hears from the gateway that a visit changed, so that lists read themselves again. The browser mends short
// interruptions itself; where the gateway refused, this tries again later and later, never in step with others.
import { signal } from '@preact/signals';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** News that come together are read as one. */
const GATHER_MS = 150;

/** Whether changes arrive by themselves; false is shown on the list. */
export const live = signal(false);

/** `test`: one more check of a test that is running; lists leave it out. */
type Kind = 'visits' | 'test';

/** Calls `onNews` for every change, and after every gap in which changes may have been missed. Returns the end of it. */
export function listenForNews(onNews: () => void, kinds: readonly Kind[] = ['visits']): () => void {
  let source: EventSource | undefined;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;

  const gather = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      onNews();
    }, GATHER_MS);
  };
  const open = () => {
    source = new EventSource('/api/v1/news');
    for (const kind of kinds) source.addEventListener(kind, gather);
    source.onopen = () => {
      tries = 0;
      live.value = true;
      gather();
    };
    source.onerror = () => {
      live.value = false;
      if (source?.readyState !== EventSource.CLOSED) return;
      const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries++);
      timer = setTimeout(open, longest * (0.5 + Math.random() / 2));
    };
  };
  const awake = () => document.visibilityState === 'visible' && gather();

  open();
  document.addEventListener('visibilitychange', awake);
  return () => {
    document.removeEventListener('visibilitychange', awake);
    clearTimeout(timer);
    clearTimeout(gathering);
    source?.close();
    live.value = false;
  };
}
