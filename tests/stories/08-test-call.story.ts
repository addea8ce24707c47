// A technician holds a test call with the patient before the clinician sees them; "ready" changes the badge.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears } from "./support/media.ts";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

test("a test call ends ready and the badge changes", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  await patient.comesAsFarAsDevices();

  const technician = await house.technician();
  await expect(technician.row(visit)).toContainText(/not checked/i);
  await look(technician.page, "08-technician-list");
  await technician.startsTestCall(visit);
  await patient.joinsTheTestCall();
  await picture(patient.page, "08-patient-test-call");
  await technician.admits(visit);
  await expectSeesAndHears(technician.page);
  await expectSeesAndHears(patient.page);
  await look(technician.page, "08-technician-in-test-call");

  await technician.endsTestCall("Ready", "Front camera works after a restart");
  await patient.isBackFromTheTestCall();
  await expect(technician.row(visit)).toContainText(/ready|video/i);
  await picture(technician.page, "08-technician-after");

  const clinician = await house.clinician();
  await expect(clinician.row(visit)).toContainText(/Video/);
});
