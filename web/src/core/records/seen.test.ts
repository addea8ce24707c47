import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SeenWatch } from './seen';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  const seen = vi.fn();
  return { seen, watch: new SeenWatch(seen) };
}

it('is seen once it has been on a visible screen for a moment, and no sooner', () => {
  const { seen, watch: it } = watch();
  it.visible(true);
  it.onScreen(true);
  vi.advanceTimersByTime(200);
  expect(seen).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(seen).toHaveBeenCalledOnce();
});

it('is not seen on a hidden page, until that is shown', () => {
  const { seen, watch: it } = watch();
  it.onScreen(true);
  it.visible(false);
  vi.advanceTimersByTime(60_000);
  expect(seen).not.toHaveBeenCalled();
  it.visible(true);
  vi.advanceTimersByTime(300);
  expect(seen).toHaveBeenCalledOnce();
});

it('that only flies by is not seen', () => {
  const { seen, watch: it } = watch();
  it.visible(true);
  for (let i = 0; i < 20; i++) {
    it.onScreen(true);
    vi.advanceTimersByTime(200);
    it.onScreen(false);
    vi.advanceTimersByTime(200);
  }
  expect(seen).not.toHaveBeenCalled();
});

it('of a page that went away is not seen', () => {
  const { seen, watch: it } = watch();
  it.visible(true);
  it.onScreen(true);
  it.stop();
  vi.advanceTimersByTime(300);
  expect(seen).not.toHaveBeenCalled();
});
