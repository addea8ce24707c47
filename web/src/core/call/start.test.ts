import { describe, expect, it } from 'vitest';
import { Growth, startOf, wholeOf } from './start';

const line = ({ camera, limits }: ReturnType<typeof startOf>) =>
  camera ? `${limits.height}p${limits.frameRate} ${limits.videoBitrate / 1000} kbit/s` : 'sound only';

describe('a verdict starts the call', () => {
  it.each([
    ['video', undefined, '360p15 600 kbit/s', '720p30 1500 kbit/s'],
    ['low_video', 'slow_internet', '270p15 300 kbit/s', '360p15 600 kbit/s'],
    ['low_video', 'network_not_measured', '270p15 300 kbit/s', '360p15 600 kbit/s'],
    ['sound_only', 'lossy_internet', 'sound only', 'sound only'],
    ['sound_only', 'camera_black', '270p15 300 kbit/s', '360p15 600 kbit/s'],
    ['phone', 'slow_internet', 'sound only', 'sound only'],
    ['phone', 'microphone_silent', '270p15 300 kbit/s', '360p15 600 kbit/s'],
    ['not_checked', 'not_checked', '270p15 300 kbit/s', '360p15 600 kbit/s'],
  ] as const)('%s because of %s: %s on a phone, %s on a computer', (mode, cause, phone, desktop) => {
    const verdict = { mode, ...(cause ? { cause } : {}) };
    expect([line(startOf(verdict, true)), line(startOf(verdict, false))]).toEqual([phone, desktop]);
  });

  it('without one it begins low, and nothing begins above the whole', () => {
    expect(line(startOf(undefined, false))).toBe('360p15 600 kbit/s');
    for (const phone of [true, false]) expect(startOf(undefined, phone).limits.videoBitrate).toBeLessThan(wholeOf(phone).videoBitrate);
  });
});

describe('a start is no sentence', () => {
  const at = (seconds: number, available?: number) => ({ at: seconds * 1000, limit: 300_000, ...(available === undefined ? {} : { available }) });

  it('the picture grows when there has been room for a while', () => {
    const growth = new Growth();
    expect(growth.judge(at(0, 500_000))).toBe(false);
    expect(growth.judge(at(14, 500_000))).toBe(false);
    expect(growth.judge(at(15, 500_000))).toBe(true);
  });

  it('and waits anew after every narrow moment', () => {
    const growth = new Growth();
    growth.judge(at(0, 500_000));
    growth.judge(at(10, 320_000));
    expect(growth.judge(at(16, 500_000))).toBe(false);
    expect(growth.judge(at(40))).toBe(false);
  });
});
