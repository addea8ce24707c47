// The one thing about the call that the person should know or do now; the most pressing comes first.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Peer } from '../../../core/call/call';
import { sideOf } from '../../../core/call/side';
import { t } from '../../../ui/words';
import { capture, media } from '../media';
import type { LiveSeat } from '../seat';
import { chooseSoundOnly, leaveTestForVisit, main, test, who } from '../visit';
import { CallMe } from './phone';
import { useTalkingWhileMuted } from './talking';

interface BannerProps {
  seat: LiveSeat;
  peer: Peer | undefined;
  name: string;
}

const CALL_INSTEAD_AFTER_MS = 15_000;

export function Banner({ seat, peer, name }: BannerProps) {
  const talking = useTalkingWhileMuted();
  if (seat === test.value && main.value?.held.value)
    return <Line words={t('called-title', { who: who.value })} action={t('called-join')} onTap={() => void leaveTestForVisit()} />;
  if (peer?.path === 'reconnecting') return <Reconnecting seat={seat} peer={peer} name={name} />;
  if (peer?.path === 'connecting' && peer.brokenForMs > 0) return <NoPathYet seat={seat} name={name} />;
  if (!peer && seat.status.value !== 'open') return <Line words={t('call-reconnecting-own')} />;
  return troubleLine(seat, name) ?? (talking ? <Line words={t('call-muted-talking')} /> : (pictureLine(seat) ?? <RecordNews seat={seat} name={name} />));
}

function Reconnecting({ seat, peer, name }: BannerProps & { peer: Peer }) {
  const side = sideOf(seat.status.value, navigator.onLine, peer.person);
  const words = { own: t('call-reconnecting-own'), theirs: t('call-reconnecting-theirs', { who: name }), between: t('call-reconnecting') };
  return (
    <div class="banner" role="alert">
      <p>
        <span class="breath" />
        {words[side]}
      </p>
      {peer.brokenForMs >= CALL_INSTEAD_AFTER_MS && <CallMe seat={seat} />}
    </div>
  );
}

/** Where no path can be made at all, the telephone is the way. */
function NoPathYet({ seat, name }: { seat: LiveSeat; name: string }) {
  return (
    <Line words={t('call-no-path', { who: name })}>
      <CallMe seat={seat} />
    </Line>
  );
}

/** The own microphone or camera gives nothing. */
function troubleLine(seat: LiveSeat, name: string) {
  const { microphone } = media.value;
  switch (seat.ownTrouble.value) {
    case 'microphone_silent':
      return <Line words={t('call-microphone-silent', { who: name })} action={t('call-restart-microphone')} onTap={() => void seat.resume()} />;
    case 'camera_frozen':
      return <Line words={t('call-camera-dead', { who: name })} action={t('call-restart-camera')} onTap={() => void seat.resume()} />;
    case 'camera_dark':
      return <Line words={t('call-camera-dark')} action={t('call-restart-camera')} onTap={() => void seat.resume()} />;
    default:
      if (microphone) return undefined;
      return <Line words={t('call-no-microphone', { who: name })} action={t('call-turn-on-microphone')} onTap={() => capture.start(['microphone'])} />;
  }
}

/** What was given up so that the sound gets through. */
function pictureLine(seat: LiveSeat) {
  if (seat.soundOnly.value)
    return <Line words={t('call-sound-only-by-hand')} action={t('call-pictures-again')} onTap={() => void chooseSoundOnly(seat, false)} />;
  switch (seat.step.value) {
    case 'phone':
      return (
        <Line words={t('call-sound-breaks')}>
          <CallMe seat={seat} />
        </Line>
      );
    case 'none':
      return <Line words={t('call-sound-only')} />;
    case 'own_paused':
      return media.value.cameraOff ? undefined : <Line words={t('call-video-paused')} />;
    case 'both':
      return undefined;
  }
}

interface LineProps {
  words: string;
  action?: string;
  onTap?(): void;
  children?: ComponentChildren;
}

function Line({ words, action, onTap, children }: LineProps) {
  return (
    <div class="banner" role="status">
      <p>{words}</p>
      {action && (
        <button type="button" class="button second" onClick={onTap}>
          {action}
        </button>
      )}
      {children}
    </div>
  );
}

const NEWS_MS = 6_000;
/** Long enough to think better of it; the way back stands under More afterwards. */
const STOPPED_MS = 15_000;

/** Something went off the screen, said for a few seconds. */
function RecordNews({ seat, name }: { seat: LiveSeat; name: string }) {
  const news = seat.recordNews.value;
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => (seat.recordNews.value = undefined), news === 'stopped' ? STOPPED_MS : NEWS_MS);
    return () => clearTimeout(timer);
  }, [news]);
  if (!news) return null;
  const again = news === 'stopped' && { action: t('record-allow', { who: name }), onTap: () => void seat.answerConsent(true) };
  return <Line words={t(`record-${news}`, { who: name })} {...again} />;
}
