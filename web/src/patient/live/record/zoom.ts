// How large a page is drawn, by buttons and by two fingers; what was in the middle stays there.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Times the width of the screen. */
const STEPS = [1, 1.5, 2, 3, 4];
const MOST = 4;

export interface Zoom {
  zoom: number;
  larger: (() => void) | undefined;
  smaller: (() => void) | undefined;
  /** For the element in which the page is moved about. */
  frame: { current: HTMLDivElement | null };
}

export function useZoom(page: number): Zoom {
  const [zoom, setZoom] = useState(1);
  const frame = useRef<HTMLDivElement>(null);
  const middle = useRef({ x: 0.5, y: 0 });
  const to = (next: number) => {
    if (frame.current) middle.current = middleOf(frame.current);
    setZoom(Math.min(MOST, Math.max(1, next)));
  };
  useLayoutEffect(() => frame.current?.scrollTo(0, 0), [page]);
  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    box.scrollLeft = middle.current.x * box.scrollWidth - box.clientWidth / 2;
    box.scrollTop = middle.current.y * box.scrollHeight - box.clientHeight / 2;
  }, [zoom]);
  usePinch(frame, zoom, to);
  const next = STEPS.find((step) => step > zoom);
  const before = [...STEPS].reverse().find((step) => step < zoom);
  return { zoom, larger: next ? () => to(next) : undefined, smaller: before ? () => to(before) : undefined, frame };
}

function middleOf(box: HTMLElement) {
  return {
    x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
    y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight,
  };
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
