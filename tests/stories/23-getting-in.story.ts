// Phones on which the link alone does not do: inside another app, too old, without cookies, with a wrong clock, without scripts. Each is told
// what to do, and who can come in comes in.
import { expect, test } from "@playwright/test";
import { keepsNothing } from "./support/faults.ts";
import { House } from "./support/house.ts";
import { picture } from "./support/look.ts";
import { expectHears } from "./support/media.ts";
import type { Patient } from "./support/people.ts";

const FACEBOOK = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/512.0]";
const HOUR = 60 * 60_000;

test("every phone is told what helps, and whoever can come in comes in", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const phone = (change = {}) => house.patient(visit, change);
  const title = (patient: Patient, words: string | RegExp) => expect(patient.page.getByRole("heading", { name: words })).toBeVisible();

  await test.step("without scripts the landing says when, and whom to call", async () => {
    const patient = await phone({ javaScriptEnabled: false });
    await patient.opensTheLink();
    await title(patient, "Your video visit");
    await patient.sees(/We can't start the visit on this phone/);
    await patient.sees(/ at \d+:\d\d [ap]m \(/);
    await expect(patient.page.getByRole("link", { name: /^Call/ })).toBeVisible();
  });

  await test.step("a script that never comes leaves the same, and says so after a while", async () => {
    const patient = await phone();
    await patient.page.route("**/assets/*.js", (route) => route.abort());
    await patient.opensTheLink();
    await patient.sees(/Nothing happens\?/);
  });

  await test.step("inside another app the link is copied for Safari, by hand where it must be", async () => {
    const patient = await phone({ userAgent: FACEBOOK });
    await patient.page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } }));
    await patient.opensTheLink();
    await title(patient, "Open this in Safari");
    await patient.page.getByRole("button", { name: "Copy link" }).click();
    await expect(patient.page.getByRole("textbox", { name: "Copy link" })).toHaveValue(visit.link);
    await picture(patient.page, "23-inside-another-app");
  });

  await test.step("software that cannot make visits is said to be too old", async () => {
    const patient = await phone();
    await patient.page.addInitScript(() => Reflect.deleteProperty(window, "RTCPeerConnection"));
    await patient.opensTheLink();
    await title(patient, "This phone can't make video visits");
    await expect(patient.page.getByRole("link", { name: "Call me instead" })).toBeVisible();
  });

  await test.step("a clock two hours wrong counts down rightly, and whoever is early is let in by the page itself", async () => {
    const patient = await phone();
    const later = await house.clinic.book(HOUR / 1000);
    await patient.page.clock.setSystemTime(Date.now() - 2 * HOUR);
    await patient.opens(later.link);
    await title(patient, /Your visit is at/);
    await patient.sees(/Opens in (2\d|30|31) minutes/);
    await picture(patient.page, "23-early");
    // The gateway's hour comes by opening earlier, the phone's by its own clock.
    await house.opensAhead(90);
    await patient.page.clock.fastForward(HOUR / 2 + 90_000);
    await expect(patient.page.getByRole("button", { name: "Start" })).toBeVisible();
  });

  await test.step("where cookies are blocked the page says so and goes on once they are not", async () => {
    const patient = await phone();
    const context = patient.page.context();
    // A phone that blocks cookies forgets them as they come.
    await context.route("**/api/v1/seats/*", async (route) => {
      await context.clearCookies();
      await route.continue({ headers: { ...route.request().headers(), cookie: "" } });
    });
    await patient.opensTheLink();
    await patient.starts();
    await title(patient, "Your phone doesn't keep your place");
    await context.unrouteAll();
    await patient.page.getByRole("button", { name: "Try again" }).click();
    await title(patient, "What is your date of birth?");
  });
});

test("a phone without a camera, which keeps nothing, is in the visit with sound; a reload turns nothing on by itself", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const clinician = await house.clinician();
  const patient = await house.patient(visit, { mood: "without a camera" });
  await patient.page.addInitScript(keepsNothing);
  const title = (words: string) => expect(patient.page.getByRole("heading", { name: words })).toBeVisible();

  await patient.comesAsFarAsDevices();
  await patient.page.context().grantPermissions(["camera", "microphone"]);
  await patient.asksForCamera();
  await title("We can't find a camera");
  await patient.joinsWithoutCamera();
  await patient.goesOnAnyway();
  await clinician.starts(visit);
  await clinician.admits(visit);
  await expect(clinician.page.getByText("Camera off", { exact: true }).first()).toBeVisible();
  await patient.sees(/^The camera is off/);
  await expectHears(patient.page);
  await expectHears(clinician.page);
  await picture(patient.page, "23-patient-without-camera");
  await picture(clinician.page, "23-clinician-patient-without-camera");

  await patient.page.reload();
  await patient.starts();
  await title("Camera and microphone");
  await expect(clinician.page.getByText("Microphone off", { exact: true }).first()).toBeVisible();
  await patient.joinsWithoutCamera();
  await patient.isInTheCall();
  await expectHears(clinician.page);
});
