// The one thing about the call that the person should know or do now; the most pressing comes first.
import { useEffect, useState } from 'preact/hooks';
import type { Peer } from '../../../core/call/call';
import { listenTo } from '../../../core/devices/level';
import { t } from '../../../ui/words';
import { CallClinic } from '../../parts';
import { capture, media, taken } from '../media';
import type { LiveSeat } from '../seat';
import { leaveTestForVisit, main, test, who } from '../visit';

interface BannerProps {
  seat: LiveSeat;
  peer: Peer | undefined;
  name: string;
}

const CALL_INSTEAD_AFTER_MS = 15_000;

export function Banner(props: BannerProps) {
  const { seat, peer, name } = props;
  const talking = useTalkingWhileMuted();
  const { cameraOff, camera, microphone } = media.value;
  if (seat === test.value && main.value?.held.value)
    return <Line words={t('called-title', { who: who.value })} action={t('called-join')} onTap={() => void leaveTestForVisit()} />;
  if (peer?.path === 'reconnecting') return <Reconnecting peer={peer} />;
  if (!peer && seat.status.value !== 'open') return <Line words={t('call-reconnecting')} />;
  if (talking) return <Line words={t('call-muted-talking')} />;
  if (seat.videoPaused.value) return <Line words={t('call-video-paused')} />;
  if (!microphone)
    return <Line words={t('call-no-microphone', { who: name })} action={t('call-turn-on-microphone')} onTap={() => capture.start(['microphone'])} />;
  if (!cameraOff && camera && taken(camera))
    return <Line words={t('call-camera-dead', { who: name })} action={t('call-restart-camera')} onTap={() => capture.start(['camera'])} />;
  return <RecordNews seat={seat} name={name} />;
}

function Reconnecting({ peer }: { peer: Peer }) {
  return (
    <div class="banner" role="alert">
      <p>
        <span class="breath" />
        {t('call-reconnecting')}
      </p>
      {peer.brokenForMs >= CALL_INSTEAD_AFTER_MS && <CallClinic words={t('call-me')} />}
    </div>
  );
}

function Line({ words, action, onTap }: { words: string; action?: string; onTap?(): void }) {
  return (
    <div class="banner" role="status">
      <p>{words}</p>
      {action && (
        <button type="button" class="button second" onClick={onTap}>
          {action}
        </button>
      )}
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

const LOUD = 0.55;
const LOUD_FOR = 5;
const QUIET_AGAIN_MS = 5_000;

/** Half a second of voice while muted; gone again after a while. */
function useTalkingWhileMuted(): boolean {
  const [talking, setTalking] = useState(false);
  const { microphone, muted } = media.value;
  useEffect(() => {
    setTalking(false);
    if (!muted || !microphone) return;
    let loud = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listenTo(microphone, (level) => {
      loud = level > LOUD ? loud + 1 : 0;
      if (loud < LOUD_FOR) return;
      setTalking(true);
      clearTimeout(timer);
      timer = setTimeout(() => setTalking(false), QUIET_AGAIN_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [muted, microphone]);
  return talking;
}
