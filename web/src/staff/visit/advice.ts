// What the clinician can say or do about a weak path, by its cause and by whose end it is.
import type { PathCause } from '../../generated/signaling';
import { t } from '../../ui/words';

/** "Ask Maria to move closer to the Wi-Fi." */
export function adviceWords(cause: PathCause, isOwnEnd: boolean, name: string): string {
  return t(`staff-advice-${isOwnEnd ? 'own-' : ''}${cause}`, { name: shortName(name) });
}

/** As one speaks to a patient: the first name; titles stay with what follows them. */
export function shortName(name: string): string {
  const [first, ...rest] = name.trim().split(/\s+/);
  return first === undefined || first.endsWith('.') || rest.length === 0 ? name : first;
}
