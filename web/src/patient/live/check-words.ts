// What the four rows of the check say, from the reports that have come so far. A row fills when all it stands for is known.
import type { CheckReport } from '../../core/checks/runner';
import type { CheckName, Outcome } from '../../core/checks/types';

export interface Row {
  state: Outcome | 'running';
  /** Name of the sentence below the title. */
  says?: string;
}

export const RUNNING: Row = { state: 'running' };

type Find = (name: CheckName) => CheckReport | undefined;

export function cameraRow({ outcome, cause }: CheckReport): Row {
  if (outcome === 'pass') return { state: outcome, says: 'check-camera-good' };
  if (cause === 'interrupted') return { state: outcome, says: 'check-interrupted' };
  if (outcome === 'not_checked') return { state: outcome, says: 'check-camera-missing' };
  if (outcome === 'warn') return { state: outcome, says: cause === 'dark' ? 'check-camera-dark' : 'check-camera-slow' };
  switch (cause) {
    case 'blocked_by_page':
    case 'blocked_by_phone':
      return { state: outcome, says: 'check-camera-blocked' };
    case 'not_found':
      return { state: outcome, says: 'check-camera-none' };
    case 'in_use':
      return { state: outcome, says: 'check-camera-in-use' };
    case 'frozen':
      return { state: outcome, says: 'check-camera-frozen' };
    case 'low_frame_rate':
      return { state: outcome, says: 'check-camera-very-slow' };
    default:
      return { state: outcome, says: 'check-camera-black' };
  }
}

export function microphoneRow({ outcome, cause }: CheckReport): Row {
  if (outcome === 'pass') return { state: outcome, says: 'check-heard' };
  if (cause === 'interrupted') return { state: outcome, says: 'check-interrupted' };
  if (outcome === 'warn') return { state: outcome, says: cause === 'clipping' ? 'check-loud' : 'check-quiet' };
  if (cause === 'muted') return { state: outcome, says: 'check-muted' };
  return { state: outcome, says: cause === 'silent' ? 'check-silent' : 'check-microphone-missing' };
}

export function soundRow({ outcome }: CheckReport): Row {
  if (outcome === 'pass') return { state: outcome, says: 'check-sound-good' };
  return { state: outcome, says: outcome === 'fail' ? 'check-sound-bad' : 'check-sound-skipped' };
}

/** The last of the rows it stands for. */
const LAST: CheckName = 'record_channel';
const LOSS: readonly CheckName[] = ['loss_up', 'loss_down'];
const RATE: readonly CheckName[] = ['bitrate_up', 'bitrate_down'];
const MEASURED: readonly CheckName[] = ['connect', 'round_trip', 'jitter', ...LOSS, ...RATE, 'sound_score'];

export function internetRow(find: Find): Row {
  const path = find('path');
  const signaling = find('signaling');
  if (!path || !signaling || !find(LAST)) return RUNNING;
  const has = (names: readonly CheckName[], ...outcomes: readonly Outcome[]) => names.some((name) => outcomes.includes(find(name)?.outcome ?? 'not_checked'));
  if (path.outcome === 'fail') return { state: 'fail', says: path.cause?.startsWith('relay') ? 'check-internet-clinic' : 'check-internet-none' };
  if (signaling.outcome === 'fail') return { state: 'fail', says: 'check-internet-none' };
  if (path.outcome === 'not_checked') return { state: 'not_checked', ...(path.cause === 'interrupted' ? { says: 'check-interrupted' } : {}) };
  if (has(LOSS, 'fail')) return { state: 'fail', says: 'check-internet-lossy' };
  if (has(RATE, 'fail')) return { state: 'fail', says: 'check-internet-narrow' };
  if (path.cause === 'tcp_only' || path.cause === 'tls_only') return { state: 'warn', says: 'check-internet-limited' };
  if (has(LOSS, 'warn')) return { state: 'warn', says: 'check-internet-lossy' };
  if (has(RATE, 'warn') || has(['connect'], 'fail')) return { state: 'warn', says: 'check-internet-slow' };
  const late = has(['round_trip'], 'warn', 'fail') || has(['path', 'signaling', 'connect'], 'warn');
  if (late) return { state: 'warn', says: 'check-internet-delayed' };
  if (has(['jitter', 'sound_score'], 'warn', 'fail')) return { state: 'warn', says: 'check-internet-uneven' };
  if (has(['record_channel'], 'warn', 'fail')) return { state: 'warn', says: 'check-internet-record' };
  if (find('connect')?.cause === 'interrupted') return { state: 'not_checked', says: 'check-interrupted' };
  // That there is a way is known; how much it carries is not.
  return has(MEASURED, 'not_checked') ? { state: 'not_checked', says: 'check-internet-unmeasured' } : { state: 'pass', says: 'check-internet-good' };
}
