import { describe, expect, it } from 'vitest';
import { hereOf, pageSteps, systemSteps } from './here';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; SM-A515F) AppleWebKit/537.36 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the steps out of a "no" are those of this very phone', () => {
  it.each([
    ['Safari on an iPhone', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 5, 'ios', 'Safari', 'ios', 'ios-before-18'],
    ['Safari on a newer iPhone', `${IPHONE.replace('17_5', '18_6')} Version/26.0 Mobile/15E148 Safari/604.1`, 5, 'ios', 'Safari', 'ios', 'ios'],
    ['Chrome on an iPhone', `${IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1`, 5, 'ios', 'Chrome', 'ios-app', 'ios-before-18'],
    ['Firefox on an iPhone', `${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 5, 'ios', 'Firefox', 'ios-app', 'ios-before-18'],
    ['an iPad that calls itself a Mac', `${MAC} Version/17.5 Safari/605.1.15`, 5, 'ios', 'Safari', 'ios', 'ios-before-18'],
    ['Chrome on Android', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36`, 5, 'android', 'Chrome', 'android', 'android'],
    ['Samsung Internet', `${ANDROID} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`, 5, 'android', 'Samsung Internet', 'android-lock', 'android'],
    ['Edge on Android', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36 EdgA/126.0`, 5, 'android', 'Edge', 'android', 'android'],
    ['Firefox on Android', 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 5, 'android', 'Firefox', 'android-lock', 'android'],
    ['Safari on a Mac', `${MAC} Version/17.5 Safari/605.1.15`, 0, 'mac', 'Safari', 'safari', 'mac'],
    ['Edge on Windows', `${WINDOWS} Chrome/126.0.0.0 Safari/537.36 Edg/126.0`, 0, 'windows', 'Edge', 'desktop', 'windows'],
    ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 0, 'other', 'Firefox', 'firefox', 'other'],
  ])('%s', (_, agent, touchPoints, system, app, page, phone) => {
    const here = hereOf(agent, touchPoints);
    expect([here.system, here.app]).toEqual([system, app]);
    expect(pageSteps(here)).toBe(page);
    expect(systemSteps(here)).toBe(phone);
  });
});
