// The call: whom the visit is with large, companions and oneself small, one line that says how things stand, and the bar.
import { useEffect, useState } from 'preact/hooks';
import type { Peer } from '../../../core/call/call';
import { t } from '../../../ui/words';
import type { LiveSeat } from '../seat';
import { Button, CallClinic } from '../../parts';
import { Dialog } from '../dialog';
import { OwnPicture, useWakeLock } from '../parts';
import { restoreDevices, who } from '../visit';
import { Consent } from '../record/consent';
import { fetchRecord, record } from '../record/part';
import { CallBar } from './bar';
import { Banner } from './banner';
import { ByPhone } from './phone';
import { isStaff, Remote, Who } from './remote';
import { SelfView } from './self-view';
import { Tiles } from './tiles';

export function CallScreen({ seat }: { seat: LiveSeat }) {
  const [open, setOpen] = useState(true);
  useWakeLock();
  const byPhone = seat.byPhone.value;
  useEffect(() => void (seat.byPhone.value || restoreDevices()), []);
  useEffect(() => void fetchRecord(), []);
  const peer = seat.peers.value.find(({ person }) => isStaff(person));
  const companions = seat.peers.value.filter((other) => other !== peer);
  const silenced = useSilenced(seat);
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
        {byPhone ? <ByPhone seat={seat} name={name} /> : <Pictures seat={seat} peer={peer} companions={companions} name={name} onSilenced={silenced.add} />}
        {silenced.any && !byPhone && (
          <button type="button" class="button main hear" onClick={silenced.hear}>
            {t('call-hear', { who: peer || companions.length !== 1 ? name : companions[0]!.person.name })}
          </button>
        )}
      </div>
      {Sheet && <Sheet seat={seat} name={name} onClose={() => setOpen(false)} />}
      <CallBar seat={seat} name={name} recordHidden={snippets.length > 0 && !open} onRecord={() => setOpen(true)} />
      {asked !== undefined && <Consent seat={seat} by={asked} />}
      {seat.ownTrouble.value === 'interrupted' && !byPhone && <Paused seat={seat} name={name} />}
    </main>
  );
}

interface PicturesProps {
  seat: LiveSeat;
  peer: Peer | undefined;
  companions: readonly Peer[];
  name: string;
  onSilenced(video: HTMLVideoElement): void;
}

function Pictures({ seat, peer, companions, name, onSilenced }: PicturesProps) {
  return (
    <>
      <Remote peer={peer} name={name} onSilenced={onSilenced} />
      <SelfView low={companions.length > 0}>
        <OwnPicture class="self-picture" />
      </SelfView>
      <div class="above">
        <Who seat={seat} peer={peer} name={name} />
        <Banner seat={seat} peer={peer} name={name} />
        <Tiles peers={companions} onSilenced={onSilenced} />
      </div>
    </>
  );
}

/** The person in the call whom the visit is with, or who is expected. */
export function nameOf(seat: LiveSeat): string {
  return seat.inside.value?.people.find(isStaff)?.name ?? who.value;
}

/** Pictures that the browser plays without sound until the person taps: one tap is for all of them. */
function useSilenced(seat: LiveSeat) {
  const [videos, setVideos] = useState<readonly HTMLVideoElement[]>([]);
  const hear = () => {
    for (const video of videos) {
      video.muted = false;
      void video.play();
    }
    setVideos([]);
    seat.needsTap(false);
  };
  const add = (video: HTMLVideoElement) => {
    setVideos((before) => [...before, video]);
    seat.needsTap(true);
  };
  return { any: videos.length > 0, add, hear };
}

/** Another call took the microphone; the phone may not give it back by itself. */
function Paused({ seat, name }: { seat: LiveSeat; name: string }) {
  return (
    <Dialog
      title={t('call-paused-title')}
      dark
      actions={
        <>
          <Button onTap={() => seat.resume()}>{t('call-resume')}</Button>
          {seat.isStuck.value && (
            <Button kind="second" onTap={() => location.reload()}>
              {t('call-join-again')}
            </Button>
          )}
          <CallClinic />
        </>
      }
    >
      <p role="alert">{seat.isStuck.value ? t('call-paused-stuck') : t('call-paused', { who: name })}</p>
    </Dialog>
  );
}
