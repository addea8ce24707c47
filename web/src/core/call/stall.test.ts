import { describe, expect, it } from 'vitest';
import { StallWatch } from './stall';

function flowing(watch: StallWatch, looks: number) {
  for (let look = 1; look <= looks; look++) watch.judge({ at: look * 500, packets: look * 25, frames: look * 7 });
}

describe('StallWatch', () => {
  it('finds a path dead after two seconds without a packet, and alive with the next', () => {
    const watch = new StallWatch();
    flowing(watch, 12);
    expect(watch.judge({ at: 7_500, packets: 300, frames: 84 }).stalled).toBe(false);
    expect(watch.judge({ at: 8_000, packets: 300, frames: 84 }).stalled).toBe(true);
    expect(watch.judge({ at: 8_500, packets: 301, frames: 84 }).stalled).toBe(false);
  });

  it('does not wait for a whole look more where one came a moment early', () => {
    const watch = new StallWatch();
    flowing(watch, 12);
    for (const at of [6_520, 7_000, 7_490]) expect(watch.judge({ at, packets: 300 }).stalled).toBe(false);
    expect(watch.judge({ at: 7_990, packets: 300 }).stalled).toBe(true);
  });

  it('finds a path dead that was lost in the first moments of a call', () => {
    const watch = new StallWatch();
    flowing(watch, 2);
    expect(watch.judge({ at: 3_000, packets: 50, frames: 14 }).stalled).toBe(true);
  });

  it('does not miss somebody who sends nothing, or a packet now and then', () => {
    const watch = new StallWatch();
    for (let look = 0; look < 40; look++) expect(watch.judge({ at: look * 500, packets: Math.floor(look / 5) }).stalled).toBe(false);
  });

  it('tells a standing picture from a dead path', () => {
    const watch = new StallWatch();
    flowing(watch, 6);
    for (let look = 7; look <= 12; look++) watch.judge({ at: look * 500, packets: look * 25, frames: 42 });
    expect(watch.judge({ at: 6_500, packets: 325, frames: 42 })).toEqual({ stalled: false, pictureStopped: true });
  });

  it('is quicker after a hint that the network changed, and only for a moment', () => {
    const watch = new StallWatch();
    flowing(watch, 6);
    watch.hurry(3_000);
    expect(watch.judge({ at: 3_600, packets: 150 }).stalled).toBe(false);
    expect(watch.judge({ at: 3_800, packets: 150 }).stalled).toBe(true);
    const calm = new StallWatch();
    flowing(calm, 16);
    calm.hurry(3_000);
    expect(calm.judge({ at: 9_000, packets: 400 }).stalled).toBe(false);
  });

  it('goes by the path itself where nobody sends sound or picture', () => {
    const watch = new StallWatch();
    flowing(watch, 6);
    let answers = 0;
    for (let at = 3_500; at < 20_000; at += 500) {
      if (at % 2_500 === 0) answers++;
      expect(watch.judge({ at, packets: 150, answers, silent: true }).stalled).toBe(false);
    }
    expect(watch.judge({ at: 24_000, packets: 150, answers, silent: true }).stalled).toBe(true);
  });
});
