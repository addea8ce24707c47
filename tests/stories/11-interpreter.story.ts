// Three people in one visit: an interpreter joins by a link of their own, sees only what the clinician includes them in, and is removed.
import { expect, test, type Page } from "@playwright/test";
import { expectSeesAndHears } from "./support/media.ts";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

test("an interpreter joins the visit, sees what they are included in, and is removed without a word lost between the two", async () => {
  await using house = await House.open();
  const { visit, interpreter } = await house.clinic.bookWithInterpreter(60, "Rosa Ruiz");
  const patient = await house.patient(visit);
  const rosa = await house.companion(interpreter);
  const clinician = await house.clinician();
  await expect(clinician.row(visit)).toContainText("Interpreter: Not arrived");

  await rosa.opensTheLink();
  await expect(rosa.page.getByText("You join as interpreter")).toBeVisible();
  await picture(rosa.page, "11-interpreter-link");
  await rosa.starts();
  await picture(rosa.page, "11-interpreter-before");
  await rosa.comesToTheWaitingRoom();
  await picture(rosa.page, "11-interpreter-waiting");
  const outside = await rosa.page.locator("body").innerText();
  for (const name of [visit.patient.name, "Patel", "1948"]) expect(outside).not.toContain(name);

  await expect(clinician.row(visit)).toContainText(/Interpreter: Waiting/);
  await clinician.row(visit).getByRole("button", { name: visit.patient.name }).first().click();
  await look(clinician.page, "11-clinician-today");

  await patient.comesToTheWaitingRoom();
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await clinician.admitsCompanion(interpreter);

  await expectPicturesMove(patient.page, 2);
  await expectPicturesMove(rosa.page, 2);
  await expectPicturesMove(clinician.page, 2);
  await look(patient.page, "11-patient-three");
  await picture(rosa.page, "11-interpreter-three");
  await picture(clinician.page, "11-clinician-three");

  await clinician.opensTheRecord();
  await clinician.shows(/Blood sugar over three months/);
  await patient.agreesToSeeTheRecord();
  await clinician.seesThatItWasSeen();
  await expect(rosa.snippet()).toBeHidden();
  await picture(clinician.page, "11-clinician-shown-to-patient");
  await picture(patient.page, "11-patient-record");

  await clinician.includes(interpreter);
  await expect(rosa.snippet()).toContainText(/Blood sugar over three months/);
  await expect(rosa.snippet()).toContainText(visit.patient.name);
  await expect(patient.snippet()).toContainText("Rosa Ruiz");
  await picture(rosa.page, "11-interpreter-record");

  await clinician.removes(interpreter);
  await rosa.isToldThatThePlaceIsClosed();
  await picture(rosa.page, "11-interpreter-removed");
  await expect(patient.page.getByText("Rosa Ruiz")).toBeHidden();
  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  await expectPicturesMove(patient.page, 1);
  await picture(patient.page, "11-patient-two-again");

  await rosa.opensTheLink();
  await expect(rosa.page.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  const actions = await house.clinic.auditOf(visit);
  for (const action of ["seat.added", "seat.admitted", "snippet.shown", "seat.removed"]) expect(actions).toContain(action);
});

test("somebody at the desk books a visit with an interpreter, and adds and takes away a caregiver", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const clinician = await house.clinician();
  const { page } = clinician;
  await page.getByRole("link", { name: "Book a visit" }).first().click();
  await page.getByRole("button", { name: "Add caregiver or interpreter" }).click();
  await page.getByRole("button", { name: "Book the visit" }).click();
  await expect(page.getByText("Enter a name of at most 120 letters")).toBeVisible();
  await picture(page, "11-book-with-interpreter");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Rosa Ruiz");
  await page.getByRole("combobox", { name: "Patient" }).fill(visit.patient.name);
  await page.getByRole("option", { name: visit.patient.name }).first().click();
  const tomorrow = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);
  await page.getByLabel("Date").fill(tomorrow);
  await page.getByLabel("Time", { exact: true }).fill("10:00");
  await page.getByRole("button", { name: "Book the visit" }).click();
  await expect(page.getByText("The visit is booked").first()).toBeVisible();
  const links = [await page.getByLabel(`Link for ${visit.patient.name}`).inputValue(), await page.getByLabel("Link for Rosa Ruiz, interpreter").inputValue()];
  expect(new Set(links).size).toBe(2);
  await picture(page, "11-booked");

  await page.getByRole("link", { name: "Today" }).first().click();
  await clinician.row(visit).getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Add caregiver or interpreter" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Joins as").selectOption("caregiver");
  await dialog.getByLabel("Name").fill("Ana Díaz");
  await look(page, "11-add-caregiver");
  await dialog.getByRole("button", { name: "Add and make a link" }).click();
  await expect(dialog.getByLabel("Link for Ana Díaz, caregiver")).toHaveValue(/\/j\//);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(clinician.row(visit)).toContainText("Caregiver: Not arrived");

  await clinician.row(visit).getByRole("button", { name: visit.patient.name }).first().click();
  await page.getByRole("button", { name: "More for Ana Díaz" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(clinician.row(visit)).not.toContainText("Caregiver");
});

/** So many pictures of others move on this page: every one's own clock goes on. */
async function expectPicturesMove(page: Page, howMany: number): Promise<void> {
  const moving = () =>
    page.evaluate(async () => {
      const videos = [...document.querySelectorAll("video")].filter((video) => !video.muted && video.checkVisibility());
      const before = videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
      await new Promise((later) => setTimeout(later, 500));
      return videos.filter((video, index) => video.getVideoPlaybackQuality().totalVideoFrames > (before[index] ?? 0)).length;
    });
  await expect.poll(moving, { timeout: 20_000, message: "pictures of others that move" }).toBe(howMany);
}
