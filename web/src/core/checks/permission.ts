// Did the person and the phone let us have camera and microphone? Judged from what the capture got: it asked before.
import type { Cause } from '../devices/causes';
import type { CaptureState } from '../devices/capture';
import { fail, pass, warn, type Cause as Word, type Check, type Result } from './types';

/** The gateway's words for a cause. */
export const WORD: Readonly<Record<Cause, Word>> = {
  blocked: 'blocked_by_page',
  blocked_by_phone: 'blocked_by_phone',
  dismissed: 'no_answer',
  not_found: 'not_found',
  in_use: 'in_use',
  unsupported: 'not_found',
};

export function judge({ camera, microphone, cameraCause, microphoneCause, cameraOff }: CaptureState): Result {
  if (microphone && (camera || cameraOff)) return pass();
  const cause = (microphone ? cameraCause : microphoneCause) ?? cameraCause;
  const word = cause ? WORD[cause] : 'no_answer';
  return microphone || camera ? warn(word) : fail(word);
}

export const permission: Check = { name: 'permission', run: async ({ capture }) => judge(capture.state) };
