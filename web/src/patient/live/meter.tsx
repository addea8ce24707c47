// How loud we hear the person, as a bar; drawn from the microphone without touching the call's own sound.
import { useEffect, useState } from 'preact/hooks';
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
