// The clinician shows a lab trend; the patient agrees, sees chart and table; the audit knows; it is gone when withdrawn.
import { expect, test } from "@playwright/test";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

test("a lab trend is shown after consent, and gone within a second of being withdrawn", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);

  await clinician.opensTheRecord();
  await look(clinician.page, "03-clinician-record-panel");
  await clinician.shows(/Blood sugar over three months/);

  await patient.isAskedToSeeTheRecord();
  await picture(patient.page, "03-patient-consent");
  await patient.agreesToSeeTheRecord();

  await expect(patient.snippet()).toContainText(/Blood sugar over three months/);
  await expect(patient.snippet().getByRole("img")).toBeVisible();
  await look(patient.page, "03-patient-chart");
  await patient.opensTheTable();
  await expect(patient.snippet().getByRole("table")).toBeVisible();
  await picture(patient.page, "03-patient-table");

  await clinician.seesThatItWasSeen();
  await picture(clinician.page, "03-clinician-seen");

  await clinician.withdraws();
  await expect(patient.snippet()).toBeHidden({ timeout: 1_000 });

  // The other page hears of it directly, the gateway a moment later.
  const done = ["snippet.prepared", "consent.asked", "consent.agreed", "snippet.offered", "snippet.shown", "snippet.seen", "snippet.withdrawn"];
  await expect.poll(() => house.clinic.auditOf(visit)).toEqual(expect.arrayContaining(done));
});
