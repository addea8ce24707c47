// The call: whom the visit is with large, companions and oneself small, one line that says how things stand, and the bar.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../ui/words';
import type { LiveSeat } from '../seat';
import { media, capture, taken } from '../media';
import { OwnPicture, useWakeLock } from '../parts';
import { restoreDevices, who } from '../visit';
import { Consent } from '../record/consent';
import { fetchRecord, record } from '../record/part';
import { CallBar } from './bar';
import { Banner } from './banner';
import { isStaff, Remote, Who } from './remote';
import { SelfView } from './self-view';
import { Tiles } from './tiles';

export function CallScreen({ seat }: { seat: LiveSeat }) {
  const [open, setOpen] = useState(true);
  useWakeLock();
  useEffect(() => void restoreDevices(), []);
  useEffect(() => void fetchRecord(), []);
  const peer = seat.peers.value.find(({ person }) => isStaff(person));
  const companions = seat.peers.value.filter((other) => other !== peer);
  const silenced = useSilenced();
  const name = nameOf(seat);
  const snippets = seat.snippets.value;
  const asked = seat.consentAskedBy.value;
  const newest = snippets.at(-1)?.id;
  const pointed = seat.pointed.value;
  // A new piece of the record opens the sheet again, and so does whoever points at one.
  useEffect(() => setOpen(true), [newest, pointed]);
  const Sheet = open && snippets.length > 0 ? record.value?.RecordSheet : undefined;
  return (
    <main class={`call always-dark ${Sheet ? 'with-record' : ''}`}>
      <h1 class="unseen">{t('call-picture-of', { who: name })}</h1>
      <div class="stage">
        <Remote peer={peer} name={name} onSilenced={silenced.add} />
        <SelfView low={companions.length > 0}>
          <OwnPicture class="self-picture" />
        </SelfView>
        <div class="above">
          <Who seat={seat} peer={peer} name={name} />
          <Banner seat={seat} peer={peer} name={name} />
          <Tiles peers={companions} onSilenced={silenced.add} />
        </div>
        {silenced.any && (
          <button type="button" class="button main hear" onClick={silenced.hear}>
            {t('call-hear', { who: peer || companions.length !== 1 ? name : companions[0]!.person.name })}
          </button>
        )}
      </div>
      {Sheet && <Sheet seat={seat} name={name} onClose={() => setOpen(false)} />}
      <CallBar seat={seat} name={name} recordHidden={snippets.length > 0 && !open} onRecord={() => setOpen(true)} />
      {asked !== undefined && <Consent seat={seat} by={asked} />}
      {taken(media.value.microphone) && <Paused />}
    </main>
  );
}

/** The person in the call whom the visit is with, or who is expected. */
export function nameOf(seat: LiveSeat): string {
  return seat.inside.value?.people.find(isStaff)?.name ?? who.value;
}

/** Pictures that the browser plays without sound until the person taps: one tap is for all of them. */
function useSilenced() {
  const [videos, setVideos] = useState<readonly HTMLVideoElement[]>([]);
  const hear = () => {
    for (const video of videos) {
      video.muted = false;
      void video.play();
    }
    setVideos([]);
  };
  return { any: videos.length > 0, add: (video: HTMLVideoElement) => setVideos((before) => [...before, video]), hear };
}

/** Another call took the microphone; the phone may not give it back by itself. */
function Paused() {
  const resume = () => capture.start(media.value.cameraOff ? ['microphone'] : ['camera', 'microphone']);
  return (
    <div class="paused" role="alert">
      <h2>{t('call-paused-title')}</h2>
      <p>{t('call-paused')}</p>
      <button type="button" class="button main" onClick={resume}>
        {t('call-resume')}
      </button>
    </div>
  );
}
