import { describe, expect, it } from 'vitest';
import type { SnippetView } from '../../generated/signaling';
import type { RecordItem } from '../model';
import { isOnScreen, matching, standOf } from './record';

const view: SnippetView = { snippet: 's', state: 'held', audience: ['p'], shown_to: [], seen_by: [] };

describe('where a snippet stands', () => {
  it('goes from asking to seen, and is withdrawn', () => {
    expect(standOf(undefined, 'not_asked')).toBe('prepared');
    expect(standOf(view, 'asked')).toBe('asking');
    expect(standOf({ ...view, state: 'offered' }, 'agreed')).toBe('sending');
    expect(standOf({ ...view, state: 'shown', shown_to: ['p'] }, 'agreed')).toBe('shown');
    expect(standOf({ ...view, state: 'shown', shown_to: ['p'], seen_by: ['p'] }, 'agreed')).toBe('seen');
    expect(standOf({ ...view, state: 'withdrawn', seen_by: ['p'] }, 'agreed')).toBe('withdrawn');
  });

  it('is never on the screen of somebody who said no', () => {
    expect(standOf(view, 'refused')).toBe('refused');
    expect(standOf({ ...view, state: 'withdrawn' }, 'refused')).toBe('refused');
    expect(isOnScreen('refused')).toBe(false);
  });
});

it('finds an item by words in any order, accents aside', () => {
  const items = [
    { id: '1', kind: 'lab_trend', title: 'Azúcar en sangre (A1c)', subtitle: '7 resultados' },
    { id: '2', kind: 'allergies', title: 'Sus alergias' },
  ] as RecordItem[];
  expect(matching(items, 'a1c azucar').map(({ id }) => id)).toEqual(['1']);
  expect(matching(items, '').length).toBe(2);
});
