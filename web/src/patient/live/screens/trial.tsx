// "Check your camera now", before the visit opens: the picture and a meter, for the person alone. Nothing is sent or kept.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../ui/words';
import { gatewayNow, join, lookAgain, place } from '../../journey';
import { Button, CallClinic, Screen } from '../../parts';
import { capture, media } from '../media';
import { Meter } from '../meter';
import { OwnPicture } from '../parts';
import { Asking, Blocked, troubleIn } from './devices';

export function Trial() {
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const open = useOpening();
  const trouble = asked && !asking ? troubleIn(media.value) : undefined;
  const turnOn = async () => {
    setAsking(true);
    await capture.start(['camera', 'microphone']);
    setAsking(false);
    setAsked(true);
  };
  const back = () => {
    capture.stop();
    place.value = { at: 'landing' };
  };
  const backButton = (
    <Button kind={open ? 'main' : 'second'} onTap={back}>
      {t(open ? 'continue' : 'back')}
    </Button>
  );

  if (trouble) return <Blocked trouble={trouble} again={turnOn} withoutCamera={async () => back()} />;
  const on = asked && !asking;
  return (
    <Screen
      help="devices"
      title={t(on ? 'trial-title' : 'devices-title')}
      before={on && <OwnPicture class="own-picture large" />}
      actions={
        <>
          {!on && <Button onTap={turnOn}>{t('devices-on')}</Button>}
          {backButton}
          <CallClinic />
        </>
      }
    >
      <div role="status">{open && <p class="notice good">{t('trial-open')}</p>}</div>
      {on ? <p>{t('trial-good')}</p> : <p>{t('devices-body-plain')}</p>}
      {on && <p>{t('trial-meter')}</p>}
      {on && <Meter />}
      <Asking asking={asking} />
    </Screen>
  );
}

/** Whether the visit can be joined by now. */
function useOpening(): boolean {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!join.value || gatewayNow() < join.value.opens_at) return;
      setOpen(true);
      clearInterval(timer);
      void lookAgain();
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return open;
}
