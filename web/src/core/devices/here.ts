// What this page runs in, as far as the steps out of a "no" differ: the system, and the app whose settings hold the permission. Pure.

export type System = 'android' | 'ios' | 'mac' | 'windows' | 'other';

export interface Here {
  system: System;
  /** As its icon is called on the phone. */
  app: string;
  /** 17 of iOS 17.5, which an iPad tells only as Safari's version; 0 where it is not told. */
  version: number;
}

/** The first that fits: most call themselves Chrome or Safari too. */
const APPS: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/OPR\/|OPT\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

export function hereOf(agent: string, touchPoints: number): Here {
  const app = APPS.find(([mark]) => mark.test(agent))?.[1] ?? 'Chrome';
  return { system: systemOf(agent, touchPoints), app, version: Number(/(?:Android |OS |Version\/)(\d+)/.exec(agent)?.[1] ?? 0) };
}

function systemOf(agent: string, touchPoints: number): System {
  if (/Android/.test(agent)) return 'android';
  if (/iPhone|iPad|iPod/.test(agent)) return 'ios';
  // iPads call themselves Macs, but no Mac has a touch screen.
  if (/Macintosh/.test(agent)) return touchPoints > 1 ? 'ios' : 'mac';
  return /Windows/.test(agent) ? 'windows' : 'other';
}

export const isPhoneSystem = (system: System) => system === 'android' || system === 'ios';

/** Whose steps to read where the page was told no: the end of a sentence's name in the catalogue. */
export function pageSteps({ system, app }: Here): string {
  if (system === 'ios') return app === 'Safari' ? 'ios' : 'ios-app';
  if (system === 'android') return app === 'Firefox' || app === 'Samsung Internet' ? 'android-lock' : 'android';
  if (app === 'Firefox') return 'firefox';
  return app === 'Safari' ? 'safari' : 'desktop';
}

/** The same where the system keeps the camera from the app. Apps have had a place of their own in the settings since iOS 18. */
export function systemSteps({ system, version }: Here): string {
  return system === 'ios' && version > 0 && version < 18 ? 'ios-before-18' : system;
}
