import { describe, expect, it } from 'vitest';
import type { RecordItem } from '../model';
import { grouped, matching } from './record-find';

const item = (id: string, kind: RecordItem['kind'], title: string, more: Partial<RecordItem> = {}): RecordItem => ({
  id,
  kind,
  title,
  found_by: [],
  ...more,
});

const items = [
  item('old', 'lab_trend', 'Colesterol', { newest_at: '2024-02-01' }),
  item('a1c', 'lab_trend', 'Azúcar en sangre (A1c)', { newest_at: '2026-10-02', flag: 'high', found_by: ['Hemoglobin A1c/Hemoglobin.total in Blood'] }),
  item('new', 'lab_result', 'Potasio', { newest_at: '2026-11-01', flag: 'normal' }),
  item('list', 'medications', 'Sus medicinas', { subtitle: '3 en uso', found_by: ['Metformina 500 mg', 'Lisinopril 10 mg'] }),
];

const ids = (found: { item: RecordItem }[]) => found.map((one) => one.item.id);

describe('finding an item', () => {
  it('goes by words in any order, accents and case aside', () => {
    expect(ids(matching(items, 'a1c AZUCAR'))).toEqual(['a1c']);
    expect(matching(items, 'potasio')).toEqual([{ item: items[2] }]);
  });

  it("goes by the record's own name and by what stands in a list, and says which", () => {
    expect(matching(items, 'hemoglobin')).toEqual([{ item: items[1], by: 'Hemoglobin A1c/Hemoglobin.total in Blood' }]);
    expect(matching(items, 'metfor')).toEqual([{ item: items[3], by: 'Metformina 500 mg' }]);
  });

  it('finds words that stand in two names of one item, and nothing where one word is missing', () => {
    expect(ids(matching(items, 'medicinas lisinopril'))).toEqual(['list']);
    expect(matching(items, 'azucar metformina')).toEqual([]);
  });
});

describe('the list', () => {
  it('puts what is on a screen first, then what is out of range, then by kind, recent first', () => {
    const groups = grouped(items, new Set(['list']));
    expect(groups.map(({ name, items: inside }) => [name, inside.map(({ id }) => id)])).toEqual([
      ['on-screen', ['list']],
      ['abnormal', ['a1c']],
      ['results', ['new', 'old']],
    ]);
  });

  it('has each item once', () => {
    const all = grouped(items, new Set(['a1c'])).flatMap((group) => group.items);
    expect(all.length).toBe(items.length);
  });
});
