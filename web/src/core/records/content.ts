// What is in a snippet, by kind. Signed by the gateway, so its shape is the gateway's promise.

export type Flag = 'normal' | 'high' | 'low';

export interface Reference {
  low?: number;
  high?: number;
  words?: string;
}

export interface LabTrend {
  title: string;
  code_words: string;
  unit: string;
  unit_words?: string;
  reference: Reference;
  newest: { value: number; at: string; flag: Flag | null };
  points: { at: string; value: number; flag: Flag | null }[];
  place?: string;
}

export interface Finding {
  words: string;
  value?: number;
  at: string;
  flag: Flag | null;
}

export interface LabResult {
  title: string;
  code_words: string;
  unit: string;
  unit_words?: string;
  reference?: Reference;
  result: Finding;
  earlier?: Finding[];
}

export interface Reading {
  at: string;
  /** As many as there are lines. */
  values: number[];
  flag: Flag | null;
}

export interface VitalSigns {
  title: string;
  unit: string;
  unit_words?: string;
  lines: string[];
  reference?: Reference;
  newest: Reading;
  points: Reading[];
}

export interface Medications {
  title: string;
  items: { name: string; dose_words?: string; since?: string; status: 'active' | 'on_hold' | 'stopped' | 'completed' }[];
}

export interface Allergies {
  title: string;
  items: { substance: string; reactions: string[]; severity?: string; since?: string }[];
  none_recorded: boolean;
}

export interface Conditions {
  title: string;
  items: { name: string; status: 'now' | 'past'; since?: string; until?: string }[];
}

export interface Immunizations {
  title: string;
  due: { name: string; status: 'due' | 'overdue'; by?: string }[];
  given: { name: string; dates: string[] }[];
}

export interface CarePlan {
  title: string;
  plans: { name: string; since?: string; steps: { name: string; status?: 'to_do' | 'doing' | 'on_hold' | 'done' }[] }[];
  goals: { name: string; targets: string[]; by?: string; reached: boolean }[];
}

export interface Report {
  title: string;
  at: string;
  conclusion?: string[];
  paragraphs?: string[];
}

export interface Instructions {
  title: string;
  parts: InstructionPart[];
}

export type InstructionPart = { paragraph: string[] } | { bullets: string[] } | { steps: { number: number; words: string }[] };

export interface Image {
  title: string;
  at?: string;
  pages: PageImage[];
}

export interface PageImage {
  width: number;
  height: number;
  type: 'image/jpeg' | 'image/png';
  bytes: Uint8Array<ArrayBuffer>;
}

export type Content =
  | { kind: 'lab_trend'; lab: LabTrend }
  | { kind: 'lab_result'; lab: LabResult }
  | { kind: 'vital_signs'; vital: VitalSigns }
  | { kind: 'medications'; list: Medications }
  | { kind: 'allergies'; list: Allergies }
  | { kind: 'conditions'; list: Conditions }
  | { kind: 'immunizations'; list: Immunizations }
  | { kind: 'care_plan'; plan: CarePlan }
  | { kind: 'report'; report: Report }
  | { kind: 'instructions'; instructions: Instructions }
  | { kind: 'image'; image: Image };

/** `undefined` for a kind or a shape that this page cannot show. */
export function readContent(kind: string, bytes: Uint8Array): Content | undefined {
  try {
    if (kind === 'image') return readPages(bytes);
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return shaped(kind, json as Partial<Record<string, unknown>>);
  } catch {
    return undefined;
  }
}

function shaped(kind: string, json: Partial<Record<string, unknown>>): Content | undefined {
  const has = (...lists: string[]) => lists.every((name) => Array.isArray(json[name]));
  const there = (name: string) => Boolean(json[name]);
  const as = <T>() => json as unknown as T;
  if (kind === 'lab_trend' && has('points') && there('newest')) return { kind, lab: as<LabTrend>() };
  if (kind === 'lab_result' && there('result')) return { kind, lab: as<LabResult>() };
  if (kind === 'vital_signs' && has('points', 'lines') && there('newest')) return { kind, vital: as<VitalSigns>() };
  if (kind === 'medications' && has('items')) return { kind, list: as<Medications>() };
  if (kind === 'allergies' && has('items')) return { kind, list: as<Allergies>() };
  if (kind === 'conditions' && has('items')) return { kind, list: as<Conditions>() };
  if (kind === 'immunizations' && has('due', 'given')) return { kind, list: as<Immunizations>() };
  if (kind === 'care_plan' && has('plans', 'goals')) return { kind, plan: as<CarePlan>() };
  if (kind === 'instructions' && has('parts')) return { kind, instructions: as<Instructions>() };
  if (kind === 'report' && there('title')) return { kind, report: as<Report>() };
  return undefined;
}

type PageHead = Omit<PageImage, 'bytes'> & { size: number };

/** One line of JSON, and after it the pages' bytes, one after the other. */
function readPages(bytes: Uint8Array): Content | undefined {
  const end = bytes.indexOf(0x0a);
  const head = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end))) as Omit<Image, 'pages'> & { pages: PageHead[] };
  let at = end + 1;
  const pages = head.pages.map(({ size, ...page }) => ({ ...page, bytes: bytes.slice(at, (at += size)) }));
  return end > 0 && pages.length > 0 && at === bytes.length ? { kind: 'image', image: { ...head, pages } } : undefined;
}
