import { describe, expect, it } from 'vitest';
import { around, readRegion, writeRegion } from './pointing';

describe('a region of an image', () => {
  it('is read as it was written, in whole thousandths and within the image', () => {
    const region = { page: 2, x: 10.4, y: 20.6, w: 300, h: 979.9 };
    expect(readRegion(writeRegion(region))).toEqual({ page: 2, x: 10, y: 21, w: 300, h: 979 });
    for (const place of [{ x: -5, y: 999.9 }, { x: 1000, y: 1000 }]) {
      expect(readRegion(writeRegion({ page: 1, ...place, w: 1000, h: 0 }))).toBeDefined();
    }
  });

  it('stands around a place, and at the edge within the image', () => {
    expect(around(1, 500, 500, 180, 200)).toEqual({ page: 1, x: 410, y: 400, w: 180, h: 200 });
    expect(around(1, 990, 3, 180, 200)).toEqual({ page: 1, x: 820, y: 0, w: 180, h: 200 });
  });

  it('is none where another page says nonsense', () => {
    for (const name of ['', 'row-3', '1:0:0:1000', '0:0:0:10:10', '1:500:0:600:10', '1:0:0:0:10', '1:-1:0:10:10', '1:0.5:0:10:10', '1:1e9:0:10:10']) {
      expect(readRegion(name), name).toBeUndefined();
    }
  });
});
