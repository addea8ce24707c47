// Seen is what has been on the screen of a page that is looked at, long enough to be read at a glance; that it arrived is not enough.

/** Shorter, and what only flew by would count; longer, and the clinician would wait for it. */
const LONG_ENOUGH_MS = 250;

export class SeenWatch {
  #onScreen = false;
  #visible = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #seen: () => void;

  constructor(seen: () => void) {
    this.#seen = seen;
  }

  /** The content is, or is no longer, where it can be read. */
  onScreen(now: boolean): void {
    this.#onScreen = now;
    this.#judge();
  }

  /** The page is in front, or behind another app. */
  visible(now: boolean): void {
    this.#visible = now;
    this.#judge();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #judge(): void {
    clearTimeout(this.#timer);
    if (this.#onScreen && this.#visible) this.#timer = setTimeout(this.#seen, LONG_ENOUGH_MS);
  }
}
