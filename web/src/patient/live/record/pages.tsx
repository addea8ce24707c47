// A picture or the pages of a document: one page as wide as the screen, made larger by buttons, keys or two fingers, and moved about.
import before from 'lucide-static/icons/chevron-left.svg?raw';
import next from 'lucide-static/icons/chevron-right.svg?raw';
import zoomIn from 'lucide-static/icons/zoom-in.svg?raw';
import zoomOut from 'lucide-static/icons/zoom-out.svg?raw';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Image, PageImage } from '../../../core/records/content';
import { Icon } from '../../../ui/icon';
import { day, t, Whole } from './words';
import { useZoom, type Zoom } from './zoom';

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
  const [page, setPage] = useState(1);
  const zoom = useZoom(page);
  const shown = image.pages[page - 1];
  const url = useUrl(shown);
  const go = (to: number) => () => setPage(to);
  const count = image.pages.length;
  return (
    <figure class="scan" aria-label={image.title}>
      <div class="scan-frame" ref={zoom.frame} tabIndex={0} role="group" aria-label={inWords(image, page)} onKeyDown={(event) => byKey(event, zoom)}>
        {shown && url && (
          <img
            data-page={page}
            src={url}
            width={shown.width}
            height={shown.height}
            style={{ width: `${zoom.zoom * 100}%` }}
            alt={inWords(image, page)}
            draggable={false}
          />
        )}
      </div>
      <div class="scan-tools">
        {count > 1 && (
          <div class="scan-turn">
            <Tool icon={before} words={t('record-page-before')} onTap={page > 1 ? go(page - 1) : undefined} />
            <span role="status">{t('record-page', { page, count })}</span>
            <Tool icon={next} words={t('record-page-next')} onTap={page < count ? go(page + 1) : undefined} />
          </div>
        )}
        <div class="scan-zoom">
          <Tool icon={zoomOut} words={t('record-smaller')} onTap={zoom.smaller} />
          <Tool icon={zoomIn} words={t('record-larger')} onTap={zoom.larger} />
        </div>
      </div>
    </figure>
  );
}

function byKey(event: KeyboardEvent, { larger, smaller }: Zoom) {
  const act = { '+': larger, '=': larger, '-': smaller }[event.key];
  if (!act || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  act();
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
        <img key={i} class="scan-page" src={url} alt={inWords(image, i + 1)} />
      ))}
    </>
  );
}

function useUrl(page: PageImage | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!page) return;
    const made = URL.createObjectURL(new Blob([page.bytes], { type: page.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [page]);
  return url;
}

function inside({ type, bytes }: PageImage): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(binary)}`;
}
