// Notices that somebody talks who is muted.
import { useEffect, useState } from 'preact/hooks';
import { listenTo } from '../../../core/devices/level';
import { media } from '../media';

const LOUD = 0.55;
const LOUD_FOR = 5;
const QUIET_AGAIN_MS = 5_000;

/** Half a second of voice while muted; gone again after a while. */
export function useTalkingWhileMuted(): boolean {
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
