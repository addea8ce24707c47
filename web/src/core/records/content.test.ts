import { describe, expect, it } from 'vitest';
import { readContent } from './content';

const text = new TextEncoder();

function pages(sizes: number[], bytes: number[], line = '\n'): Uint8Array {
  const head = { title: 'Letter', at: '2026-01-17', pages: sizes.map((size) => ({ width: 2, height: 1, type: 'image/png', size })) };
  return new Uint8Array([...text.encode(JSON.stringify(head) + line), ...bytes]);
}

describe('a picture', () => {
  it('is a line of JSON and the bytes of its pages, which may look like lines', () => {
    const content = readContent('image', pages([2, 3], [10, 1, 2, 10, 3]));
    expect(content?.kind === 'image' && content.image.pages.map((page) => [...page.bytes])).toEqual([
      [10, 1],
      [2, 10, 3],
    ]);
  });

  it('is not shown where its bytes are too few, too many, or not there', () => {
    expect(readContent('image', pages([2, 3], [1, 2, 3, 4]))).toBeUndefined();
    expect(readContent('image', pages([2, 3], [1, 2, 3, 4, 5, 6]))).toBeUndefined();
    expect(readContent('image', pages([], []))).toBeUndefined();
    expect(readContent('image', pages([2], [1, 2], ''))).toBeUndefined();
  });
});
