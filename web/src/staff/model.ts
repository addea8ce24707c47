// What the gateway tells staff pages, in the words of its HTTP API.

export type Role = 'clinician' | 'support' | 'admin';

export interface Reason {
  code: string;
  en: string;
  es: string;
}

export interface Facility {
  id: string;
  slug: string;
  name: string;
  time_zone: string;
  phone: string;
  emergency_number: string;
  join_window_minutes: number;
  languages: string[];
  reasons: Reason[];
  relay_only: boolean;
}

export interface Me {
  id: string;
  name: string;
  role: Role;
  facility: Facility;
}

export interface StaffName {
  id: string;
  name: string;
  role: Role;
}

export interface Patient {
  id: string;
  name: string;
  born: string;
  phone?: string | null;
  mail?: string | null;
  language: string;
  record_id?: string | null;
}

export type Arrival = 'not_arrived' | 'arriving' | 'locked_out' | 'testing' | 'ready' | 'waiting' | 'in_visit' | 'left' | 'done';

export type Mode = 'video' | 'low_video' | 'sound_only' | 'phone' | 'not_checked';

export interface Readiness {
  mode: Mode;
  cause?: string | null;
  at?: number | null;
  device?: Device | null;
  /** "technician" where a test call settled it. */
  by?: string | null;
}

export interface Device {
  system?: string | null;
  browser?: string | null;
  phone?: boolean;
}

export type Outcome = 'ready' | 'use_the_phone' | 'needs_another_device';

export interface TestCall {
  visit: string;
  open: boolean;
  staff?: string | null;
  outcome?: Outcome | null;
  note?: string | null;
}

export type CompanionRole = 'caregiver' | 'interpreter';

export interface NewSeat {
  role: CompanionRole;
  name: string;
}

export interface SeatLine {
  seat: string;
  role: 'patient' | 'clinician' | 'support' | CompanionRole;
  name: string;
  link_state: string;
  state: 'expected' | 'waiting' | 'admitted' | 'left' | 'denied' | 'removed';
  /** Of a companion; the patient's stands with the visit. */
  arrival?: Arrival;
  waiting_since?: number | null;
  readiness?: Readiness;
}

export interface Visit {
  id: string;
  kind: 'clinical' | 'test_call';
  reason: string;
  reason_words: { en: string; es: string };
  starts_at: number;
  ends_at: number;
  starts_local: string;
  state: 'booked' | 'cancelled' | 'ended';
  late_minutes: number;
  clinician: { id: string; name: string };
  patient: { id: string; name: string; born: string; birth_year: number; phone?: string | null; language: string };
  seats: SeatLine[];
  arrival: Arrival;
  waiting_since?: number | null;
  readiness: Readiness;
  test_call?: TestCall | null;
}

export interface Day {
  date: string;
  now: number;
  visits: Visit[];
}

export interface SeatLink {
  seat: string;
  role: string;
  url: string;
}

export interface Booked {
  visit: Visit;
  links: SeatLink[];
}

export interface AddedSeat {
  visit: Visit;
  link: SeatLink;
}

export interface AuditLine {
  seq: number;
  at: number;
  actor: string;
  action: string;
  seat?: string | null;
  detail?: unknown;
}

export type ItemKind = 'lab_trend' | 'medications' | 'allergies';

export interface RecordItem {
  id: string;
  kind: ItemKind;
  title: string;
  subtitle?: string | null;
  newest_at?: string | number | null;
  flag?: 'high' | 'low' | 'normal' | null;
}

export interface RecordList {
  items: RecordItem[];
  skipped: number;
  source_available: boolean;
  /** Why there is nothing to show, in the language that was asked for. */
  note?: { word: string; sentence: string } | null;
}

export interface PreparedSnippet {
  manifest: string;
  signature: string;
  content: string;
}

/** A coming visit as a technician sees it: nothing clinical. */
export interface DeskVisit {
  id: string;
  starts_at: number;
  language: string;
  patient_name: string;
  patient_phone?: string | null;
  arrival: Arrival;
  screen?: string | null;
  readiness: Readiness;
  tests: number;
  help_asked_at?: number | null;
  test_call?: TestCall | null;
}
