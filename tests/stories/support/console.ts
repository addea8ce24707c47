// What a technician reads of a patient's checks and can have done again, through the HTTP API: for stories about what a check finds.
import { expect } from "@playwright/test";
import type { Booking, Clinic } from "./clinic.ts";

export interface Row {
  name: string;
  outcome: "pass" | "warn" | "fail" | "not_checked";
  cause?: string;
  values: Record<string, number>;
}

/** One run of the check as the gateway keeps it. */
export interface Found {
  id: string;
  finished_at?: number;
  mode: string;
  cause?: string;
  checks: Row[];
}

export class Console {
  constructor(private readonly clinic: Clinic) {}

  /** The newest run, when it is over and is not `before`. */
  async found(visit: Booking, before?: Found): Promise<Found> {
    let newest: Found | undefined;
    const over = async () => {
      newest = (await this.tests(visit))[0];
      return newest !== undefined && newest.id !== before?.id && newest.finished_at !== undefined;
    };
    await expect.poll(over, { timeout: 90_000, message: "a run of the check ends" }).toBe(true);
    return newest!;
  }

  /** The patient's page does this step once more; what all is known then. */
  async runsAgain(visit: Booking, check: string): Promise<Found> {
    const before = await this.found(visit);
    await this.asksFor(visit, check);
    return this.found(visit, before);
  }

  /** This row of the newest run, as soon as it has come. */
  async row(visit: Booking, name: string): Promise<Row | undefined> {
    return (await this.tests(visit))[0]?.checks.find((check) => check.name === name);
  }

  /** A run after `before` has come to the measuring of media. */
  async measures(visit: Booking, before: Found): Promise<void> {
    const found = async () => {
      const newest = (await this.tests(visit))[0];
      return newest !== undefined && newest.id !== before.id && newest.checks.some(({ name }) => name === "path");
    };
    await expect.poll(found, { timeout: 60_000 }).toBe(true);
  }

  async asksFor(visit: Booking, check: string): Promise<void> {
    await this.clinic.call("POST", `/support/visits/${visit.visit}/run-check`, { check });
  }

  private async tests(visit: Booking): Promise<Found[]> {
    return (await this.clinic.call<{ tests: Found[] }>("GET", `/support/visits/${visit.visit}`)).tests;
  }
}

export function row({ checks }: Found, name: string): Row {
  const found = checks.find((check) => check.name === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
}

/** What is not well, with its figures, for the log. */
export function measuredRows({ checks }: Found): string {
  return checks.filter(({ outcome }) => outcome !== "pass").map(({ name, outcome, cause = "", values }) => `${name} ${outcome} ${cause} ${JSON.stringify(values)}`).join("; ");
}

/** What a machine with too much to do finds of its own network: these may outweigh a fault, and then they are the cause. */
const OF_A_BUSY_MACHINE = ["lossy_internet", "slow_internet", "delayed_internet", "uneven_internet", "rough_sound", "camera_slow", "busy_phone", "network_not_measured"];
const HEAVY_FIRST = ["phone", "not_checked", "sound_only", "low_video", "video"];

/** What a test may name: one word, or one of several where a fault stands on the edge; null names nothing. */
type Cause = string | null;

/** The verdict is this one, or a heavier one with its own stated cause. */
export function expectVerdict(found: Found, expected: { mode: string; cause: Cause | Cause[] }): void {
  const { mode, cause = null } = found;
  const named = [expected.cause].flat();
  console.log(`    ${named.join(" or ")}: ${mode}, ${cause}`);
  if (mode === expected.mode && named.includes(cause)) return;
  expect(OF_A_BUSY_MACHINE, measuredRows(found)).toContain(cause);
  expect(HEAVY_FIRST.indexOf(mode), measuredRows(found)).toBeLessThanOrEqual(HEAVY_FIRST.indexOf(expected.mode));
}
