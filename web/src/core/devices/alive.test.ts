import { describe, expect, it } from 'vitest';
import { Alive, type Sources } from './alive';

const on = { muted: false, cameraOff: false };

/** Looks twice a second and gives the first second at which something is dead. */
function deadAfter(alive: Alive, seconds: number, look: (at: number) => Partial<Sources>): string | undefined {
  for (let at = 0; at <= seconds * 1000; at += 500) {
    const { microphone, camera } = alive.judge({ at, ...on, ...look(at) });
    if (microphone || camera) return `${microphone ? 'microphone' : 'camera'} ${at / 1000}s`;
  }
  return undefined;
}

describe('a microphone and a camera', () => {
  it('that give something are alive', () => {
    expect(deadAfter(new Alive(), 60, (at) => ({ energy: at * 1e-9, frames: at / 66 }))).toBeUndefined();
  });

  it('that give nothing at all are found dead, the camera sooner', () => {
    expect(deadAfter(new Alive(), 60, (at) => ({ energy: 3, frames: at }))).toBe('microphone 10s');
    expect(deadAfter(new Alive(), 60, (at) => ({ energy: at, frames: 77 }))).toBe('camera 5s');
  });

  it('owe nothing while they are off, nor where the browser does not count', () => {
    expect(deadAfter(new Alive(), 60, () => ({ energy: 3, frames: 7, muted: true, cameraOff: true }))).toBeUndefined();
    expect(deadAfter(new Alive(), 60, () => ({}))).toBeUndefined();
  });

  it('get their time anew after they were off, after the page slept, and with another track', () => {
    const alive = new Alive();
    expect(deadAfter(alive, 9, () => ({ energy: 3 }))).toBeUndefined();
    alive.judge({ at: 9_500, ...on, muted: true, energy: 3 });
    expect(alive.judge({ at: 12_000, ...on, energy: 3 }).microphone).toBe(false);
    expect(alive.judge({ at: 90_000, ...on, energy: 3 }).microphone).toBe(false);
    expect(alive.judge({ at: 92_000, ...on, energy: 3 }).microphone).toBe(false);
    alive.reset();
    expect(alive.judge({ at: 94_500, ...on, energy: 3 }).microphone).toBe(false);
  });
});
