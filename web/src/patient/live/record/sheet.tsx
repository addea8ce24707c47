// The record as a sheet: from below on a phone, so that the picture stays; beside the picture where there is room.
import chevron from 'lucide-static/icons/chevron-down.svg?raw';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Snippet } from '../../../core/records/receiver';
import { SeenWatch } from '../../../core/records/seen';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import type { LiveSeat } from '../seat';
import { whoSees } from './audience';
import { RecordContent } from './content';
import { KeepCopy } from './keep';
import { Together } from './together';

export { Keepsakes } from './keep';

interface SheetProps {
  seat: LiveSeat;
  name: string;
  onClose(): void;
}

export function RecordSheet({ seat, name, onClose }: SheetProps) {
  const snippets = seat.snippets.value;
  const [picked, setPicked] = useState<string>();
  const newest = snippets.at(-1)?.id;
  useEffect(() => setPicked(newest), [newest]);
  const pointed = seat.pointed.value;
  // Who points at something means that it is looked at.
  useEffect(() => {
    if (pointed?.element) setPicked(pointed.snippet);
  }, [pointed]);
  const snippet = snippets.find(({ id }) => id === picked) ?? snippets.at(-1);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [snippet?.id]);
  const body = useReceipts(seat, snippet);
  if (!snippet) return null;
  return (
    <section class="sheet" aria-label={t('record')} data-snippet={snippet.id}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {snippet.manifest.title}
        </h2>
        <button type="button" class="close" aria-label={t('call-record-hide')} title={t('call-record-hide')} onClick={onClose}>
          <Icon of={chevron} />
        </button>
      </header>
      {snippets.length > 1 && <Picker snippets={snippets} picked={snippet.id} onPick={setPicked} />}
      <div
        ref={body}
        class="sheet-body record-body"
        tabIndex={0}
        role="region"
        aria-label={snippet.manifest.title}
        lang={snippet.manifest.language}
      >
        <Pointing seat={seat} snippet={snippet} name={name} />
      </div>
      <SheetFoot seat={seat} snippet={snippet} name={name} />
    </section>
  );
}

function Picker({ snippets, picked, onPick }: { snippets: readonly Snippet[]; picked: string; onPick(id: string): void }) {
  return (
    <div class="picker">
      {[...snippets].reverse().map(({ id, manifest }) => (
        <button key={id} type="button" aria-pressed={id === picked} onClick={() => onPick(id)}>
          {manifest.title}
        </button>
      ))}
    </div>
  );
}

/** Who can see it, and the patient's two ways to have a say: keep what is theirs to keep, and stop. */
function SheetFoot({ seat, snippet, name }: { seat: LiveSeat; snippet: Snippet; name: string }) {
  const [keeping, setKeeping] = useState(false);
  const audience = seat.audience.value.get(snippet.id) ?? [];
  return (
    <footer>
      <p class="sees">{whoSees(seat.inside.value?.people ?? [], audience, seat.id)}</p>
      {seat.isPatient && (
        <div class="sheet-choices">
          {seat.keepable.value.has(snippet.id) && (
            <button type="button" class="button second compact" onClick={() => setKeeping(true)}>
              {t('keep-copy')}
            </button>
          )}
          <button type="button" class="button quiet compact" onClick={() => void seat.answerConsent(false)}>
            {t('record-stop')}
          </button>
        </div>
      )}
      {keeping && <KeepCopy seat={seat} snippet={snippet} by={name} onClose={() => setKeeping(false)} />}
    </footer>
  );
}

function Pointing({ seat, snippet: { id, content }, name }: { seat: LiveSeat; snippet: Snippet; name: string }) {
  const pointed = seat.pointed.value;
  const { element, here } = pointed?.snippet === id ? pointed : { element: '', here: true };
  return (
    <Together
      element={element}
      point={(next) => seat.point(id, next)}
      leading={seat.leading.value.get(id) ?? ''}
      label={here ? t('record-you-point') : t('record-points', { who: name })}
      say={(what) => (here ? '' : t('record-points-at', { who: name, what }))}
    >
      <RecordContent content={content} />
      <p class="small">{t(content.kind === 'image' ? 'record-point-hint-image' : 'record-point-hint', { who: name })}</p>
    </Together>
  );
}

const sent = new Set<string>();

/** "Shown" when it is up; "seen" when it has been on a screen that is looked at. Each is said once. Gives what has to be on the screen. */
function useReceipts(seat: LiveSeat, snippet: Snippet | undefined) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = body.current;
    if (!snippet || !area) return;
    const once = (what: 'shown' | 'seen') => {
      const key = `${seat.id} ${snippet.id} ${what}`;
      if (sent.has(key)) return;
      sent.add(key);
      seat[what](snippet.id);
    };
    once('shown');
    const watch = new SeenWatch(() => once('seen'));
    const screen = new IntersectionObserver(([now]) => watch.onScreen(isReadable(now)), { threshold: [0, 0.1, 0.3, 0.5, 0.8] });
    const look = () => watch.visible(document.visibilityState === 'visible');
    screen.observe(area);
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      watch.stop();
      screen.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [snippet?.id]);
  return body;
}

/** So many lines of it, or half of it where it has fewer. */
const READABLE_PX = 90;

function isReadable(now: IntersectionObserverEntry | undefined): boolean {
  return now !== undefined && now.isIntersecting && now.intersectionRect.height >= Math.min(READABLE_PX, now.boundingClientRect.height / 2);
}
