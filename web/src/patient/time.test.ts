import { beforeEach, describe, expect, it } from 'vitest';
import en from '../../locales/en/common.ftl?raw';
import es from '../../locales/es/common.ftl?raw';
import { Voice, voice } from '../ui/words';
import { clockTime } from './time';

const at = (hour: number, minute: number) => clockTime(new Date(2026, 0, 31, hour, minute).getTime());

describe('the time of a visit', () => {
  beforeEach(() => {
    voice.value = new Voice('en', [en]);
  });

  it('is read as on a clock, and stays on one line', () => {
    expect(at(14, 5)).toBe('2:05\u00a0pm');
    expect(at(9, 30)).toBe('9:30\u00a0am');
    voice.value = new Voice('es', [es]);
    expect(at(14, 5)).toBe('2:05\u00a0p.\u00a0m.');
  });

  it('is twelve at noon and at midnight', () => {
    expect([at(12, 0), at(0, 0)]).toEqual(['12:00\u00a0pm', '12:00\u00a0am']);
  });

  it('is what the phone itself would say, at every hour', () => {
    const format = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });
    for (let hour = 0; hour < 24; hour++) {
      const itself = format.format(new Date(2026, 0, 31, hour, 7)).replace(/\s/g, '\u00a0').toLowerCase();
      expect(at(hour, 7)).toBe(itself);
    }
  });
});
