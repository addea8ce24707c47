// The walk of docs/SUPPORT.md: a failed check asks for help, one of two technicians takes it, and the visit ends up ready.
import { expect, test } from "@playwright/test";
import { House } from "./support/house.ts";
import { look, lookDark, picture } from "./support/look.ts";
import { textsSent } from "./support/texts.ts";

test("a failed check is helped until the clinician reads that the patient is ready", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(20 * 60);
  const sam = await house.technician();
  const tess = await house.technician(await house.anotherTechnician());
  const patient = await house.patient(visit, { mood: "refusing" });

  // Camera and microphone are blocked and the patient goes on anyway: only the telephone is left.
  await patient.comesAsFarAsDevices();
  await patient.failsTheCheck();
  await patient.sees(/A technician will help you/);
  await picture(patient.page, "15-patient-asks");
  for (const technician of [sam, tess]) await expect(technician.row(visit)).toContainText("Needs help");
  await look(sam.page, "15-queue");

  await sam.claims(visit);
  await expect(tess.row(visit)).toContainText("Sam");
  await tess.opensVisit(visit);
  await expect(tess.page.getByRole("heading", { name: /has this/ })).toBeVisible();
  await expect(tess.page.getByRole("button", { name: "Start test call" })).toBeHidden();
  await patient.sees(/is helping you now/);
  await look(sam.page, "15-visit");

  await sam.textsTheSteps();
  await expect.poll(() => textsSent(house.gateway)).toContainEqual(expect.stringContaining("555-0100"));

  // The patient allows what was blocked; the technician has the page run the step, and sees the new value by itself.
  await expect(sam.check("Microphone")).toContainText("Failed");
  await patient.page.context().grantPermissions(["camera", "microphone"]);
  await sam.runsAgain("Microphone");
  await expect(sam.check("Microphone")).toContainText(/dB/, { timeout: 60_000 });

  await sam.startsTestCall(visit);
  await patient.joinsTheTestCall();
  await sam.admits(visit);
  await sam.endsTestCall("Ready", "Camera and microphone allowed in the settings");
  await patient.isBackFromTheTestCall();
  await expect(sam.row(visit)).toContainText("Passed");

  const clinician = await house.clinician();
  await expect(clinician.row(visit)).toContainText(/Video/);
});

test("a patient gets help from the first page, days before, from a technician who has no mouse", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(3 * 24 * 60 * 60);
  const patient = await house.patient(visit);
  await patient.opensTheLink();
  await patient.getsHelp();
  await patient.sees(/Nobody is at the help desk now/);
  const sam = await house.technician();
  await patient.sees(/You're next/);
  await picture(patient.page, "15-patient-help-landing");
  await expect(sam.row(visit)).toContainText("Patient asks");

  await sam.pressesByKeys("Take the next one");
  await expect(sam.page.getByRole("heading", { level: 1, name: visit.patient.name })).toBeVisible();
  await expect(sam.page.getByRole("main"), "keys go on where the visit begins").toBeFocused();
  await patient.sees(/A technician is helping you now/);
  await patient.page.getByRole("button", { name: "Never mind" }).click();
  await expect(patient.page.getByRole("button", { name: "Get help" })).toBeVisible();
  await expect(sam.page.getByRole("heading", { name: "Nobody has this yet" })).toBeVisible();

  await sam.pressesByKeys("Claim");
  await sam.saysHowItEndedByKeys("Use the phone", "No camera at home");
  await sam.pressesByKeys("Help desk");
  await expect(sam.row(visit)).toContainText("Phone only");
  await sam.pressesByKeys(visit.patient.name);
  await expect(sam.page.getByText("No camera at home")).toBeVisible();
});

test("a full day stays readable, and is filtered by state, time and clinic", async () => {
  await using house = await House.open();
  const visits = await house.clinic.bookMany(40, 10 * 60);
  const sam = await house.technician();
  for (const visit of visits.filter((_, place) => place % 6 === 2)) await house.clinic.call("POST", `/visits/${visit.visit}/help`, {});
  for (const [place, visit] of visits.entries()) {
    if (place % 8 === 3) await sam.settles(visit, place % 16 === 3 ? "ready" : "use_the_phone");
  }
  await sam.page.reload();
  await expect(sam.row(visits[39]!)).toBeVisible();
  await look(sam.page, "15-queue-full");

  await sam.page.getByRole("button", { name: /^Needs help/ }).click();
  await expect(sam.row(visits[2]!)).toBeVisible();
  await expect(sam.row(visits[0]!)).toBeHidden();
  await sam.page.getByLabel("Time to the visit").selectOption("Within the hour");
  await expect(sam.row(visits[14]!)).toBeHidden();
  await expect(sam.page.getByLabel("Clinic"), "one clinic leaves nothing to choose").toBeHidden();

  // The desk serves a second clinic too. Its visits come in by themselves, behind the bar, and it can be looked at alone.
  const south = await house.freshClinic(await house.anotherFacility());
  await house.helpsAtSouth("sam");
  await sam.page.reload();
  await expect(sam.page.getByLabel("Clinic")).toBeVisible();
  const theirs = await south.book(25 * 60);
  await sam.page.getByRole("button", { name: /1 new/ }).click();
  await expect(sam.row(theirs)).toContainText("South Clinic");
  await picture(sam.page, "15-queue-two-clinics");
  await sam.page.getByRole("button", { name: "Español" }).click();
  await expect(sam.page.getByLabel("Clínica")).toBeVisible();
  await lookDark(sam.page, "15-queue-two-clinics-dark-es");
  await sam.page.getByRole("button", { name: "English" }).click();
  await sam.page.getByLabel("Clinic").selectOption("South Clinic");
  await expect(sam.row(visits[2]!)).toBeHidden();
  await sam.claims(theirs);
  await expect(sam.page.locator(".session-head")).toContainText("South Clinic");
  await picture(sam.page, "15-visit-of-another-clinic");
  await sam.page.getByRole("button", { name: "Help desk" }).click();
  await expect(sam.row(theirs)).toContainText("Yours");
  await expect(sam.row(visits[2]!), "what was chosen stays").toBeHidden();
});
