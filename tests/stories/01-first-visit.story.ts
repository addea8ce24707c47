// A patient comes early, is let into the check when the window opens, waits, is admitted; both see and hear each other.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears, flow } from "./support/media.ts";
import { House } from "./support/house.ts";
import { look } from "./support/look.ts";
import { READINESS } from "./support/people.ts";

test("a patient who comes early is seen and heard in the end", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(JOIN_WINDOW_S + 8);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();

  await patient.opensTheLink();
  await expect(patient.page.getByRole("heading", { name: /Your visit is at/ })).toBeVisible();
  await look(patient.page, "01-patient-early");

  await patient.starts();
  await look(patient.page, "01-patient-who-are-you");
  await patient.saysDateOfBirth();
  await look(patient.page, "01-patient-before-you-start");
  await patient.goesOn();
  await look(patient.page, "01-patient-camera-and-microphone");
  await patient.turnsOnCamera();
  await patient.answersTheSound();
  const verdict = await patient.readsAVerdict();
  await look(patient.page, "01-patient-ready");
  await patient.goesOnAnyway();
  await look(patient.page, "01-patient-waiting");

  await expect(clinician.row(visit)).toContainText(READINESS[verdict] ?? "no such verdict");
  await expect(clinician.row(visit)).toContainText(/waiting/i);
  await look(clinician.page, "01-clinician-today");
  await clinician.starts(visit);
  await look(clinician.page, "01-clinician-visit-room");
  await clinician.admits(visit);
  await patient.showsTheirPicture();

  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  await look(patient.page, "01-patient-in-call");
  await look(clinician.page, "01-clinician-in-call");

  await clinician.endsForEveryone();
  await patient.seesTheEnd();
  await look(patient.page, "01-patient-ended");
  await look(clinician.page, "01-clinician-after");
});

test("with relay only, both sides talk through the relay", async () => {
  await using house = await House.open();
  await house.setRelayOnly();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);

  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  for (const page of [patient.page, clinician.page]) {
    const { localCandidate, remoteCandidate } = await flow(page);
    expect([localCandidate, remoteCandidate]).toEqual(["relay", "relay"]);
  }
});

/** The demo clinic opens its visits half an hour ahead. */
const JOIN_WINDOW_S = 30 * 60;
