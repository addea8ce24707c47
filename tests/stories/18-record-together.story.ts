// The record on a weak network and between two people: a large item beside the voice, pointing both ways, and what is not genuine.
import { expect, test, type Locator } from "@playwright/test";
import { weather } from "./support/faults.ts";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";
import type { Clinician, Patient } from "./support/people.ts";
import { asItIs, changesBytes, holdChannels, preparesLarge, preparesUnsigned, preparesWith, repeats, soundDuring } from "./support/record.ts";

const MB = 1024 * 1024;

test("a scanned page of 5 MB on a weak network leaves the voice alone, and a short list overtakes it", { tag: "@measures" }, async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.comesToTheWaitingRoom();
  await weather(patient.page, { kbps: 300, roundTripMs: 60 });
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await speakOnly(patient, clinician);
  const before = await soundDuring(patient.page, 5_000);

  await clinician.opensTheRecord();
  await preparesLarge(clinician.page, house.gateway, 5 * MB);
  await clinician.shows(/Your vaccines/);
  await patient.agreesToSeeTheRecord();
  const during = await soundDuring(patient.page, 12_000);
  console.log(`    sound before ${JSON.stringify(before)} and beside 5 MB ${JSON.stringify(during)}`);

  await asItIs(clinician.page);
  await clinician.goesBackToTheRecord();
  await clinician.shows(/Your allergies/);
  await expect(patient.snippet()).toContainText("Your allergies", { timeout: 30_000 });
  await clinician.seesThatItWasSeen();
  await picture(patient.page, "18-patient-overtaken");

  await weather(patient.page, {});
  await expect(patient.snippet().getByRole("button", { name: "Your vaccines" })).toBeVisible({ timeout: 60_000 });

  expect(during.lost, "share of the sound's packets lost").toBeLessThan(before.lost + 0.05);
  expect(during.madeUp, "share of the sound made up").toBeLessThan(before.madeUp + 0.1);
  expect(during.roundTripMs, "there and back").toBeLessThan(before.roundTripMs + 400);
});

test("the two point things out to each other, seen is what was on a screen, and what is not genuine is not shown but said", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await clinician.page.addInitScript(holdChannels);
  await clinician.page.reload();
  await patient.comesToTheWaitingRoom();
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await speakOnly(patient, clinician);
  const preview = clinician.page.locator(".preview");
  const framed = (page: Clinician | Patient) => page.page.locator(".pointed-at");

  await test.step("the clinician points at a row", async () => {
    await clinician.opensTheRecord();
    await clinician.shows(/Your vaccines/);
    await patient.agreesToSeeTheRecord();
    await clinician.seesThatItWasSeen();
    const last = preview.locator("li[data-point]").last();
    const name = await last.locator("strong").innerText();
    await last.click();
    await expect(framed(patient)).toHaveText("Dr. Patel points here");
    await expect(patient.snippet().locator("[aria-live]")).toContainText(`Dr. Patel points at: ${name}`);
    const row = patient.snippet().locator("li").filter({ hasText: name });
    await expect(row).toBeInViewport();
    await expectFramed(framed(patient), row);
    await look(patient.page, "18-patient-pointed-at");
    await picture(clinician.page, "18-clinician-points");
  });

  await test.step("the patient points back, and the clinician by keyboard", async () => {
    const first = patient.snippet().locator("li[data-point]").first();
    const name = await first.locator("strong").innerText();
    await first.click();
    await expect(framed(patient)).toHaveText("You point here");
    await expect(framed(clinician)).toHaveText(`${visit.patient.name} points here`);
    await expect(preview.locator("[aria-live]")).toContainText(name);
    await expectFramed(framed(clinician), preview.locator("li").filter({ hasText: name }));
    await picture(clinician.page, "18-clinician-pointed-at");
    await preview.locator("li[data-point]").first().focus();
    await clinician.page.keyboard.press("ArrowDown");
    await clinician.page.keyboard.press("Enter");
    await expect(framed(patient)).toHaveText("Dr. Patel points here");
    await clinician.page.keyboard.press("Escape");
    await expect(framed(patient)).toBeHidden();
  });

  await test.step("a point of the chart is the same row of the table", async () => {
    await clinician.goesBackToTheRecord();
    await clinician.shows(/Blood sugar over three months/);
    await clinician.seesThatItWasSeen();
    await preview.locator('[data-point="point-2"]').click();
    await expect(framed(patient)).toHaveText("Dr. Patel points here");
    await picture(patient.page, "18-patient-point-of-chart");
    await patient.opensTheTable();
    await expectFramed(framed(patient), patient.snippet().locator('tr[data-point="point-2"]'));
  });

  await test.step("what is shown to a hidden page is seen once that is looked at", async () => {
    await hide(patient, true);
    await clinician.goesBackToTheRecord();
    await clinician.shows(/Your allergies/);
    const stand = clinician.page.getByRole("region", { name: "Record", exact: true }).getByRole("status").first();
    await expect(stand).toContainText("On screen");
    await expect(patient.snippet()).toContainText("Your allergies");
    const seen = (await house.clinic.auditOf(visit)).filter((action) => action === "snippet.seen");
    expect(seen, "the list is not seen").toHaveLength(2);
    await hide(patient, false);
    await clinician.seesThatItWasSeen();
  });

  await test.step("what is not genuine is refused", async () => {
    const { page } = clinician;
    await clinician.withdraws();
    await repeats(page, -1);
    await repeats(page, -1, { s: "no-such-snippet" });
    await clinician.goesBackToTheRecord();
    const tries: [title: RegExp, trick: () => Promise<void>][] = [
      [/Your health conditions/, () => preparesWith(page, house.gateway, { visit: "another" })],
      [/Your care plan/, () => preparesWith(page, house.gateway, { expires_at: Date.now() - 3_600_000 })],
      [/Chest X-ray/, () => preparesUnsigned(page, house.gateway)],
      [/Vitamin D/, () => changesBytes(page, true)],
    ];
    for (const [title, trick] of tries) {
      await trick();
      await clinician.shows(title);
      await expect(page.getByText("Not shown").first()).toBeVisible();
      await expect(patient.page.getByText(/We didn't show a part of the record/).first()).toBeVisible();
      await expect(patient.snippet()).not.toContainText(title);
      await asItIs(page);
      await clinician.goesBackToTheRecord();
    }
    await picture(patient.page, "18-patient-not-shown");
  });

  const refused = (await house.clinic.entriesOf(visit)).filter(({ action }) => action === "snippet.rejected");
  expect(refused.map(({ detail }) => detail.why)).toEqual(["withdrawn", "not_offered", "other_visit", "expired", "bad_signature", "bad_hash"]);
  expect(refused[1]?.detail.snippet, "a stranger's name stays out of the audit").toBe(null);
});

/** Sound alone: everything about the record is the same. */
async function speakOnly(patient: Patient, clinician: Clinician): Promise<void> {
  await patient.hidesTheirPicture();
  await clinician.page.getByRole("button", { name: "Turn the camera off" }).click();
}

/** The frame is around this element, and not only somewhere. */
async function expectFramed(frame: Locator, element: Locator): Promise<void> {
  await expect
    .poll(async () => {
      const [outer, inner] = [await frame.boundingBox(), await element.first().boundingBox()];
      if (!outer || !inner) return "not there";
      return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height ? "around" : "elsewhere";
    })
    .toBe("around");
}

function hide({ page }: Patient, hidden: boolean): Promise<void> {
  return page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden ? "hidden" : "visible");
}
