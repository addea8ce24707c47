// One gateway, its clinic, and the people who come: everything a story opens is closed again with it.
import { request, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { chromiumIn, DESKTOP, PHONE, profile, type Mood } from "./browser.ts";
import { Clinic, PASSWORD, type Booking, type Companion } from "./clinic.ts";
import { Console } from "./console.ts";
import { Gateway } from "./gateway.ts";
import type { Transport } from "./media.ts";
import { Clinician, Guest, Patient, Technician } from "./people.ts";

export class House implements AsyncDisposable {
  private readonly profiles: BrowserContext[] = [];
  private readonly clinics: Clinic[] = [];

  private constructor(
    readonly gateway: Gateway,
    readonly clinic: Clinic,
  ) {
    this.clinics.push(clinic);
  }

  static async open(settings: Record<string, string> = {}): Promise<House> {
    return House.at(await Gateway.open(settings));
  }

  /** With a gateway that runs already, and is closed with it. */
  static async at(gateway: Gateway): Promise<House> {
    const house = new House(gateway, await Clinic.of(gateway));
    await house.setFacility({ time_zone: zoneWhereItIsNoon() });
    return house;
  }

  async patient(visit: Booking, { mood, network, ...phone }: BrowserContextOptions & { mood?: Mood; network?: Transport } = {}): Promise<Patient> {
    const context = await this.profile({ ...PHONE, ...phone }, { mood, network });
    return new Patient(await context.newPage(), visit);
  }

  /** Somebody who comes along, by a link of their own. */
  async companion(companion: Companion): Promise<Guest> {
    const context = await this.profile(PHONE);
    return new Guest(await context.newPage(), companion);
  }

  /** Somebody with a phone and no booking of their own. */
  stranger(): Promise<Patient> {
    return this.patient({ visit: "", seat: "", link: `${this.gateway.url}/`, patient: { id: "", name: "", born: "2000-01-01" } });
  }

  async clinician(login = "patel", network?: Transport): Promise<Clinician> {
    const context = await this.desk(network);
    const clinician = new Clinician(await context.newPage(), this.gateway.url);
    await clinician.signsIn(login);
    return clinician;
  }

  async technician(login = "sam"): Promise<Technician> {
    const context = await this.desk();
    const technician = new Technician(await context.newPage(), this.gateway.url);
    await technician.signsIn(login);
    return technician;
  }

  /** A technician's console without its screens. */
  async console(): Promise<Console> {
    const clinic = await Clinic.of(this.gateway, "sam");
    this.clinics.push(clinic);
    return new Console(clinic);
  }

  /** A second technician of the same clinic: their login. */
  async anotherTechnician(): Promise<string> {
    await this.gateway.command(["staff", "add", "--login", "tess", "--name", "Tess Hall", "--role", "support", "--facility", "demo"], `${PASSWORD}\n`);
    return "tess";
  }

  /** Both people in the call, each seeing the other. */
  async inCall(visit: Booking): Promise<{ patient: Patient; clinician: Clinician }> {
    const people = { patient: await this.patient(visit), clinician: await this.clinician() };
    await this.meet(visit, people);
    return people;
  }

  /** These two, wherever they are, come into the call. */
  async meet(visit: Booking, { patient, clinician }: { patient: Patient; clinician: Clinician }): Promise<void> {
    await patient.comesToTheWaitingRoom();
    await clinician.starts(visit);
    await clinician.admits(visit);
    await patient.isInTheCall();
  }

  /** A booking clerk who has just signed in: after a restart, or of another facility. */
  async freshClinic(login = "patel"): Promise<Clinic> {
    const clinic = await Clinic.of(this.gateway, login);
    this.clinics.push(clinic);
    return clinic;
  }

  /** The technician serves the second facility too. */
  async helpsAtSouth(login: string): Promise<void> {
    await this.gateway.command(["staff", "serve", "--login", login, "--facility", "south"]);
  }

  /** The administrator decides that nobody may learn another's address. */
  async setRelayOnly(): Promise<void> {
    await this.setFacility({ relay_only: true });
  }

  /** The administrator opens visits so many minutes before they start. */
  async opensAhead(minutes: number): Promise<void> {
    await this.setFacility({ join_window_minutes: minutes });
  }

  private async setFacility(change: object): Promise<void> {
    const admin = await Clinic.of(this.gateway, "admin");
    this.clinics.push(admin);
    await admin.call("PATCH", "/facility", change);
  }

  /** A second facility on the same gateway, with one clinician: their login. */
  async anotherFacility(): Promise<string> {
    await this.gateway.command(["facility", "add", "south", "--name", "South Clinic", "--time-zone", "America/New_York", "--phone", "555-0199"]);
    await this.gateway.command(["staff", "add", "--login", "sue", "--name", "Dr. Sue", "--role", "clinician", "--facility", "south"], `${PASSWORD}\n`);
    return "sue";
  }

  /** What the gateway answers to a bare redeem of a link, without a page. */
  async redeem(link: string): Promise<{ status: number; body: string }> {
    const { pathname, hash } = new URL(link);
    const api = await request.newContext({ baseURL: this.gateway.url, ignoreHTTPSErrors: true, extraHTTPHeaders: { Origin: this.gateway.url } });
    const answer = await api.post(`/api/v1${pathname.replace("/j/", "/join/")}`, { data: { secret: hash.slice(1) } });
    const result = { status: answer.status(), body: await answer.text() };
    await api.dispose();
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.profiles.map((context) => context.close()));
    for (const clinic of this.clinics) await clinic.close();
    await this.gateway.close();
  }

  /** A staff computer, where camera and microphone were allowed long ago. */
  private async desk(network?: Transport): Promise<BrowserContext> {
    const context = await this.profile(DESKTOP, { network });
    await context.grantPermissions(["camera", "microphone"], { origin: this.gateway.url });
    return context;
  }

  private async profile(options: BrowserContextOptions, { mood, network }: { mood?: Mood | undefined; network?: Transport | undefined } = {}): Promise<BrowserContext> {
    const context = await profile(await chromiumIn(mood), options, network);
    this.profiles.push(context);
    return context;
  }
}

/** A visit in half an hour is today's, whenever the stories are told. */
function zoneWhereItIsNoon(): string {
  const east = 12 - new Date().getUTCHours();
  return `Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}`;
}
