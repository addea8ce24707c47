// A technician's test call: the same page goes there and comes back to its visit.
import headset from 'lucide-static/icons/headset.svg?raw';
import { useEffect } from 'preact/hooks';
import { t } from '../../../ui/words';
import { Button, CallClinic, Screen } from '../../parts';
import { capture, media } from '../media';
import { OwnPicture, useWakeLock } from '../parts';
import { declineTest, joinTest, leaveTestBehind, restoreDevices } from '../visit';

export function TestInvited() {
  const join = async () => {
    // The tap is the moment when a phone lets us ask for the camera.
    if (!media.value.microphone && !media.value.camera) await capture.start(['camera', 'microphone']);
    joinTest();
  };
  return (
    <Screen
      icon={headset}
      title={t('test-title')}
      actions={
        <>
          <Button onTap={join}>{t('test-join')}</Button>
          <Button kind="quiet" onTap={declineTest}>
            {t('not-now')}
          </Button>
          <CallClinic />
        </>
      }
    >
      <p role="alert">{t('test-body')}</p>
    </Screen>
  );
}

export function TestWaiting() {
  useWakeLock();
  useEffect(() => void restoreDevices(), []);
  return (
    <Screen icon={headset} title={t('test-waiting-title')} actions={<CallClinic />}>
      <OwnPicture class="own-picture large" />
      <p role="status" class="breath-line">
        <span class="breath" />
        {t('test-waiting')}
      </p>
    </Screen>
  );
}

export function TestOver() {
  return (
    <Screen icon={headset} tone="good" title={t('test-done-title')} actions={<Button onTap={leaveTestBehind}>{t('continue')}</Button>}>
      <p>{t('test-done')}</p>
    </Screen>
  );
}
