// How loud we hear the person, as a bar, in words and as a short buzz; drawn from the microphone without touching the call's own
// sound.
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../ui/words';
import { listenTo } from '../../core/devices/level';
import { media } from './media';

export function Meter() {
  const [level, setLevel] = useState(0);
  const { microphone } = media.value;
  useEffect(() => {
    if (!microphone) return;
    return listenTo(microphone, setLevel);
  }, [microphone]);
  return <Bar level={level} />;
}

export function Bar({ level }: { level: number }) {
  return (
    <div class="meter" aria-hidden="true">
      <span style={{ transform: `scaleX(${level})` }} />
    </div>
  );
}

type Heard = 'nothing' | 'little' | 'well';
/** Of the bar: where a voice begins, and where it is good. */
const LITTLE = 0.15;
const WELL = 0.4;
/** Words change at most this often, so that they can be read and read out. */
const WORDS_MS = 2_500;
const BUZZ_MS = 60;

/** The same for who cannot see the bar, and a buzz in the hand for who does not hear themselves. */
export function MeterInWords({ level }: { level: number }) {
  const heard = useLoudest(level);
  const well = useRef(false);
  useEffect(() => {
    if (level < WELL || well.current) return;
    well.current = true;
    navigator.vibrate?.(BUZZ_MS);
  }, [level]);
  return (
    <>
      <Bar level={level} />
      <p class="meter-words" role="status">
        {t(`meter-${heard}`)}
      </p>
    </>
  );
}

/** A voice comes and goes within a word: the loudest of the last moments counts. */
function useLoudest(level: number): Heard {
  const [heard, setHeard] = useState<Heard>('nothing');
  const loudest = useRef(0);
  loudest.current = Math.max(loudest.current, level);
  useEffect(() => {
    const timer = setInterval(() => {
      setHeard(loudest.current >= WELL ? 'well' : loudest.current >= LITTLE ? 'little' : 'nothing');
      loudest.current = 0;
    }, WORDS_MS);
    return () => clearInterval(timer);
  }, []);
  return heard;
}
