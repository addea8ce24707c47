import { beforeEach, describe, expect, it } from 'vitest';
import { speakFromFiles } from './catalogue.testing';
import { readinessLook, readinessWords } from './readiness';

/** Ages hold together with spaces that do not break. */
const said = (...args: Parameters<typeof readinessWords>) => readinessWords(...args).replaceAll('\u00a0', ' ');
const NOW = Date.parse('2026-11-24T14:30Z');
const MINUTE = 60_000;

describe('readiness in words', () => {
  beforeEach(() => speakFromFiles('en'));

  it('names the mode and the age', () => {
    expect(said({ mode: 'video', at: NOW - MINUTE }, NOW)).toBe('Video, 1 min ago');
  });

  it('names the cause between them', () => {
    const readiness = { mode: 'sound_only', cause: 'camera_blocked', at: NOW - 12 * MINUTE } as const;
    expect(said(readiness, NOW)).toBe('Sound only, camera blocked, 12 min ago');
  });

  it('says who settled it', () => {
    expect(said({ mode: 'video', cause: null, at: NOW, by: 'technician' }, NOW)).toBe('Video, settled by a technician, just now');
  });

  it('never makes an unchecked phone look good', () => {
    expect(said({ mode: 'not_checked' }, NOW)).toBe('Not checked');
    expect(readinessLook({ mode: 'not_checked' }, NOW).tone).toBe('plain');
  });

  it('still speaks of a cause it does not know', () => {
    expect(said({ mode: 'phone', cause: 'brand_new', at: NOW }, NOW)).toBe('Phone, something in the way, just now');
  });

  it('takes the green from a check of yesterday', () => {
    expect(readinessLook({ mode: 'video', at: NOW - 23 * 60 * MINUTE }, NOW).tone).toBe('good');
    expect(readinessLook({ mode: 'video', at: NOW - 25 * 60 * MINUTE }, NOW).tone).toBe('plain');
  });

  it('says that a check is old, and that it was of another phone', () => {
    const old = { mode: 'video', at: NOW - 25 * 60 * MINUTE } as const;
    expect(said(old, NOW)).toBe('Video, 25 h ago, old check');
    const foreign = { mode: 'video', at: NOW - 5 * MINUTE, another_phone: true } as const;
    expect(said(foreign, NOW)).toBe('Video, 5 min ago, another phone since then');
    expect(readinessLook(foreign, NOW).tone, 'never green').toBe('plain');
  });

  it('says the same in Spanish', () => {
    speakFromFiles('es');
    expect(said({ mode: 'low_video', cause: 'slow_internet', at: NOW - 2 * 60 * MINUTE }, NOW)).toBe(
      'Video limitado, internet lento, hace 2 h',
    );
  });
});
