// A picture or the pages of a document: one page as wide as the screen, made larger by buttons, keys or two fingers, moved about, and
// pointed at by a tap or, in the middle of what is on the screen, by Enter.
import beforeIcon from 'lucide-static/icons/chevron-left.svg?raw';
import nextIcon from 'lucide-static/icons/chevron-right.svg?raw';
import zoomIn from 'lucide-static/icons/zoom-in.svg?raw';
import zoomOut from 'lucide-static/icons/zoom-out.svg?raw';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import type { Image, PageImage } from '../../../core/records/content';
import { around, readRegion, writeRegion, type Region } from '../../../core/records/pointing';
import { Icon } from '../../../ui/icon';
import { useLeaf, type Leaf } from './leaf';
import { PointedAt, useSharing } from './together';
import { day, t, Whole } from './words';

export function PagesView({ image }: { image: Image }) {
  return (
    <>
      {useContext(Whole) ? <AllPages image={image} /> : <OnePage image={image} />}
      {image.at && <p class="small">{t('record-image-of', { date: day(image.at) })}</p>}
    </>
  );
}

/** "Hospital letter, March 4, 2025, page 1 of 2" */
function inWords({ title, at, pages }: Image, page: number): string {
  const said = [title, at && day(at), pages.length > 1 && t('record-page', { page, count: pages.length })];
  return said.filter(Boolean).join(', ');
}

function OnePage({ image }: { image: Image }) {
  const urls = useUrls(image);
  const count = image.pages.length;
  const leaf = useLeaf(count);
  const shown = image.pages[leaf.page - 1];
  const pointing = usePointing(leaf, shown);
  if (!shown) return null;
  return (
    <figure class="scan" aria-label={image.title}>
      {count > 1 && <Tools leaf={leaf} count={count} />}
      <div
        class="scan-frame"
        ref={leaf.frame}
        tabIndex={0}
        role="group"
        aria-label={inWords(image, leaf.page)}
        onClick={pointing.byTap}
        onKeyDown={(event) => byKey(event, { '+': leaf.larger, '=': leaf.larger, '-': leaf.smaller, Enter: pointing.byKey })}
      >
        <div class="scan-page" data-page={leaf.page} style={{ width: `${leaf.zoom * 100}%` }}>
          <img src={urls[leaf.page - 1]} width={shown.width} height={shown.height} alt={inWords(image, leaf.page)} draggable={false} />
          <PointedRegion page={leaf.page} count={count} />
        </div>
      </div>
      {count === 1 && <Tools leaf={leaf} count={count} />}
    </figure>
  );
}

/** Above the pages, since who does not see that there are more does not turn them; below a single picture. */
function Tools({ leaf, count }: { leaf: Leaf; count: number }) {
  return (
    <div class="scan-tools">
      {count > 1 && (
        <div class="scan-turn">
          <Tool icon={beforeIcon} words={t('record-page-before')} onTap={leaf.before} />
          <span role="status">{t('record-page', { page: leaf.page, count })}</span>
          <Tool icon={nextIcon} words={t('record-page-next')} onTap={leaf.next} />
        </div>
      )}
      <div class="scan-zoom">
        <Tool icon={zoomOut} words={t('record-smaller')} onTap={leaf.smaller} />
        <Tool icon={zoomIn} words={t('record-larger')} onTap={leaf.larger} />
      </div>
    </div>
  );
}

function byKey(event: KeyboardEvent, acts: Record<string, (() => void) | undefined>) {
  const act = acts[event.key];
  if (!act || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  act();
}

/** What is framed, in thousandths of the width of the screen. */
const SIDE = 180;

/** A square around a place; the same place again takes it away. */
function usePointing({ page, zoom, visible }: Leaf, shown: PageImage | undefined) {
  const { element, point } = useSharing();
  if (!point || !shown) return { byTap: undefined, byKey: undefined };
  const at = (x: number, y: number) => {
    const side = SIDE / zoom;
    const region = readRegion(element);
    const isAgain = region?.page === page && isIn(region, x, y);
    point(isAgain ? '' : writeRegion(around(page, x, y, side, Math.min(1000, (side * shown.width) / shown.height))));
  };
  return {
    byTap(event: MouseEvent) {
      const drawn = event.target instanceof HTMLImageElement ? event.target.getBoundingClientRect() : undefined;
      if (drawn) at(((event.clientX - drawn.left) / drawn.width) * 1000, ((event.clientY - drawn.top) / drawn.height) * 1000);
    },
    byKey() {
      const { x, y, w, h } = visible();
      at(x + w / 2, y + h / 2);
    },
  };
}

const isIn = ({ x, y, w, h }: Region, left: number, top: number) => left >= x && left <= x + w && top >= y && top <= y + h;

function PointedRegion({ page, count }: { page: number; count: number }) {
  const { element, label } = useSharing();
  const region = readRegion(element);
  if (region?.page !== page) return null;
  const share = (thousandths: number) => `${thousandths / 10}%`;
  const place = { left: share(region.x), top: share(region.y), width: share(region.w), height: share(region.h) };
  const said = count > 1 ? t('record-place-on-page', { page }) : t('record-place');
  return <PointedAt region={element} place={place} atRight={region.x + region.w / 2 >= 500} below={region.y < 150} label={label} said={said} />;
}

/** It keeps its place and its focus where there is nothing further that way. */
function Tool({ icon, words, onTap }: { icon: string; words: string; onTap: (() => void) | undefined }) {
  return (
    <button type="button" aria-label={words} title={words} aria-disabled={onTap ? undefined : 'true'} onClick={onTap}>
      <Icon of={icon} />
    </button>
  );
}

/** On paper: every page, and in the file itself rather than beside it. */
function AllPages({ image }: { image: Image }) {
  const urls = useMemo(() => image.pages.map(inside), [image]);
  return (
    <>
      {urls.map((url, i) => (
        <img key={i} class="paper-page" src={url} alt={inWords(image, i + 1)} />
      ))}
    </>
  );
}

function useUrls({ pages }: Image): string[] {
  const urls = useMemo(() => pages.map(({ type, bytes }) => URL.createObjectURL(new Blob([bytes], { type }))), [pages]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);
  return urls;
}

function inside({ type, bytes }: PageImage): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(binary)}`;
}
