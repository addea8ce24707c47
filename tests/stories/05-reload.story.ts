// A reload costs nothing: the place in the waiting room is kept, and the call comes back, here through the relay alone. And a patient
// who says no is not shown the record.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears, flow } from "./support/media.ts";
import { House } from "./support/house.ts";
import { picture } from "./support/look.ts";
import type { Clinician, Patient } from "./support/people.ts";

test("with relay only, a patient who reloads keeps the place and gets the call back, and says no to the record", async () => {
  await using house = await House.open();
  await house.setRelayOnly();
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
  await talkThroughTheRelay(patient, clinician);

  await patient.page.reload();
  await patient.comesBackToTheCall();
  await talkThroughTheRelay(patient, clinician);

  await clinician.opensTheRecord();
  await clinician.shows(/Blood sugar over three months/);
  await patient.isAskedToSeeTheRecord();
  await patient.refusesToSeeTheRecord();
  await clinician.readsThatThePatientSaidNo();
  await picture(clinician.page, "05-clinician-refused");
  await expect(patient.snippet()).toBeHidden();
  expect(await house.clinic.auditOf(visit)).not.toContain("snippet.shown");
});

async function talkThroughTheRelay(patient: Patient, clinician: Clinician): Promise<void> {
  for (const { page } of [patient, clinician]) {
    await expectSeesAndHears(page);
    const { localCandidate, remoteCandidate } = await flow(page);
    expect([localCandidate, remoteCandidate]).toEqual(["relay", "relay"]);
  }
}
