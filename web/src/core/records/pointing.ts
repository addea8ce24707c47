// What people point at together, by element and not by place on the screen, since the screens differ. An element is named by its
// `data-point`; a region of an image is `page:x:y:w:h` in thousandths of the image.

/** Where the clinician leads in an image: its page from 1 on, and the region that fills the screen, empty for all of it. */
export interface Leading {
  page: number;
  region: string;
}

export const NOWHERE: Leading = { page: 1, region: '' };

const LONGEST = 64;

/** Names come from another page: only what can be one is looked for. */
export function isElement(name: string): boolean {
  return name.length <= LONGEST && /^[\w:.-]*$/.test(name);
}

export interface Region {
  page: number;
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The region that an element's name stands for; `undefined` where it is none of an image. */
export function readRegion(name: string): Region | undefined {
  const parts = name.split(':').map(Number);
  const [page, x, y, w, h] = parts;
  if (parts.length !== 5 || !parts.every((part) => Number.isInteger(part) && part >= 0)) return undefined;
  const region = { page, x, y, w, h } as Region;
  return region.page > 0 && region.w > 0 && region.h > 0 && region.x + region.w <= 1000 && region.y + region.h <= 1000 ? region : undefined;
}

export function writeRegion({ page, x, y, w, h }: Region): string {
  return [page, x, y, w, h].map(Math.round).join(':');
}
