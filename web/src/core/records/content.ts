// What is in a snippet, by kind. Signed by the gateway, so its shape is the gateway's promise.

export type Flag = 'normal' | 'high' | 'low';

export interface LabTrend {
  title: string;
  code_words: string;
  unit: string;
  reference: { low?: number; high?: number; words?: string };
  newest: { value: number; at: string; flag: Flag | null };
  points: { at: string; value: number; flag: Flag | null }[];
  place?: string;
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

export type Content = { kind: 'lab_trend'; lab: LabTrend } | { kind: 'medications'; list: Medications } | { kind: 'allergies'; list: Allergies };

/** `undefined` for a kind or a shape that this page cannot show. */
export function readContent(kind: string, bytes: Uint8Array): Content | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (kind === 'lab_trend' && Array.isArray((json as LabTrend).points) && (json as LabTrend).newest)
      return { kind, lab: json as LabTrend };
    if (kind === 'medications' && Array.isArray((json as Medications).items)) return { kind, list: json as Medications };
    if (kind === 'allergies' && Array.isArray((json as Allergies).items)) return { kind, list: json as Allergies };
  } catch {
    // Falls through: unreadable.
  }
  return undefined;
}
