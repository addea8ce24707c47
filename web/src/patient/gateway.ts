// What the patient's page asks of the gateway before and beside the visit's own connection.
import { api } from '../core/api';
import type { CheckReport } from '../core/checks/runner';
import type { MediaWay } from '../core/checks/types';
import type { components } from '../generated/api';
import type { SeatId, SnippetId } from '../generated/signaling';

type Schemas = components['schemas'];

export type Step = Schemas['Step'];
export type Readiness = Schemas['Readiness'];
export type Mode = Schemas['Mode'];
export type Verdict = Schemas['Verdict'];
export type BirthDate = Schemas['BirthDate'];
export type EquipmentTest = Schemas['StartedTest'];
export type Facility = Schemas['PublicFacility'];
export type PhoneKind = Schemas['TestedDevice'];
export type JoinState = Schemas['JoinState'];
export type SeatPage = Schemas['SeatPage'];
export type Help = Schemas['HelpPlace'];
export type HelpScreen = Schemas['HelpScreen'];

export const look = (ref: string, secret: string) => api<JoinState>('POST', `/join/${ref}/look`, { secret });
export const redeem = (ref: string, secret: string) => api<JoinState>('POST', `/join/${ref}`, { secret });
export const seatPage = (seat: SeatId) => api<SeatPage>('GET', `/seats/${seat}`);
export const askToBeLetIn = (seat: SeatId) => api<void>('POST', `/seats/${seat}/ask`);
export const getHelp = (seat: SeatId, screen: HelpScreen, cause: string | undefined) =>
  api<JoinState>('POST', `/seats/${seat}/help`, { screen, ...(cause ? { cause } : {}) });
export const neverMind = (seat: SeatId) => api<JoinState>('DELETE', `/seats/${seat}/help`);
/** Before a seat is taken the link's secret says who asks. */
export const getHelpByLink = (ref: string, secret: string) => api<JoinState>('POST', `/join/${ref}/help`, { secret });
export const neverMindByLink = (ref: string, secret: string) => api<JoinState>('POST', `/join/${ref}/help/withdraw`, { secret });
export const noteKept = (seat: SeatId, snippet: SnippetId) => api<void>('POST', `/seats/${seat}/snippets/${snippet}/kept`);
export const rate = (seat: SeatId, rating: number) => api<void>('POST', `/seats/${seat}/feedback`, { rating });

export const identify = (seat: SeatId, born: BirthDate) => api<SeatPage>('POST', `/seats/${seat}/identify`, born);

export const beginTest = (seat: SeatId) => api<EquipmentTest>('POST', `/seats/${seat}/equipment-tests`);
export const noteTest = (seat: SeatId, test: string, checks: readonly CheckReport[]) =>
  api<void>('PATCH', `/seats/${seat}/equipment-tests/${test}`, { checks });
export const openMedia = (seat: SeatId, test: string, way: MediaWay, offer: string) =>
  api<{ answer: string }>('POST', `/seats/${seat}/equipment-tests/${test}/media`, { way, offer });
export const reportTest = (seat: SeatId, test: string, checks: readonly CheckReport[], device: PhoneKind) =>
  api<{ verdict: Verdict }>('PUT', `/seats/${seat}/equipment-tests/${test}`, { checks, device });
