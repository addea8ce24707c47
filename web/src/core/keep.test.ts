import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Choices = { soundOnly: boolean };

/** Each is a page of its own, as after a reload. */
async function page() {
  vi.resetModules();
  return import('./keep');
}

const blocked = new Proxy({}, { get: () => () => { throw new DOMException('', 'SecurityError'); } });

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('what is kept', () => {
  it('outlasts a reload, for this visit alone', async () => {
    (await page()).keep('this visit', { soundOnly: true });
    const { kept, forget, outlastsReload } = await page();
    expect([kept<Choices>('this visit'), kept('another visit'), outlastsReload()]).toEqual([{ soundOnly: true }, undefined, true]);
    forget('this visit');
    expect(kept('this visit')).toBeUndefined();
  });

  it('lasts as long as the page where nothing may be stored, and says that it is so', async () => {
    vi.stubGlobal('sessionStorage', blocked);
    const { keep, kept, outlastsReload } = await page();
    keep('this visit', { soundOnly: true });
    expect([kept<Choices>('this visit'), outlastsReload()]).toEqual([{ soundOnly: true }, false]);
    expect((await page()).kept('this visit')).toBeUndefined();
  });

  it('is nothing where somebody else wrote there', async () => {
    sessionStorage.setItem('housecall this visit', '{');
    expect((await page()).kept('this visit')).toBeUndefined();
  });
});
