// What a reload must not cost: the seat and where the person was. Ids only, nothing secret, gone with the tab.

export interface Kept {
  seat: string;
  /** How far the person came before the waiting room. */
  step?: 'before' | 'devices' | 'check';
  /** What the person had turned off stays off. */
  cameraOff?: boolean;
  muted?: boolean;
}

const KEY = 'housecall';

export function keep(ref: string, kept: Kept): void {
  try {
    sessionStorage.setItem(`${KEY} ${ref}`, JSON.stringify(kept));
  } catch {
    // Private windows of some phones keep nothing: a reload then asks for one more tap.
  }
}

export function kept(ref: string): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(`${KEY} ${ref}`) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function forget(ref: string): void {
  try {
    sessionStorage.removeItem(`${KEY} ${ref}`);
  } catch {
    // Nothing was kept.
  }
}
