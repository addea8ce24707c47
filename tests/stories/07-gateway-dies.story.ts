// The gateway dies without a word in the middle of a call. Pictures go on; signaling is back within 5 s of its return.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears, flow, watchForFrozenPictures } from "./support/media.ts";
import { House } from "./support/house.ts";
import { look } from "./support/look.ts";

test("the call goes on while the gateway is killed and started again", { tag: "@measures" }, async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { patient, clinician } = await house.inCall(visit);
  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  const before = { patient: await flow(patient.page), clinician: await flow(clinician.page) };
  const watch = await watchForFrozenPictures(patient.page);

  await house.gateway.kill();
  const killed = Date.now();
  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  await house.gateway.start();

  await clinician.opensTheRecord();
  await clinician.shows(/Blood sugar over three months/);
  await patient.isAskedToSeeTheRecord(30_000);
  const away = Date.now() - killed;
  await patient.agreesToSeeTheRecord();
  await clinician.seesThatItWasSeen();

  const freeze = await watch.longestFreezeMs();
  console.log(`    from the kill to a new word: ${away} ms; longest stop of the picture: ${Math.round(freeze)} ms`);
  expect(freeze, "pictures do not wait for the gateway").toBeLessThan(away / 2);
  const after = { patient: await flow(patient.page), clinician: await flow(clinician.page) };
  expect(after.patient.connections).toBe(before.patient.connections);
  expect(after.clinician.connections).toBe(before.clinician.connections);
  const actions = await (await house.freshClinic()).auditOf(visit);
  expect(actions.filter((action) => action === "seat.admitted")).not.toHaveLength(0);
});

test("a clinician whose gateway is gone is told that nobody hears the end yet, and can leave", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const { clinician } = await house.inCall(visit);
  const { page } = clinician;
  await house.gateway.kill();

  await page.getByRole("button", { name: "End", exact: true }).click();
  const question = page.getByRole("dialog");
  await question.getByRole("button", { name: "End for everyone" }).click();
  await expect(question.getByText(/the visit ends for everyone as soon as it can/)).toBeVisible();
  await look(page, "07-clinician-cannot-end");
  await question.getByRole("button", { name: "Leave for myself" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole("heading", { name: "Today", exact: true })).toBeVisible();

  await house.gateway.start();
  await expect(clinician.row(visit)).toBeVisible({ timeout: 60_000 });
});
