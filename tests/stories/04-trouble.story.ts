// What is wrong with the equipment is said in its own words, changes the mode, shows on Today, and never locks anyone out.
import { expect, test } from "@playwright/test";
import { House } from "./support/house.ts";
import { picture } from "./support/look.ts";

test("a patient whose camera is blocked is told how to open it and can still join by sound", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit, { mood: "refusing" });
  const clinician = await house.clinician();

  await patient.comesAsFarAsDevices();
  await patient.asksForCamera();
  await expect(patient.page.getByText(/camera is blocked/i).first()).toBeVisible();
  await picture(patient.page, "04-camera-blocked");

  await patient.joinsWithoutCamera();
  await patient.goesOnAnyway();
  await expect(clinician.row(visit)).toContainText(/camera/i);
  await picture(clinician.page, "04-today-camera-blocked");
});

test("a silent microphone is noticed, named on Today, and does not lock the patient out", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit, { mood: "silent" });
  const clinician = await house.clinician();

  await patient.comesAsFarAsDevices();
  await patient.turnsOnCamera();
  await patient.sees(/can't hear you/i);
  await picture(patient.page, "04-silent-microphone");
  await patient.goesOnAnyway();

  await expect(clinician.row(visit)).toContainText(/microphone/i);
  await picture(clinician.page, "04-today-silent-microphone");
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
});

test("a network that cannot reach the relay is named, and the visit is still joined", async () => {
  await using house = await House.open({ HOUSECALL_RELAY__EMBEDDED: "false" });
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();

  await patient.comesAsFarAsDevices();
  await patient.turnsOnCamera();
  await patient.answersTheSound();
  await patient.sees(/phone call/i);
  await picture(patient.page, "04-no-path");
  await patient.goesOnAnyway();

  await expect(clinician.row(visit)).toContainText(/relay not reached|internet blocks/i);
  await picture(clinician.page, "04-today-no-path");
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
});

test("where no path can be made at all both read so, and the visit goes on by telephone", async () => {
  await using house = await House.open({ HOUSECALL_RELAY__EMBEDDED: "false" });
  const visit = await house.clinic.book(60);
  await house.setRelayOnly();
  const patient = await house.patient(visit);
  const clinician = await house.clinician();

  await patient.comesAsFarAsDevices();
  await patient.turnsOnCamera();
  await patient.goesOnAnyway();
  await clinician.starts(visit);
  await clinician.admits(visit);
  await expect(patient.page.getByText("We can't reach Dr. Patel over the internet yet")).toBeVisible({ timeout: 60_000 });
  await expect(clinician.page.getByText("Can't connect yet")).toBeVisible();
  await expect(clinician.page.getByText(`No path to ${visit.patient.name} works so far`)).toBeVisible();
  await picture(patient.page, "04-no-path-in-the-call");
  await picture(clinician.page, "04-clinician-no-path");
  await patient.page.getByRole("button", { name: "Call me instead" }).click();
  await expect(clinician.page.getByText(`Call ${visit.patient.name}`)).toBeVisible();
});
