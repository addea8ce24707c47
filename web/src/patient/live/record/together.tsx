// Looking at one thing together: what somebody points at is framed, with a hand and their name, scrolled to and said; and whoever
// looks points by a tap, a click or, with the arrow keys, without either. The same on the patient's page and in the clinician's preview.
import './together.css';
import hand from 'lucide-static/icons/pointer.svg?raw';
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon';
import { elementOf, keepOneReachable, pointable, saidOf, walk } from './points';

interface Shared {
  /** The element that is pointed at; an image draws its regions itself, since they move with it. */
  element: string;
  /** Absent where nobody else is there to see it. */
  point?: (element: string) => void;
  /** "Dr. Lee points here", above the frame. */
  label: string;
  /** The region of an image that the clinician leads to; only the clinician's own page can `lead`. */
  leading: string;
  lead?: ((region: string) => void) | undefined;
}

const Sharing = createContext<Shared>({ element: '', label: '', leading: '' });
export const useSharing = () => useContext(Sharing);

interface TogetherProps extends Shared {
  point: (element: string) => void;
  /** Says it to who does not see it: given what stands at the element. */
  say(what: string): string;
  children: ComponentChildren;
}

export function Together({ element, point, leading, lead, label, say, children }: TogetherProps) {
  const area = useRef<HTMLDivElement>(null);
  const frame = useFrame(area, element);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const found = elementOf(area.current, element);
    setSaid(found ? say(saidOf(found)) : '');
  }, [element, label, frame === undefined]);
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
      <Sharing.Provider value={{ element, point, label, leading, lead }}>{children}</Sharing.Provider>
      {frame && !frame.isRegion && <PointedAt place={frame.place} atRight={frame.atRight} below={frame.inChart} label={label} />}
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

type Place = Record<'top' | 'left' | 'width' | 'height', string>;

interface PointedAtProps {
  place: Place;
  atRight: boolean;
  /** Where its label stands. */
  below: boolean;
  label: string;
  /** The name of a region, which is nowhere but in its frame; and how it is said. */
  region?: string;
  said?: string;
}

export function PointedAt({ place, atRight, below, label, region, said }: PointedAtProps) {
  const classes = ['pointed-at', atRight && 'at-right', below && 'label-below', region && 'region'].filter(Boolean).join(' ');
  return (
    <div class={classes} style={place} aria-hidden="true" data-point={region} data-said={said}>
      <span class="pointer-label">
        <Icon of={hand} />
        {label}
      </span>
    </div>
  );
}

interface Frame {
  place: Place;
  atRight: boolean;
  inChart: boolean;
  isRegion: boolean;
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
  return { place, atRight: inner.left + inner.width / 2 - outer.left >= outer.width / 2 - 1, inChart: found instanceof SVGElement, isRegion: found.matches('.region') };
}

/** The one before where nothing moved, so that looking at the page does not draw it again and again. */
const same = (before: Frame | undefined, now: Frame | undefined) => (JSON.stringify(before) === JSON.stringify(now) ? before : now);
