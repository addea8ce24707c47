// Can this page make a video visit at all? Looks at features, and only for the in-app browsers at the name.
import { fail, pass, warn, type Check, type Result } from './types';

/** Browsers inside other apps: several have the functions and never show the question for the camera. */
const IN_APP =
  /\bFBA[NV]|Instagram|Barcelona|\bLine\/|Twitter|Snapchat|TikTok|musical_ly|BytedanceWebview|LinkedInApp|Pinterest|MicroMessenger|KAKAOTALK|\bGSA\/|; wv\)/;
/** Whatever shows pages on an iPhone names Safari, except where an app shows them inside itself. */
const IN_IOS_APP = /(iPhone|iPad|iPod)(?!.*Safari\/)/;

export interface Surroundings {
  secure: boolean;
  capture: boolean;
  rtc: boolean;
  /** Ed25519 and other newer parts that a snippet needs; without them a visit works. */
  modern: boolean;
  agent: string;
}

export function judge({ secure, capture, rtc, modern, agent }: Surroundings): Result {
  const inApp = IN_APP.test(agent) || IN_IOS_APP.test(agent);
  if (inApp && !capture) return fail('in_app_browser');
  if (!secure) return fail('not_secure');
  if (!rtc) return fail('no_rtc');
  if (!capture) return fail('no_capture');
  if (inApp) return warn('in_app_browser');
  return modern ? pass() : warn('old_browser');
}

export function lookAround(): Surroundings {
  return {
    secure: window.isSecureContext,
    capture: typeof navigator.mediaDevices?.getUserMedia === 'function',
    rtc: typeof RTCPeerConnection === 'function' && typeof RTCDataChannel === 'function',
    modern: typeof RTCRtpTransceiver === 'function' && typeof crypto?.subtle === 'object',
    agent: navigator.userAgent,
  };
}

export const environment: Check = { name: 'environment', run: async () => judge(lookAround()) };
