// Two pieces of a record that was written for the catalogue.
import type { Content } from '../../core/records/content';
import type { Snippet } from '../../core/records/receiver';
import * as sheet from '../../patient/live/record/sheet';
import { STARTS } from './facts';

export { sheet };

function snippet(id: string, title: string, content: Content): Snippet {
  const manifest = { id, visit: 'visit', kind: content.kind, language: 'en', title, content_type: 'application/json', size: 1, sha256: '', prepared_at: STARTS, expires_at: STARTS, key_id: '' };
  return { id, manifest, content };
}

const point = (at: string, value: number) => ({ at, value, flag: 'high' as const });
const POINTS = [point('2025-03-02', 8.1), point('2025-06-11', 7.6), point('2025-09-20', 7.4), point('2026-01-31', 7.2)];

export const TREND = snippet('trend', 'Blood sugar over three months (A1c)', {
  kind: 'lab_trend',
  lab: { title: 'Blood sugar over three months (A1c)', code_words: 'Hemoglobin A1c', unit: '%', reference: { high: 5.7 }, newest: POINTS.at(-1)!, points: POINTS, place: 'Riverside laboratory' },
});

export const MEDICINES = snippet('medicines', 'Your medicines', {
  kind: 'medications',
  list: {
    title: 'Your medicines',
    items: [
      { name: 'Metformin 500 mg tablet', dose_words: '1 tablet twice a day with meals', since: '2024-02-01', status: 'active' },
      { name: 'Hydrochlorothiazide 25 mg tablet', dose_words: '1 tablet in the morning', status: 'on_hold' },
    ],
  },
});
