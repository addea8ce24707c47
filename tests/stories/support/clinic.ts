// The clinic as its booking clerk knows it: books visits through the HTTP API of a running gateway.
import { request, type APIRequestContext } from "@playwright/test";
import type { Gateway } from "./gateway.ts";

export const PASSWORD = "housecall demo";

export interface Booking {
  visit: string;
  patient: { id: string; name: string; born: string };
  link: string;
  seat: string;
}

/** Who comes along with a link of their own. */
export interface Companion {
  role: "caregiver" | "interpreter";
  name: string;
  link: string;
}

interface Link {
  seat: string;
  role: string;
  url: string;
}

interface Patient {
  id: string;
  name: string;
  born: string;
}

/** Each booking is somebody else's, so that rows can be told apart. */
const NAMES = ["Ruth Abbott", "Edna Moore", "Walter Finch"];
const GIVEN = ["Ada", "Bruno", "Carmen", "Daniel", "Elena", "Frank", "Grace", "Hector"];
const FAMILY = ["Alvarez", "Brooks", "Castillo", "Dunn", "Ellis"];

export class Clinic {
  private booked = 0;

  private constructor(private readonly api: APIRequestContext) {}

  static async of(gateway: Gateway, login = "patel"): Promise<Clinic> {
    const api = await request.newContext({ baseURL: gateway.url, ignoreHTTPSErrors: true, extraHTTPHeaders: { Origin: gateway.url } });
    const clinic = new Clinic(api);
    await clinic.call("POST", "/staff/sign-in", { login, password: PASSWORD });
    return clinic;
  }

  /** Books a visit of this clinician for a new patient with a record, at the first full minute so many seconds from now. */
  async book(startsInSeconds: number, language = "en"): Promise<Booking> {
    return (await this.bookWith(startsInSeconds, language, [])).visit;
  }

  /** The same with an interpreter. */
  async bookWithInterpreter(startsInSeconds: number, name: string, language = "en"): Promise<{ visit: Booking; interpreter: Companion }> {
    const { visit, links } = await this.bookWith(startsInSeconds, language, [{ role: "interpreter", name }]);
    const own = links.find((link) => link.role === "interpreter");
    if (!own) throw new Error("no interpreter's link");
    return { visit, interpreter: { role: "interpreter", name, link: own.url } };
  }

  /** A full day: one visit after the other, each of somebody else. */
  async bookMany(howMany: number, firstInSeconds: number): Promise<Booking[]> {
    const booked: Booking[] = [];
    for (let place = 0; place < howMany; place++) {
      const name = `${GIVEN[place % GIVEN.length]} ${FAMILY[Math.floor(place / GIVEN.length) % FAMILY.length]}`;
      booked.push((await this.bookWith(firstInSeconds + place * 15 * 60, place % 4 === 1 ? "es" : "en", [], name)).visit);
    }
    return booked;
  }

  private async bookWith(startsInSeconds: number, language: string, seats: Omit<Companion, "link">[], name = NAMES[this.booked++ % NAMES.length]): Promise<{ visit: Booking; links: Link[] }> {
    const patient = await this.call<Patient>("POST", "/patients", {
      name,
      born: "1948-03-12",
      phone: "555-0142",
      mail: null,
      language,
      record_id: "patient-1",
    });
    return this.bookFor(patient, startsInSeconds, seats);
  }

  /** Another visit of the same patient. */
  async bookAgain({ patient }: Booking, startsInSeconds: number): Promise<Booking> {
    return (await this.bookFor(patient, startsInSeconds, [])).visit;
  }

  private async bookFor(patient: Patient, startsInSeconds: number, seats: Omit<Companion, "link">[]): Promise<{ visit: Booking; links: Link[] }> {
    const me = await this.call<{ id: string; facility: { time_zone: string; reasons: { code: string }[] } }>("GET", "/staff/me");
    const booked = await this.call<{ visit: { id: string }; links: Link[] }>("POST", "/visits", {
      patient_id: patient.id,
      clinician_id: me.id,
      reason: me.facility.reasons[0]?.code,
      starts_at: wallTime(nextMinute(Date.now() + startsInSeconds * 1000), me.facility.time_zone),
      length_minutes: 15,
      seats,
    });
    const own = booked.links.find((link) => link.role === "patient");
    if (!own) throw new Error("no patient link");
    return { visit: { visit: booked.visit.id, patient, link: own.url, seat: own.seat }, links: booked.links };
  }

  /** A new link for the patient; the old one is superseded. */
  async reissue({ visit, seat }: Booking): Promise<string> {
    return (await this.call<{ url: string }>("POST", `/visits/${visit}/seats/${seat}/link`)).url;
  }

  async cancel({ visit }: Booking): Promise<void> {
    await this.call("POST", `/visits/${visit}/cancel`);
  }

  /** What the audit says was done in this visit, in order. */
  async auditOf({ visit }: Booking): Promise<string[]> {
    return (await this.entriesOf({ visit })).map((entry) => entry.action);
  }

  entriesOf({ visit }: Pick<Booking, "visit">): Promise<{ action: string; detail: Record<string, unknown> }[]> {
    return this.call("GET", `/visits/${visit}/audit`);
  }

  /** Since when the patient has waited, UTC milliseconds. */
  async waitingSince({ visit }: Booking): Promise<number | undefined> {
    return (await this.call<{ waiting_since?: number }>("GET", `/visits/${visit}`)).waiting_since;
  }

  async call<T>(method: string, path: string, data?: unknown): Promise<T> {
    const answer = await this.api.fetch(`/api/v1${path}`, { method, ...(data === undefined ? {} : { data }) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    const body = await answer.text();
    return (body === "" ? undefined : JSON.parse(body)) as T;
  }

  async close(): Promise<void> {
    await this.api.dispose();
  }
}

function nextMinute(moment: number): number {
  return Math.ceil(moment / 60_000) * 60_000;
}

/** The clock on the clinic's wall. */
function wallTime(moment: number, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return format.format(moment).replace(" ", "T");
}
