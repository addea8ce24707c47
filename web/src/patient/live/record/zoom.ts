// How large a page is drawn, by buttons and by two fingers, and which part of it is on the screen; what was in the middle stays there.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Region } from '../../../core/records/pointing';

/** Times the width of the screen. */
const STEPS = [1, 1.5, 2, 3, 4];
const MOST = 4;

export interface Zoom {
  zoom: number;
  larger: (() => void) | undefined;
  smaller: (() => void) | undefined;
  /** The part of the page that is on the screen, in thousandths of it. */
  visible(): Omit<Region, 'page'>;
  /** As large as the screen allows. */
  show(part: Omit<Region, 'page'>): void;
  /** For the element in which the page is moved about. */
  frame: { current: HTMLDivElement | null };
}

/** `moved`: something else is on the screen, by whatever it was. */
export function useZoom(page: number, moved: () => void): Zoom {
  const [{ zoom, middle }, look] = useState({ zoom: 1, middle: { x: 0.5, y: 0 } });
  const frame = useRef<HTMLDivElement>(null);
  const to = (next: number, around = frame.current ? middleOf(frame.current) : middle) =>
    look({ zoom: Math.min(MOST, Math.max(1, next)), middle: around });
  useLayoutEffect(() => frame.current?.scrollTo(0, 0), [page]);
  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    box.scrollLeft = middle.x * box.scrollWidth - box.clientWidth / 2;
    box.scrollTop = middle.y * box.scrollHeight - box.clientHeight / 2;
  }, [zoom, middle]);
  useEffect(moved, [page, zoom, middle]);
  useScroll(frame, moved);
  usePinch(frame, zoom, to);
  const next = STEPS.find((step) => step > zoom);
  const before = [...STEPS].reverse().find((step) => step < zoom);
  return {
    zoom,
    larger: next ? () => to(next) : undefined,
    smaller: before ? () => to(before) : undefined,
    visible: () => (frame.current ? visibleIn(frame.current) : { x: 0, y: 0, w: 1000, h: 1000 }),
    show: ({ x, y, w, h }) => to(1000 / w, { x: (x + w / 2) / 1000, y: (y + h / 2) / 1000 }),
    frame,
  };
}

function middleOf(box: HTMLElement) {
  const { x, y, w, h } = visibleIn(box);
  return { x: (x + w / 2) / 1000, y: (y + h / 2) / 1000 };
}

function visibleIn(box: HTMLElement) {
  const share = (length: number, of: number) => (1000 * length) / of;
  return {
    x: share(box.scrollLeft, box.scrollWidth),
    y: share(box.scrollTop, box.scrollHeight),
    w: share(box.clientWidth, box.scrollWidth),
    h: share(box.clientHeight, box.scrollHeight),
  };
}

function useScroll(frame: { current: HTMLElement | null }, moved: () => void) {
  const now = useRef(moved);
  now.current = moved;
  useEffect(() => {
    const box = frame.current;
    const scrolled = () => now.current();
    box?.addEventListener('scroll', scrolled, { passive: true });
    return () => box?.removeEventListener('scroll', scrolled);
  }, []);
}

function usePinch(frame: { current: HTMLElement | null }, zoom: number, to: (zoom: number) => void) {
  const now = useRef({ zoom, to });
  now.current = { zoom, to };
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    let start: { apart: number; zoom: number } | undefined;
    const touch = (event: TouchEvent) => {
      const [one, other] = event.touches;
      if (!one || !other) return void (start = undefined);
      // Else the phone makes the whole page larger.
      event.preventDefault();
      const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      start ??= { apart, zoom: now.current.zoom };
      now.current.to((start.zoom * apart) / start.apart);
    };
    const kinds = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const;
    for (const kind of kinds) box.addEventListener(kind, touch, { passive: false });
    return () => {
      for (const kind of kinds) box.removeEventListener(kind, touch);
    };
  }, []);
}
