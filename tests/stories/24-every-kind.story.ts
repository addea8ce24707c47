// Every kind of the record as people see it: on a phone, a narrow one and a desktop, in English and in Spanish; and one document looked
// at together, its pages followed and its places pointed at.
import { expect, test, type Page } from "@playwright/test";
import { House } from "./support/house.ts";
import { look, lookNarrowAndWide, picture } from "./support/look.ts";
import type { Clinician, Patient } from "./support/people.ts";

/** By its title in the list, the words that a patient reads in English, and those that they read in Spanish. */
const KINDS: [title: RegExp, name: string, words: RegExp, spanish: RegExp][] = [
  [/Blood sugar over three months/, "lab-trend", /Above the normal range/, /Por encima de lo normal/],
  [/Blood pressure/, "vital-signs", /132\/78/, /132\/78/],
  [/Vitamin D/, "lab-result", /Below the normal range/, /Por debajo de lo normal/],
  [/Your medications/, "medications", /metformin/i, /metformin/i],
  [/Your allergies/, "allergies", /penicillin/i, /penicil/i],
  [/Your health conditions/, "conditions", /Type 2 diabetes/, /iabetes/],
  [/Your vaccines/, "immunizations", /Overdue/, /Atrasada/],
  [/Your care plan/, "care-plan", /below 7 %/, /7 %/],
  [/Chest X-ray/, "report", /No sign of pneumonia/, /No sign of pneumonia/],
  [/Forearm/, "photo", /From January 9, 2026/, /Del 9 de enero de 2026/],
  [/Hospital discharge summary/, "pages", /Page 1 of 2/, /Página 1 de 2/],
];

test("every kind of the record reads well on a phone, and two people look at one document", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);

  await clinician.opensTheRecord();
  for (const [title, name, words] of KINDS) {
    await clinician.shows(title);
    if (name === "lab-trend") await patient.agreesToSeeTheRecord();
    await expect(patient.snippet()).toContainText(words);
    await picture(patient.page, `24-patient-${name}`);
    if (name !== "pages") await clinician.goesBackToTheRecord();
  }
  await looksTogether(patient, clinician);
  await clinician.goesBackToTheRecord();
  await picture(clinician.page, "24-clinician-list");

  await clinician.writesInstructions("Your new tablets", INSTRUCTIONS);
  await picture(clinician.page, "24-clinician-writes");
  await clinician.showsWhatWasWritten();
  await expect(patient.snippet().getByRole("listitem")).toHaveText(["With a glass of water", "Not with grapefruit juice", "Measure before breakfast", "Write the number down"]);
  await picture(patient.page, "24-patient-instructions");
});

test("every kind of the record reads well in Spanish, on a narrow phone and on a desktop", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60, "es");
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  const { page } = patient;
  await comesInEnglish(patient);
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();

  await clinician.opensTheRecord();
  for (const [title, name, , words] of KINDS) {
    await clinician.shows(title);
    if (name === "lab-trend") {
      await patient.agreesToSeeTheRecord();
      await readsSpanish(page);
    }
    await expect(page.getByRole("region", { name: "Expediente", exact: true })).toContainText(words);
    await lookNarrowAndWide(page, `24-es-${name}`);
    await clinician.goesBackToTheRecord();
  }
});

async function looksTogether(patient: Patient, clinician: Clinician): Promise<void> {
  const [preview, theirs] = [clinician.page.locator(".preview"), patient.snippet()];
  const drawn = theirs.locator(".scan-page");
  await clinician.seesThatItWasSeen();
  await look(clinician.page, "24-clinician-leads");

  await test.step("the patient's picture follows the page and the size", async () => {
    await preview.getByRole("button", { name: "Next page" }).click();
    await expect(theirs).toContainText("Page 2 of 2");
    await preview.getByRole("button", { name: "Larger" }).click();
    await preview.getByRole("button", { name: "Larger" }).click();
    await expect.poll(() => share(drawn), { message: "times the width of the screen" }).toBeCloseTo(2, 1);
  });

  await test.step("both point at a place", async () => {
    const frame = preview.locator(".scan-frame");
    await frame.click({ position: { x: 120, y: 150 } });
    await expect(theirs.locator(".pointed-at")).toHaveText("Dr. Patel points here");
    await expect(theirs.locator(".pointed-at")).toBeInViewport();
    await expect(theirs.locator("[aria-live]")).toHaveText("Dr. Patel points at: A place on page 2");
    await look(patient.page, "24-patient-page-pointed-at");
    await theirs.getByRole("button", { name: "Smaller" }).click();
    await theirs.getByRole("button", { name: "Page before" }).click();
    await theirs.getByRole("img").click({ position: { x: 60, y: 60 } });
    await expect(preview.locator(".pointed-at")).toContainText("points here");
    await expect(preview, "their page is opened here, too").toContainText("Page 1 of 2");
    await picture(clinician.page, "24-clinician-page-pointed-at");
    await frame.focus();
    await clinician.page.keyboard.press("Enter");
    await expect(theirs.locator(".pointed-at")).toHaveText("Dr. Patel points here");
    await clinician.page.keyboard.press("Escape");
    await expect(theirs.locator(".pointed-at")).toBeHidden();
  });

  await test.step("the clinician may look elsewhere alone", async () => {
    const follows = preview.getByRole("checkbox", { name: /follows your page/ });
    await follows.uncheck();
    await preview.getByRole("button", { name: "Next page" }).click();
    await expect(preview).toContainText("Page 2 of 2");
    await expect(theirs).toContainText("Page 1 of 2");
    await follows.check();
    await expect(theirs).toContainText("Page 2 of 2");
  });
}

/** How many times as wide as its frame a page is drawn. */
function share(drawn: ReturnType<Page["locator"]>): Promise<number> {
  return drawn.evaluate((page) => page.getBoundingClientRect().width / (page.parentElement?.clientWidth ?? 1));
}

/** To the waiting room by the words that this house's people know. */
async function comesInEnglish(patient: Patient): Promise<void> {
  await patient.opensTheLink();
  await patient.page.getByRole("button", { name: "English" }).click();
  await patient.starts();
  await patient.saysDateOfBirth();
  await patient.comesFromIdentityToTheWaitingRoom();
}

async function readsSpanish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Español" }).click();
  await page.getByRole("button", { name: "Cerrar" }).click();
}

const INSTRUCTIONS = `Take one tablet every morning.

- With a glass of water
- Not with grapefruit juice

For two weeks, twice a week:

1. Measure before breakfast
2. Write the number down

Call us when you feel dizzy.`;
