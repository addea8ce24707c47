import { describe, expect, it } from 'vitest';
import { brightness, Light } from './light';

/** Judged twice a second; gives the seconds at which it turned dark or light. */
function turns(light: Light, seconds: number, look: (second: number) => number | undefined): string[] {
  const found: string[] = [];
  let before = false;
  for (let at = 0; at <= seconds * 1000; at += 500) {
    const now = light.judge(at, () => look(at / 1000));
    if (now !== before) found.push(`${now ? 'dark' : 'light'} ${at / 1000}s`);
    before = now;
  }
  return found;
}

describe('a camera', () => {
  it('that shows black is dark after five seconds, and light again with the first light', () => {
    expect(turns(new Light(), 60, (second) => (second >= 10 && second < 40 ? 2 : 90))).toEqual(['dark 15s', 'light 40s']);
  });

  it('before which somebody passes a hand, or which looks into a dim room, is not dark', () => {
    expect(turns(new Light(), 60, (second) => (second % 10 < 4 ? 0 : 90))).toEqual([]);
    expect(turns(new Light(), 60, () => 12)).toEqual([]);
  });

  it('that is dark does not flicker at the edge of it', () => {
    expect(turns(new Light(), 60, (second) => (second < 20 ? 3 : second < 40 ? 12 : 20))).toEqual(['dark 5s', 'light 40s']);
  });

  it('is not judged while its picture is not to be seen, and stays what it was', () => {
    expect(turns(new Light(), 60, (second) => (second < 20 ? 0 : undefined))).toEqual(['dark 5s']);
  });

  it('is looked at every few seconds and no oftener', () => {
    let looks = 0;
    turns(new Light(), 60, () => void looks++);
    expect(looks).toBe(25);
  });
});

it('brightness is what an eye sees of the colours', () => {
  expect(brightness(Uint8ClampedArray.from([255, 255, 255, 255, 0, 0, 0, 255]))).toBe(127.5);
  expect(brightness(Uint8ClampedArray.from([0, 100, 0, 255]))).toBe(60);
  expect(brightness(new Uint8ClampedArray())).toBe(0);
});
