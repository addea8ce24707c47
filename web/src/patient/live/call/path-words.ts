// How the path to the other person is, in the patient's words: the gateway's own score, so that both read the same.
import type { PathQuality, SeatId } from '../../../generated/signaling';
import { t } from '../../../ui/words';

/** A path that is lost is for the banner, which knows first. */
export function pathWords(path: PathQuality | undefined, me: SeatId, who: string): string {
  if (!path?.trouble || path.level === 'good') return t('call-good');
  if (path.level === 'fair') return t('call-fair');
  const isOwnEnd = path.trouble.side === me;
  switch (path.trouble.cause) {
    case 'sound':
      return t(isOwnEnd ? 'call-not-heard' : 'call-no-sound', { who });
    case 'picture':
      return t('call-picture-slow');
    default:
      return isOwnEnd ? t('call-weak-own') : t('call-weak', { who });
  }
}
