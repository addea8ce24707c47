import { describe, expect, it } from 'vitest';
import { StallWatch } from './stall';

function flowing(watch: StallWatch, seconds: number) {
  for (let s = 0; s <= seconds; s++) watch.judge({ at: s * 1000, bytes: s * 5_000, frames: s * 15 });
}

describe('StallWatch', () => {
  it('finds a path dead within three seconds without a byte', () => {
    const watch = new StallWatch();
    flowing(watch, 6);
    expect(watch.judge({ at: 8_000, bytes: 30_000, frames: 90 }).stalled).toBe(false);
    expect(watch.judge({ at: 8_500, bytes: 30_000, frames: 90 }).stalled).toBe(true);
    expect(watch.judge({ at: 10_000, bytes: 30_500, frames: 91 }).stalled).toBe(false);
  });

  it('expects nothing of a path that never carried anything', () => {
    const watch = new StallWatch();
    for (let s = 0; s < 20; s++) expect(watch.judge({ at: s * 1000, bytes: 0 }).stalled).toBe(false);
  });

  it('tells a standing picture from a dead path', () => {
    const watch = new StallWatch();
    flowing(watch, 6);
    for (let s = 7; s <= 9; s++) watch.judge({ at: s * 1000, bytes: s * 5_000, frames: 90 });
    expect(watch.judge({ at: 10_000, bytes: 51_000, frames: 90 })).toEqual({ stalled: false, pictureStopped: true });
  });
});
