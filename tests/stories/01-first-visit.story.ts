// A patient comes by the link, is checked, waits, is admitted; both see and hear each other.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears } from "./support/media.ts";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";
import { READINESS } from "./support/people.ts";

test("a patient who comes by the link is seen and heard in the end", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();

  await patient.opensTheLink();
  await patient.starts();
  await picture(patient.page, "01-patient-who-are-you");
  await patient.saysDateOfBirth();
  await picture(patient.page, "01-patient-before-you-start");
  await patient.goesOn();
  await picture(patient.page, "01-patient-camera-and-microphone");
  await patient.turnsOnCamera();
  await patient.answersTheSound();
  const verdict = await patient.readsAVerdict();
  await picture(patient.page, "01-patient-ready");
  await patient.goesOnAnyway();
  await picture(patient.page, "01-patient-waiting");
  // A worker that keeps an old page for later would show it to who comes back after an update.
  expect(await patient.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);

  await expect(clinician.row(visit)).toContainText(READINESS[verdict] ?? "no such verdict");
  await expect(clinician.row(visit)).toContainText(/waiting/i);
  await look(clinician.page, "01-clinician-today");
  await clinician.starts(visit);
  await picture(clinician.page, "01-clinician-visit-room");
  await clinician.admits(visit);
  await patient.showsTheirPicture();

  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  await look(patient.page, "01-patient-in-call");
  await look(clinician.page, "01-clinician-in-call");

  await clinician.endsForEveryone();
  await patient.seesTheEnd();
  await picture(patient.page, "01-patient-ended");
  await picture(clinician.page, "01-clinician-after");
});
