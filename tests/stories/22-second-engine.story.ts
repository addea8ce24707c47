// The main story across two engines: the patient in Firefox, the clinician in Chromium.
import { join } from "node:path";
import { test } from "@playwright/test";
import type { Booking } from "./support/clinic.ts";
import { Firefox } from "./support/firefox.ts";
import type { FirefoxPage } from "./support/firefox-page.ts";
import { REPOSITORY } from "./support/gateway.ts";
import { House } from "./support/house.ts";
import { expectSeesAndHears, watchConnections } from "./support/media.ts";

test("a patient in Firefox and a clinician in Chromium see and hear each other, and look at the record", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const clinician = await house.clinician();
  await using firefox = await Firefox.open();
  const patient = await firefox.page(watchConnections);

  await comesToTheWaitingRoom(patient, visit);
  await keepsPicture(patient, "waiting");

  await clinician.starts(visit);
  await clinician.admits(visit);
  // Where the check found little, the call begins with sound alone.
  if ((await patient.shows("Start video", "Stop video")) === "Start video") await patient.taps("Start video");
  await expectSeesAndHears(clinician.page);
  await expectSeesAndHears(patient);
  await keepsPicture(patient, "call");

  await clinician.opensTheRecord();
  await clinician.shows(/Blood sugar over three months/);
  await patient.taps("Yes, show me");
  await patient.shows("Blood sugar over three months");
  await clinician.seesThatItWasSeen();
  await keepsPicture(patient, "record");

  await clinician.endsForEveryone();
  await patient.shows("Your visit has ended");
  await keepsPicture(patient, "ended");
});

async function comesToTheWaitingRoom(patient: FirefoxPage, visit: Booking): Promise<void> {
  await patient.goes(visit.link);
  await patient.taps("Start");
  await patient.shows("What is your date of birth?");
  const [year = "", month = "", day = ""] = visit.patient.born.split("-");
  for (const [field, text] of [["month", month], ["day", day], ["year", year]] as const) await patient.types(`#born-${field}`, text);
  await patient.taps("Continue");
  await patient.shows("Your visit with");
  await patient.taps("Continue");
  await patient.taps("Turn on camera and microphone");
  await patient.taps("Continue anyway", "Continue");
  await patient.shows("You're checked in");
}

function keepsPicture(page: FirefoxPage, name: string): Promise<void> {
  return page.picture(join(REPOSITORY, `target/stories/22-firefox-${name}.png`));
}
