// What is asked of the camera and the microphone: wishes only, since a demand that a phone cannot meet gets nothing at all.

export type Facing = 'user' | 'environment';

export interface Wishes {
  phone: boolean;
  facing: Facing;
  /** A chosen device; a wish too, since it may have been unplugged. */
  camera?: string;
  microphone?: string;
}

/** From what we want to what we take. */
export function cameraLadder({ phone, facing, camera }: Wishes): readonly (MediaTrackConstraints | true)[] {
  const size = phone
    ? { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15 } }
    : { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  const which = camera ? { deviceId: { ideal: camera } } : { facingMode: { ideal: facing } };
  return [{ ...size, ...which }, which, true];
}

export function microphoneLadder({ microphone }: Wishes): readonly (MediaTrackConstraints | true)[] {
  const clean = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  return [{ ...clean, ...(microphone ? { deviceId: { ideal: microphone } } : {}) }, true];
}
