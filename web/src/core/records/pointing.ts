// What people point at together, by element and not by place on the screen, since the screens differ. An element is named by its
// `data-point`; a region of an image is `page:x:y:w:h` in thousandths of the image. Where the clinician leads is such a region, too.

const LONGEST = 64;

/** Names come from another page: only what can be one is looked for. */
export function isElement(name: string): boolean {
  return name.length <= LONGEST && /^[\w:.-]*$/.test(name);
}

export interface Region {
  /** From 1 on. */
  page: number;
  x: number;
  y: number;
  w: number;
  h: number;
}

const WHOLE = 1000;

/** The region that an element's name stands for; `undefined` where it is none of an image. */
export function readRegion(name: string): Region | undefined {
  const parts = name.split(':').map(Number);
  const [page, x, y, w, h] = parts;
  if (parts.length !== 5 || !parts.every((part) => Number.isInteger(part) && part >= 0)) return undefined;
  const region = { page, x, y, w, h } as Region;
  const isInside = region.x + region.w <= WHOLE && region.y + region.h <= WHOLE;
  return region.page > 0 && region.w > 0 && region.h > 0 && isInside ? region : undefined;
}

export function writeRegion({ page, x, y, w, h }: Region): string {
  const [left, top] = [within(x, WHOLE - 1), within(y, WHOLE - 1)];
  return [page, left, top, Math.max(1, within(w, WHOLE - left)), Math.max(1, within(h, WHOLE - top))].join(':');
}

const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));

/** The region around a place, and no further than the image goes. */
export function around(page: number, x: number, y: number, w: number, h: number): Region {
  const start = (middle: number, size: number) => Math.min(WHOLE - size, Math.max(0, middle - size / 2));
  return { page, x: start(x, w), y: start(y, h), w, h };
}
