import { describe, expect, it } from 'vitest';
import type { SnippetView } from '../../generated/signaling';
import type { RecordItem } from '../model';
import { isOnScreen, RecordPanelState, standOf } from './record';

const view: SnippetView = { snippet: 's', state: 'held', audience: ['p'], shown_to: [], seen_by: [], keep: false };

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

it('knows after the page was loaded anew what is on the screen, and of what it was made', () => {
  const panel = new RecordPanelState('visit');
  panel.list.value = { state: 'ready', list: { items: [] as RecordItem[], offered: [{ snippet: 's', item: 'a1c' }], skipped: 0, source_available: true } };
  const room = { consent: 'agreed' as const, snippets: [{ ...view, state: 'shown' as const, shown_to: ['p'] }] };
  expect(panel.onScreen('a1c', room)).toBe('s');
  expect(panel.standOn('a1c', room)).toBe('shown');
  expect(panel.standOn('a1c', { ...room, consent: 'stopped' })).toBeUndefined();
  expect(panel.onScreen('other', room)).toBeUndefined();
  expect(panel.shownBefore('a1c', room)).toBe('s');
});
