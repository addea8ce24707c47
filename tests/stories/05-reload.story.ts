// A reload costs nothing: the place in the waiting room is kept, and the call comes back.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears } from "./support/media.ts";
import { House } from "./support/house.ts";

test("a patient who reloads keeps the place and gets the call back", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();

  await patient.comesToTheWaitingRoom();
  const since = await house.clinic.waitingSince(visit);
  await patient.page.reload();
  await patient.isWaiting();
  expect(await house.clinic.waitingSince(visit)).toBe(since);

  await clinician.starts(visit);
  await clinician.admits(visit);
  await expectSeesAndHears(patient.page);

  await patient.page.reload();
  await patient.comesBackToTheCall();
  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
});
