// A link that does not work says what helps, and never more than the person may know.
import { expect, test } from "@playwright/test";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

test("every kind of bad link helps and gives nothing away", async () => {
  await using house = await House.open();
  const unknown = `${house.gateway.url}/j/aaaaaaaaaaaaaaaa#AAAAAAAAAAAAAAAAAAAAAA`;
  const visit = await house.clinic.book(60);
  const wrongSecret = `${visit.link.split("#")[0]}#AAAAAAAAAAAAAAAAAAAAAA`;

  const someone = await house.stranger();
  await someone.page.goto(unknown);
  await someone.sees(/This link doesn't work/);
  await look(someone.page, "09-unknown");
  const answers = [];
  for (const link of [unknown, wrongSecret]) answers.push(await house.redeem(link));
  expect(answers[0]?.status).toBe(404);
  expect(answers[1]).toEqual(answers[0]);

  const replacement = await house.clinic.reissue(visit);
  await someone.opens(visit.link);
  await someone.sees(/There is a newer link/);
  await picture(someone.page, "09-superseded");

  await house.clinic.cancel(visit);
  await someone.opens(replacement);
  await someone.sees(/cancelled/i);
  await picture(someone.page, "09-cancelled");

  const ended = await house.clinic.book(1200);
  const { clinician } = await house.inCall(ended);
  await clinician.endsForEveryone();
  await someone.opens(ended.link);
  await someone.sees(/over|ended/i);
  await picture(someone.page, "09-ended");
});

test("a visit of another facility looks like one that does not exist", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const stranger = await house.clinician(await house.anotherFacility());

  const screens = [];
  for (const id of [visit.visit, "aaaaaaaaaaaaaaaaaaaaaaaaaa"]) {
    await stranger.opensByAddress(id);
    await expect(stranger.page.getByRole("alert")).toBeVisible();
    screens.push(await stranger.page.getByRole("main").innerText());
  }
  await picture(stranger.page, "09-another-facility");
  expect(screens[0]).toBe(screens[1]);
  expect(screens[0]).not.toContain(visit.patient.name);
});

test("five wrong dates of birth lead to the clinic, which lets the patient in", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.opensTheLink();
  await patient.starts();
  for (let tries = 1; tries <= 5; tries++) await patient.saysWrongDateOfBirth(tries);
  await picture(patient.page, "09-locked-out");
  await patient.asksTheClinic();
  await expect(clinician.row(visit)).toContainText(/date of birth|let .* in|locked/i);
  await picture(clinician.page, "09-today-locked-out");
  await clinician.vouches(visit);
  await patient.isLetInWithoutDateOfBirth();
});
