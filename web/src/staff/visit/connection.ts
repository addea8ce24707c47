// Another person's connection in words, with what the clinician can tell them.
import type { Peer } from '../../core/call/call';
import { sideOf } from '../../core/call/side';
import type { Status } from '../../core/signaling/client';
import type { PathQuality, Person, SeatId, Trouble } from '../../generated/signaling';
import type { GlyphName } from '../../ui/glyph';
import type { Tone } from '../../ui/pill';
import { t } from '../../ui/words';
import { pathLine } from './path-line';

export interface PersonLine {
  tone: Tone;
  icon: GlyphName;
  words: string;
  /** What to pass on; absent where all is well. */
  advice?: string;
}

/** `path` is the gateway's word on the path between them and `me`. */
export function personLine(
  person: Person,
  peer: Peer | undefined,
  phone: string | null | undefined,
  line: Status,
  { path, me }: { path: PathQuality | undefined; me: SeatId },
): PersonLine {
  const name = person.name;
  const call = phone ? t('staff-advice-call', { phone }) : '';
  // Either end may notice first: what it says of itself, or what arrives here.
  if (person.presence === 'reconnecting' || person.media.connection === 'lost' || peer?.path === 'reconnecting') {
    return {
      tone: 'warn',
      icon: 'hourglass',
      words: t('staff-conn-reconnecting'),
      advice: `${t(`staff-advice-reconnecting-${sideOf(line, navigator.onLine, person)}`)} ${call}`.trim(),
    };
  }
  const weak = path?.level === 'weak' ? pathLine(path, me, name, call) : undefined;
  const said = troubleLine(person, call) ?? givenUp(person, weak) ?? weak;
  if (said) return said;
  if (peer?.path === 'connecting' && peer.brokenForMs > 0) {
    return { tone: 'warn', icon: 'signalLow', words: t('staff-conn-no-path'), advice: `${t('staff-advice-no-path', { name })} ${call}`.trim() };
  }
  if (person.media.connection !== 'good' && peer?.path !== 'connected') return { tone: 'info', icon: 'hourglass', words: t('staff-conn-connecting') };
  if (!person.media.microphone) {
    // Let in while nobody looked at the page: they are asked first.
    const advice = t(person.media.camera ? 'staff-advice-muted' : 'staff-advice-nothing-sent', { name });
    return { tone: 'warn', icon: 'microphoneOff', words: t('staff-conn-muted'), advice };
  }
  if (peer?.pictureStopped)
    return { tone: 'warn', icon: 'cameraOff', words: t('staff-conn-picture-stopped'), advice: t('staff-advice-picture-stopped') };
  if (!person.media.camera)
    return { tone: 'plain', icon: 'cameraOff', words: t('staff-conn-no-camera'), advice: t('staff-advice-no-camera', { name }) };
  return pathLine(path, me, name) ?? { tone: 'good', icon: 'signal', words: t('staff-conn-good') };
}

/** What they say of themselves, beside the path. */
function troubleLine({ name, media: { trouble } }: Person, call: string): PersonLine | undefined {
  if (!trouble) return undefined;
  const id = trouble.replaceAll('_', '-');
  const advice = `${t(`staff-advice-${id}`, { name })} ${trouble === 'away' ? '' : call}`.trim();
  return { tone: trouble === 'away' ? 'info' : 'warn', icon: ICONS[trouble], words: t(`staff-conn-${id}`), advice };
}

const ICONS: Record<Trouble, GlyphName> = {
  away: 'lock',
  interrupted: 'phone',
  microphone_silent: 'microphoneOff',
  camera_frozen: 'cameraOff',
  camera_dark: 'cameraOff',
  tap_to_hear: 'sound',
};

/** What is given up comes first, since it is what the clinician sees; a picture that is paused leaves room for what to say about it. */
function givenUp(person: Person, weak: PersonLine | undefined): PersonLine | undefined {
  const line = picturesLine(person);
  if (!line || !weak?.advice || person.media.pictures !== 'own_paused') return line;
  return { ...line, advice: `${line.advice} ${weak.advice}` };
}

function picturesLine({ name, media: { pictures } }: Person): PersonLine | undefined {
  if (pictures === 'own_paused')
    return { tone: 'warn', icon: 'signalLow', words: t('staff-conn-own-paused'), advice: t('staff-advice-own-paused') };
  if (pictures === 'none') return { tone: 'warn', icon: 'sound', words: t('staff-conn-sound-only'), advice: t('staff-advice-sound-only') };
  if (pictures === 'none_by_hand')
    return { tone: 'info', icon: 'sound', words: t('staff-conn-sound-only'), advice: t('staff-advice-sound-only-by-hand', { name }) };
  return undefined;
}
