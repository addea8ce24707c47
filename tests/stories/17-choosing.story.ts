// Choosing what is shown, by keyboard alone, with three people in the visit: who may see it, stopping, agreeing again, what is theirs to keep.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

const PREVIEW = "What the patient will see, at the width of a phone";

test("a clinician finds and shows by keyboard; the patient decides, stops, and keeps what is theirs to keep", async () => {
  await using house = await House.open();
  const { visit, interpreter } = await house.clinic.bookWithInterpreter(60, "Rosa Ruiz");
  const patient = await house.patient(visit);
  const rosa = await house.companion(interpreter);
  const clinician = await house.clinician();
  const [desk, phone] = [clinician.page, patient.page];
  await rosa.opensTheLink();
  await rosa.starts();
  await waits(rosa.page);
  await patient.opensTheLink();
  await patient.starts();
  await patient.saysDateOfBirth();
  await waits(phone);
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await clinician.admitsCompanion(interpreter);
  // Pictures are other stories' matter, and moving ones are most of a machine's work.
  await desk.getByRole("button", { name: "Turn the camera off" }).click();
  for (const page of [phone, rosa.page]) {
    const off = page.getByRole("button", { name: "Start video" });
    const on = page.getByRole("button", { name: "Stop video" });
    await expect(off.or(on)).toBeVisible();
    if (await on.isVisible()) await on.click();
  }
  await clinician.opensTheRecord();
  const record = desk.getByRole("region", { name: "Record", exact: true });
  const search = record.getByRole("searchbox");
  await picture(desk, "17-clinician-list");

  // By keyboard: an item is found by what stands in it, previewed, left, and the focus is where it was.
  await desk.keyboard.press("/");
  await expect(search).toBeFocused();
  await desk.keyboard.type("METFORMÍN");
  const medicines = record.getByRole("button", { name: /Has metformin/ });
  await expect(medicines).toBeVisible();
  await picture(desk, "17-clinician-search");
  await desk.keyboard.press("ArrowDown");
  await expect(medicines).toBeFocused();
  await desk.keyboard.press("Enter");
  const show = record.getByRole("button", { name: "Show to the patient" });
  await expect(show).toBeFocused();
  await desk.keyboard.press("Escape");
  await expect(medicines).toBeFocused();
  await search.fill("nothing of the kind");
  await expect(record.getByText("Nothing in this record with “nothing of the kind”.")).toBeVisible();
  await search.fill("hemoglobin");

  // Two presses from the panel to the patient, and who will see it before the second.
  await desk.keyboard.press("Enter");
  await expect(show).toBeFocused();
  await expect(record.getByText(`Who can see it: ${visit.patient.name} (patient)`)).toBeVisible();
  await expect(record.getByRole("region", { name: PREVIEW })).toContainText("Only you and");
  await look(desk, "17-clinician-preview");
  await desk.setViewportSize({ width: 360, height: 740 });
  await picture(desk, "17-clinician-preview-360");
  await desk.setViewportSize({ width: 1280, height: 800 });
  await desk.keyboard.press("Enter");

  await expect(record.getByRole("button", { name: "Back to the record" })).toBeFocused();
  await patient.isAskedToSeeTheRecord();
  await expect(phone.getByText(/may pick Rosa Ruiz \(interpreter\) to see a part too/)).toBeVisible();
  await picture(phone, "17-patient-consent");
  await patient.agreesToSeeTheRecord();
  await expect(patient.snippet()).toContainText(/Only you and .+ \(clinician\) can see this/);
  await expect(rosa.snippet()).toBeHidden();
  await clinician.includes(interpreter);
  await expect(rosa.snippet()).toContainText(`${visit.patient.name} (patient)`);
  await expect(patient.snippet()).toContainText("Rosa Ruiz (interpreter)");
  await expect(rosa.page.getByRole("button", { name: "Stop showing my record" })).toBeHidden();

  // The patient stops: gone at once for everyone, and nothing can be shown until they say so.
  await phone.getByRole("button", { name: "Stop showing my record" }).click();
  await expect(patient.snippet()).toBeHidden({ timeout: 1_000 });
  await expect(rosa.snippet()).toBeHidden();
  await expect(record.getByRole("alert")).toContainText(`${visit.patient.name} stopped the record`);
  await picture(phone, "17-patient-stopped");
  await picture(desk, "17-clinician-stopped");
  await record.getByRole("button", { name: "Back to the record" }).click();
  await search.fill("allergies");
  await record.getByRole("button", { name: /Your allergies/ }).click();
  await expect(show).toHaveAttribute("aria-disabled", "true");
  await phone.getByRole("button", { name: "More" }).click();
  await phone.getByRole("dialog").getByRole("button", { name: /^Let .+ show my record$/ }).click();
  await expect(record.getByRole("alert")).toBeHidden();
  await show.click();
  await expect(patient.snippet()).toContainText("Your allergies");

  // One of two is theirs to keep.
  await record.getByRole("button", { name: "Back to the record" }).click();
  await search.fill("");
  await record.getByRole("button", { name: /Blood sugar over three months/ }).first().click();
  await record.getByRole("button", { name: "Prepare again" }).click();
  await show.click();
  await expect(patient.snippet()).toContainText("Blood sugar over three months");
  await record.getByRole("button", { name: "Give it to keep" }).click();
  await picture(desk, "17-clinician-on-screen");
  await phone.getByRole("button", { name: "Save a copy" }).click();
  await look(phone, "17-patient-copy");
  const downloading = phone.waitForEvent("download");
  await phone.getByRole("button", { name: "Save to this phone" }).click();
  const saved = readFileSync(await (await downloading).path(), "utf8");
  expect(saved).toContain("Blood sugar over three months");
  expect(saved).toContain("<table>");
  expect(saved).not.toMatch(/<script|<button|https?:\/\/(?!www\.w3\.org)/);
  await phone.getByRole("button", { name: "Close" }).click();

  await clinician.endsForEveryone();
  await expect(phone.getByRole("heading", { name: "Yours to keep" })).toBeVisible();
  await expect(phone.getByRole("button", { name: "Your allergies" })).toBeHidden();
  expect(await phone.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain("Blood");
  await picture(phone, "17-patient-ended");

  // Afterwards staff read what was shown, to whom and for how long, and not what was in it.
  await desk.getByRole("button", { name: "Back to Today" }).click();
  await clinician.row(visit).getByRole("button", { name: visit.patient.name }).first().click();
  const shown = desk.getByRole("list").filter({ hasText: "Lab result over time" }).first();
  await expect(shown).toContainText(`${visit.patient.name} (patient): seen, copy saved`);
  await expect(shown).toContainText("Rosa Ruiz (interpreter): ");
  await expect(shown).not.toContainText("Blood sugar");
  await picture(desk, "17-clinician-afterwards");

  // At the patient's next visit the list says what they were shown before.
  const again = await house.clinic.bookAgain(visit, 120);
  await desk.goto(`${house.gateway.url}/staff#visit/${again.visit}`);
  await expect(record.getByRole("button", { name: /Blood sugar over three months.+Shown on/ })).toBeVisible();
  await expect(record.getByRole("button", { name: /Potassium/ })).not.toContainText("Shown on");
  await picture(desk, "17-clinician-shown-before");
  await house.clinic.cancel(again);

  // The preview speaks the patient's language, whatever the clinician's page speaks.
  const next = await house.clinic.book(120, "es");
  await desk.goto(`${house.gateway.url}/staff#visit/${next.visit}`);
  await record.getByRole("button", { name: /Blood sugar over three months/ }).first().click();
  await expect(record.getByRole("region", { name: PREVIEW })).toContainText("Por encima de lo normal");
  await expect(record.getByText("Nobody can see it until the patient is in the visit.")).toBeVisible();
  await picture(desk, "17-clinician-preview-spanish");

  // A record that cannot be read costs a sentence.
  await desk.route("**/api/v1/visits/*/record?*", (route) => route.fulfill({ status: 503, body: "" }));
  await desk.reload();
  await expect(record.getByRole("alert")).toContainText("The record could not be loaded");
  await picture(desk, "17-clinician-record-away");
});

/** Through the screens before the visit, with whatever the check finds on a machine that is busy. */
async function waits(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.context().grantPermissions(["camera", "microphone"]);
  await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
  await page.getByRole("button", { name: /^Continue( anyway)?$/ }).click({ timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "You're checked in" })).toBeVisible({ timeout: 30_000 });
}
