// What the gateway tells staff pages, by the names that these pages use. The shapes are the gateway's own, generated.
import type { components } from '../generated/api';

type Schemas = components['schemas'];

export type Role = Schemas['StaffRole'];
export type Reason = Schemas['Reason'];
export type Facility = Schemas['Facility'];
export type Me = Schemas['Me'];
export type StaffName = Schemas['Member'];
export type Patient = Schemas['Patient'];
export type Arrival = Schemas['Arrival'];
export type Mode = Schemas['Mode'];
export type Readiness = Schemas['Readiness'];
export type Device = Schemas['TestedDevice'];
export type Channel = Schemas['NoticeChannel'];
export type Told = Schemas['Told'];
export type Connections = Schemas['Connections'];
export type TestReport = Schemas['TestReport'];
export type Outcome = Schemas['TestCallOutcome'];
export type TestCall = Schemas['VisitTestCall'];
export type CompanionRole = Extract<Schemas['SeatRole'], 'caregiver' | 'interpreter'>;
export type NewSeat = Schemas['NewSeat'] & { role: CompanionRole };
export type Language = Schemas['Language'];
export type SeatLine = Schemas['VisitSeat'];
export type Visit = Schemas['Visit'];
export type Day = Schemas['Day'];
export type SeatLink = Schemas['SeatLink'];
export type Booked = Schemas['Booked'];
export type AddedSeat = Schemas['AddedSeat'];
export type AuditLine = Schemas['AuditEntry'];
export type ItemKind = Schemas['ItemKind'];
export type RecordItem = Schemas['ListedItem'];
export type Timeline = Schemas['Timeline'];
export type ShownItem = Schemas['ShownItem'];
export type RecordList = Schemas['RecordView'];
export type PreparedSnippet = Schemas['PreparedSnippet'];
export type NewInstructions = Schemas['WriteInstructions'];
export type Desk = Schemas['Desk'];
/** A clinic that a technician serves. */
export type DeskFacility = Schemas['DeskFacility'];
/** A coming visit as a technician sees it: nothing clinical. */
export type DeskVisit = Schemas['DeskVisit'];
export type DeskState = Schemas['DeskState'];
export type DeskColleague = Schemas['DeskColleague'];
/** One of them as a technician works on it. */
export type DeskSession = Schemas['DeskSession'];
export type EquipmentTest = Schemas['EquipmentTest'];
export type Check = Schemas['Check'];
export type CheckName = Schemas['CheckName'];
