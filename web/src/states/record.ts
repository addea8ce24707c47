// A record that was written for the catalogue: one piece of every kind, with names as long as records have them.
import type { Content, PageImage } from '../core/records/content';
import type { Snippet } from '../core/records/receiver';
import { drawnPage } from './outside';

const point = (at: string, value: number) => ({ at, value, flag: 'high' as const });
const POINTS = [point('2025-03-02', 8.1), point('2025-06-11', 7.6), point('2025-09-20', 7.4), point('2026-01-31', 7.2)];
const reading = (at: string, ...values: number[]) => ({ at, values, flag: values[0]! > 129 ? ('high' as const) : null });
const READINGS = [reading('2025-08-04', 142, 88), reading('2025-10-12', 136, 84), reading('2025-12-20', 128, 80), reading('2026-02-24', 132, 78)];

/** Each kind by what its screen is called. */
export const KINDS = {
  'lab trend': {
    kind: 'lab_trend',
    lab: { title: 'Blood sugar over three months (A1c)', code_words: 'Hemoglobin A1c', unit: '%', reference: { high: 5.7 }, newest: POINTS.at(-1)!, points: POINTS, place: 'Riverside laboratory' },
  },
  'lab result': {
    kind: 'lab_result',
    lab: {
      title: 'Vitamin D',
      code_words: '25-hydroxyvitamin D',
      unit: 'ng/mL',
      unit_words: 'nanograms per milliliter',
      reference: { low: 30, high: 100 },
      result: { words: '18', value: 18, at: '2026-02-24', flag: 'low' },
      earlier: [{ words: '24', value: 24, at: '2025-08-04', flag: 'low' }, { words: 'Not enough blood in the sample', at: '2025-07-30', flag: null }],
    },
  },
  'lab result in words': { kind: 'lab_result', lab: { title: 'Strep test', code_words: 'Streptococcus pyogenes antigen', unit: '', result: { words: 'Not found', at: '2026-02-24', flag: 'normal' } } },
  'vital signs': {
    kind: 'vital_signs',
    vital: { title: 'Blood pressure', unit: 'mmHg', unit_words: 'millimeters of mercury', lines: ['Upper', 'Lower'], reference: { high: 129 }, newest: READINGS.at(-1)!, points: READINGS },
  },
  medications: {
    kind: 'medications',
    list: {
      title: 'Your medicines',
      items: [
        { name: 'Metformin 500 mg tablet', dose_words: '1 tablet twice a day with meals', since: '2024-02-01', status: 'active' },
        { name: 'Hydrochlorothiazide 25 mg tablet', dose_words: '1 tablet in the morning', status: 'on_hold' },
        { name: 'Amoxicillin/clavulanate potassium 875 mg/125 mg film-coated tablet', dose_words: 'For ten days', since: '2025-11-02', status: 'completed' },
      ],
    },
  },
  allergies: {
    kind: 'allergies',
    list: { title: 'Your allergies', none_recorded: false, items: [{ substance: 'Penicillin', reactions: ['Hives', 'swelling of the face'], severity: 'severe', since: '1987' }, { substance: 'Cat dander', reactions: [] }] },
  },
  'no allergies': { kind: 'allergies', list: { title: 'Your allergies', none_recorded: true, items: [] } },
  conditions: {
    kind: 'conditions',
    list: { title: 'Your health conditions', items: [{ name: 'Type 2 diabetes', status: 'now', since: '2016-05-01' }, { name: 'High blood pressure', status: 'now', since: '2011' }, { name: 'Gallstones', status: 'past', since: '2008', until: '2009' }] },
  },
  vaccines: {
    kind: 'immunizations',
    list: {
      title: 'Your vaccines',
      due: [{ name: 'Pneumococcal conjugate', status: 'overdue', by: '2025-11-01' }, { name: 'Influenza', status: 'due', by: '2026-10-01' }],
      given: [{ name: 'Tetanus, diphtheria and pertussis (Tdap)', dates: ['2019-04-02'] }, { name: 'COVID-19', dates: ['2021-03-01', '2021-03-29', '2024-10-11'] }],
    },
  },
  'care plan': {
    kind: 'care_plan',
    plan: {
      title: 'Your care plan',
      plans: [{ name: 'Diabetes', since: '2025-03-02', steps: [{ name: 'Walk half an hour a day', status: 'doing' }, { name: 'See the eye doctor', status: 'to_do' }, { name: 'Learn to measure your blood sugar', status: 'done' }, { name: 'Group class', status: 'on_hold' }] }],
      goals: [{ name: 'Blood sugar over three months', targets: ['below 7 %'], by: '2026-06-01', reached: false }, { name: 'Weight', targets: ['below 82 kg'], reached: true }],
    },
  },
  report: { kind: 'report', report: { title: 'Chest X-ray', at: '2026-01-09', conclusion: ['No sign of pneumonia.'], paragraphs: ['The lungs are clear. The heart is of normal size.', 'No fluid around the lungs.'] } },
  instructions: {
    kind: 'instructions',
    instructions: {
      title: 'Your new tablets',
      parts: [{ paragraph: ['Take one tablet every morning.'] }, { bullets: ['With a glass of water', 'Not with grapefruit juice'] }, { paragraph: ['For two weeks, twice a week:'] }, { steps: [{ number: 1, words: 'Measure before breakfast' }, { number: 2, words: 'Write the number down' }] }],
    },
  },
  photo: { kind: 'image', image: { title: 'Forearm', at: '2026-01-09', pages: pages(1, 640, 480) } },
  document: { kind: 'image', image: { title: 'Hospital discharge summary', at: '2025-11-20', pages: pages(2, 620, 877) } },
} satisfies Readonly<Record<string, Content>>;

function pages(count: number, width: number, height: number): PageImage[] {
  return Array.from({ length: count }, (_, page) => ({ width, height, type: 'image/png', bytes: drawnPage(width, height, page + 1) }));
}

export function titleOf(content: Content): string {
  return Object.values(content).flatMap((part) => (typeof part === 'object' ? [part.title] : []))[0] ?? '';
}

/** As it arrives on the patient's page. */
export function snippet(id: string, content: Content): Snippet {
  const manifest = { id, visit: 'visit', kind: content.kind, language: 'en', title: titleOf(content), content_type: 'application/json', size: 1, sha256: '', prepared_at: 0, expires_at: 0, key_id: '' };
  return { id, manifest, content };
}

export const TREND = snippet('trend', KINDS['lab trend']);
export const MEDICINES = snippet('medicines', KINDS.medications);
