// Looking at one thing together: what somebody points at is framed, with a hand and their name, scrolled to and said; and whoever
// looks points by a tap, a click or, with the arrow keys, without either. The same on the patient's page and in the clinician's preview.
import './together.css';
import hand from 'lucide-static/icons/pointer.svg?raw';
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { NOWHERE, type Leading } from '../../../core/records/pointing';
import { Icon } from '../../../ui/icon';
import { elementOf, keepOneReachable, pointable, saidOf, walk } from './points';

interface Shared {
  /** The element that is pointed at, for a view that draws it itself, as an image its regions. */
  element: string;
  point(element: string): void;
  /** Where the clinician leads in what has pages; only the clinician's own page can `lead`. */
  leading: Leading;
  lead?: (leading: Leading) => void;
}

const Sharing = createContext<Shared>({ element: '', point: () => undefined, leading: NOWHERE });
export const useSharing = () => useContext(Sharing);

interface TogetherProps extends Omit<Shared, 'leading'> {
  leading?: Leading | undefined;
  /** "Dr. Lee points here", above the frame. */
  label: string;
  /** Says it to who does not see it: given what stands at the element. */
  say(what: string): string;
  children: ComponentChildren;
}

export function Together({ element, point, leading = NOWHERE, lead, label, say, children }: TogetherProps) {
  const area = useRef<HTMLDivElement>(null);
  const frame = useFrame(area, element);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const found = elementOf(area.current, element);
    setSaid(found ? say(saidOf(found)) : '');
  }, [element, label]);
  // Also after the phone was turned.
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    elementOf(area.current, element)?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
  }, [element, label, frame?.place.width]);
  const choose = (target: EventTarget | null) => {
    const name = pointable(target);
    if (name) point(name === element ? '' : name);
  };
  /** Whether the key was for pointing. */
  const isOurs = ({ key, target }: KeyboardEvent) => {
    if (key === 'Escape' && element) point('');
    else if (key === 'Enter' && target instanceof HTMLElement && target.dataset['point']) choose(target);
    else return walk(area.current, target, key);
    return true;
  };
  return (
    <div
      ref={area}
      class="together"
      onClick={(event) => choose(event.target)}
      onFocusIn={() => area.current && keepOneReachable(area.current)}
      onKeyDown={(event) => {
        if (!isOurs(event)) return;
        // The panel around it has keys of its own.
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Sharing.Provider value={{ element, point, leading, ...(lead ? { lead } : {}) }}>{children}</Sharing.Provider>
      {frame && (
        <div class={`pointed-at ${frame.atRight ? 'at-right' : ''} ${frame.inChart ? 'in-chart' : ''}`} style={frame.place} aria-hidden="true">
          <span class="pointer-label">
            <Icon of={hand} />
            {label}
          </span>
        </div>
      )}
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

interface Frame {
  place: Record<'top' | 'left' | 'width' | 'height', string>;
  atRight: boolean;
  inChart: boolean;
}

/** Where the element stands in the area, also after the table took the chart's place or the page was turned. */
function useFrame(area: { current: HTMLElement | null }, element: string): Frame | undefined {
  const [frame, setFrame] = useState<Frame>();
  useLayoutEffect(() => {
    const root = area.current;
    if (!root) return;
    const look = () => {
      keepOneReachable(root);
      setFrame((before) => same(before, frameOf(root, elementOf(root, element))));
    };
    const [sizes, changes] = [new ResizeObserver(look), new MutationObserver(look)];
    sizes.observe(root);
    changes.observe(root, { childList: true, subtree: true });
    look();
    return () => {
      sizes.disconnect();
      changes.disconnect();
    };
  }, [element]);
  return frame;
}

function frameOf(root: HTMLElement, found: Element | undefined): Frame | undefined {
  if (!found) return undefined;
  const [outer, inner] = [root.getBoundingClientRect(), found.getBoundingClientRect()];
  const px = (length: number) => `${Math.round(length)}px`;
  const place = { top: px(inner.top - outer.top), left: px(inner.left - outer.left), width: px(inner.width), height: px(inner.height) };
  return { place, atRight: inner.left + inner.width / 2 - outer.left >= outer.width / 2 - 1, inChart: found instanceof SVGElement };
}

/** The one before where nothing moved, so that looking at the page does not draw it again and again. */
const same = (before: Frame | undefined, now: Frame | undefined) => (JSON.stringify(before) === JSON.stringify(now) ? before : now);
