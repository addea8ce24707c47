// Why a camera or a microphone could not be had: the browser's many errors as a closed list that a screen has words for.

export type Cause =
  /** The person or this site's settings said no. */
  | 'blocked'
  /** The phone's own settings keep the camera from this browser. */
  | 'blocked_by_phone'
  /** The question was closed without an answer. */
  | 'dismissed'
  | 'not_found'
  | 'in_use'
  /** This page cannot ask at all. */
  | 'unsupported';

export type Kind = 'camera' | 'microphone';

/** What getUserMedia threw, with what the browser says about the permission. */
export function causeOf(error: unknown, permission: PermissionState | undefined): Cause {
  const { name, message } = error as DOMException;
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return deniedBy(message, permission);
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'not_found';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in_use';
    default:
      return 'unsupported';
  }
}

function deniedBy(message: string, permission: PermissionState | undefined): Cause {
  if (/system/i.test(message) || permission === 'granted') return 'blocked_by_phone';
  if (/dismiss/i.test(message)) return 'dismissed';
  return 'blocked';
}

/** What the browser says without asking the person; not every browser knows these names. */
export async function permissionFor(kind: Kind): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: kind as PermissionName })).state;
  } catch {
    return undefined;
  }
}
