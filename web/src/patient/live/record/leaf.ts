// Which page of a document is open and how large, for one person alone or together: where the clinician leads, the others follow, and
// who points at a page has it opened on every screen. Anybody may go elsewhere afterwards; the next move of who leads brings them back.
import { useEffect, useRef, useState } from 'preact/hooks';
import { readRegion, writeRegion } from '../../../core/records/pointing';
import { useSharing } from './together';
import { useZoom, type Zoom } from './zoom';

/** Moves are said when they have come to rest for so long. */
const REST_MS = 120;

export interface Leaf extends Zoom {
  page: number;
  before: (() => void) | undefined;
  next: (() => void) | undefined;
}

export function useLeaf(count: number): Leaf {
  const { element, leading, lead } = useSharing();
  const [page, setPage] = useState(1);
  const open = (to: number) => setPage(Math.min(count, Math.max(1, to)));
  /** Where the others are, as far as this page had a say in it. */
  const led = useRef<string | undefined>(undefined);
  const say = () => {
    const here = writeRegion({ page, ...zoom.visible() });
    const isNew = led.current !== undefined && led.current !== here;
    if (isNew && !lead) return;
    led.current = here;
    if (isNew) lead?.(here);
  };
  const zoom: Zoom = useZoom(page, useRest(say));
  useEffect(() => {
    const region = readRegion(leading);
    if (!region || leading === led.current) return;
    open(region.page);
    zoom.show(region);
    zoom.frame.current?.scrollIntoView({ block: 'nearest' });
  }, [leading]);
  useEffect(() => {
    const region = readRegion(element);
    if (region) open(region.page);
  }, [element]);
  useEffect(say, [lead !== undefined]);
  return { ...zoom, page, before: page > 1 ? () => open(page - 1) : undefined, next: page < count ? () => open(page + 1) : undefined };
}

/** Calls the newest `act` once nothing asked for it any more. */
function useRest(act: () => void): () => void {
  const now = useRef(act);
  now.current = act;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => now.current(), REST_MS);
  };
}
