// The clinician shows a lab trend; the patient agrees, sees chart and table; the audit knows; it is gone when withdrawn.
import { expect, test } from "@playwright/test";
import { House } from "./support/house.ts";
import { look } from "./support/look.ts";

test("a lab trend is shown after consent, and gone within a second of being withdrawn", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);

  await clinician.opensTheRecord();
  await look(clinician.page, "03-clinician-record-panel");
  await clinician.shows(/Blood sugar over three months/);

  await patient.isAskedToSeeTheRecord();
  await look(patient.page, "03-patient-consent");
  await patient.agreesToSeeTheRecord();

  await expect(patient.snippet()).toContainText(/Blood sugar over three months/);
  await expect(patient.snippet().getByRole("img")).toBeVisible();
  await look(patient.page, "03-patient-chart");
  await patient.opensTheTable();
  await expect(patient.snippet().getByRole("table")).toBeVisible();
  await look(patient.page, "03-patient-table");

  await clinician.seesThatItWasSeen();
  await look(clinician.page, "03-clinician-seen");

  await clinician.withdraws();
  await expect(patient.snippet()).toBeHidden({ timeout: 1_000 });

  const actions = await house.clinic.auditOf(visit);
  for (const action of ["snippet.prepared", "consent.asked", "consent.agreed", "snippet.offered", "snippet.shown", "snippet.seen", "snippet.withdrawn"]) {
    expect(actions).toContain(action);
  }
});

test("a patient who says no is not shown the record", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);

  await clinician.opensTheRecord();
  await clinician.shows(/Blood sugar over three months/);
  await patient.isAskedToSeeTheRecord();
  await patient.refusesToSeeTheRecord();

  await clinician.readsThatThePatientSaidNo();
  await look(clinician.page, "03-clinician-refused");
  await expect(patient.snippet()).toBeHidden();
  expect(await house.clinic.auditOf(visit)).not.toContain("snippet.shown");
});

const KINDS: [title: RegExp, name: string, words: RegExp][] = [
  [/Blood pressure/, "vital-signs", /132\/78/],
  [/Vitamin D/, "lab-result", /Below the normal range/],
  [/Your health conditions/, "conditions", /Type 2 diabetes/],
  [/Your vaccines/, "immunizations", /Overdue/],
  [/Your care plan/, "care-plan", /below 7 %/],
  [/Chest X-ray/, "report", /No sign of pneumonia/],
];

test("every kind of the record reads well on a phone", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);

  await clinician.opensTheRecord();
  for (const [title, name, words] of KINDS) {
    await clinician.shows(title);
    if (name === "vital-signs") {
      await patient.isAskedToSeeTheRecord();
      await patient.agreesToSeeTheRecord();
    }
    await expect(patient.snippet()).toContainText(words);
    await look(patient.page, `03-patient-${name}`);
    await clinician.goesBackToTheRecord();
  }
  await look(clinician.page, "03-clinician-record-all");

  await clinician.writesInstructions("Your new tablets", INSTRUCTIONS);
  await look(clinician.page, "03-clinician-writes");
  await clinician.showsWhatWasWritten();
  await expect(patient.snippet().getByRole("listitem")).toHaveText(["With a glass of water", "Not with grapefruit juice", "Measure before breakfast", "Write the number down"]);
  await look(patient.page, "03-patient-instructions");
});

const INSTRUCTIONS = `Take one tablet every morning.

- With a glass of water
- Not with grapefruit juice

For two weeks, twice a week:

1. Measure before breakfast
2. Write the number down

Call us when you feel dizzy.`;
