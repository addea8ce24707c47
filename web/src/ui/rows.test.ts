import { describe, expect, it } from 'vitest';
import { held, overlay, settle, type Row } from './rows';

const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id, order: Number(id.slice(1)) }));
const ids = (list: { rows: Row[] }) => list.rows.map((row) => row.id);

describe('a live list', () => {
  it('starts in order', () => {
    expect(ids(settle(rows('v3', 'v1', 'v2')))).toEqual(['v1', 'v2', 'v3']);
  });

  it('keeps what is under the eye still and counts what is new', () => {
    const list = overlay(rows('v2', 'v4'), rows('v1', 'v2', 'v3', 'v4', 'v5'));
    expect(ids(list)).toEqual(['v2', 'v4']);
    expect(list.fresh).toBe(3);
    expect(held(list)).toBe(3);
  });

  it('updates a known row where it stands', () => {
    const said = (words: string) => [{ id: 'a', order: 1, words }];
    const list = overlay(said('ready'), said('waiting'));
    expect(list.rows).toEqual(said('waiting'));
    expect(held(list)).toBe(0);
  });

  it('leaves a moved row in its place until it is asked for', () => {
    const list = overlay(rows('v1', 'v2', 'v3'), [...rows('v2', 'v3'), { id: 'v1', order: 9 }]);
    expect(ids(list)).toEqual(['v1', 'v2', 'v3']);
    expect(list.moved).toBeGreaterThan(0);
    expect(ids(settle([...rows('v2', 'v3'), { id: 'v1', order: 9 }]))).toEqual(['v2', 'v3', 'v1']);
  });

  it('keeps the place of a row that is gone', () => {
    const list = overlay(rows('v1', 'v2'), rows('v2'));
    expect(ids(list)).toEqual(['v1', 'v2']);
    expect([...list.gone]).toEqual(['v1']);
  });

  it('fills an empty list at once', () => {
    const list = overlay([], rows('v1'));
    expect(ids(list)).toEqual(['v1']);
    expect(held(list)).toBe(0);
  });

  it('empties a list whose last row is gone', () => {
    expect(ids(overlay(rows('v1'), []))).toEqual([]);
  });
});
