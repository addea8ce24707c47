// The call that does not drop: a phone that changes its network, a path that carries less and less, and at last the telephone; and the
// other things that phones do in the middle of a visit.
import { expect, test, type Page } from "@playwright/test";
import { bendCall, camerasOn, nowWrong, putAway, takeAway } from "./support/faults.ts";
import { RELAY_ALONE } from "./support/gateway.ts";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";
import { expectHears, expectSeesAndHears, flow } from "./support/media.ts";
import { Wire } from "./support/wire.ts";

test("a phone changes its network, its path gets worse and worse, and the visit goes on by telephone with the record", { tag: "@measures" }, async () => {
  await using house = await House.open(RELAY_ALONE);
  await using wire = await Wire.beforeTheRelayOf(house);
  await house.setRelayOnly();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit, { network: "udp" });
  const clinician = await house.clinician("patel", "tls");
  await house.meet(visit, { patient, clinician });
  const both = [patient.page, clinician.page];
  for (const page of both) await expectSeesAndHears(page);

  // From Wi-Fi to mobile.
  const before = await flow(patient.page);
  const since = Date.now();
  const told = both.map(whenReconnectingIsRead);
  wire.changesTheAddress();
  // Who finds it first mends it for both, often before the other would have read of it.
  const first = (await Promise.any(told)) - since;
  for (const page of both) await expect(page.getByText(/^Reconnecting…/).first()).toBeHidden({ timeout: 30_000 });
  console.log(`    another address: said after ${first} ms, back after ${Date.now() - since} ms`);
  for (const page of both) await expectSeesAndHears(page);
  console.log(`    pictures and sound on both sides after ${Date.now() - since} ms`);
  expect((await flow(patient.page)).connections, "the same connection goes on, by another path").toBe(before.connections);
  await patient.isInTheCall();

  // Worse and worse.
  wire.loses(0.4);
  await reads(patient.page, /^Your internet is weak/);
  await reads(clinician.page, /Their picture is paused|only sound for now/);
  await reads(patient.page, /Sound only for now/);
  await reads(clinician.page, "Sound only");
  await picture(patient.page, "19-patient-sound-only");
  await picture(clinician.page, "19-clinician-sound-only");
  wire.loses(0);

  await patient.page.getByRole("button", { name: "More", exact: true }).click();
  await picture(patient.page, "19-patient-more");
  await patient.page.getByRole("dialog").getByRole("button", { name: "Call me instead" }).click();
  await reads(patient.page, /will call you/);
  await reads(clinician.page, `Call ${visit.patient.name}`);
  await expect(clinician.page.getByRole("region", { name: "Call" }).getByRole("link", { name: "555-0142" })).toBeVisible();
  await picture(patient.page, "19-patient-by-phone");
  await picture(clinician.page, "19-clinician-by-phone");

  // By telephone the record still comes, also through a gateway that was killed.
  await house.gateway.kill();
  await house.gateway.start();
  await clinician.shows(/Blood sugar/);
  await patient.isAskedToSeeTheRecord(60_000);
  await patient.agreesToSeeTheRecord();
  await clinician.seesThatItWasSeen();
  await picture(patient.page, "19-patient-by-phone-record");
  await clinician.endsForEveryone();
  await clinician.page.getByRole("button", { name: /Today/ }).first().click();
  await expect(clinician.row(visit)).toContainText("Done by phone");
  await picture(clinician.page, "19-today-by-phone");
});

test("a phone call, a locked page, a camera that lies and sound that waits for a tap are told to both and mended", { tag: "@measures" }, async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.page.addInitScript(bendCall);
  await patient.page.goto(house.gateway.url);
  await nowWrong(patient.page, { sound: "waits for a tap" });
  await house.meet(visit, { patient, clinician });

  await reads(clinician.page, "Can't hear you yet");
  await picture(patient.page, "19-patient-tap-to-hear");
  await picture(clinician.page, "19-clinician-tap-to-hear");
  await patient.page.getByRole("button", { name: /^Tap to hear/ }).click();
  await readsNoMore(clinician.page, "Can't hear you yet");

  await takes(patient.page, "silenced");
  await reads(patient.page, "Your visit is paused");
  await reads(clinician.page, "Interrupted");
  await look(patient.page, "19-patient-paused");
  await picture(clinician.page, "19-clinician-interrupted");
  await patient.page.getByRole("button", { name: "Resume" }).click();
  await readsNoMore(patient.page, "Your visit is paused");
  await readsNoMore(clinician.page, "Interrupted");

  // The phone ends it for good: taken anew without a word.
  await takes(patient.page, "ended");
  const heard = (await flow(clinician.page)).audioEnergy;
  await expect.poll(async () => (await flow(clinician.page)).audioEnergy, { timeout: 30_000 }).toBeGreaterThan(heard);
  await expect(patient.page.getByText("Your visit is paused")).toBeHidden();

  await patient.page.evaluate(putAway, true);
  await reads(clinician.page, "Not looking");
  await patient.page.evaluate(putAway, false);
  await readsNoMore(clinician.page, "Not looking");

  await nowWrong(patient.page, { camera: "stopped" });
  await takes(patient.page, "ended camera");
  await reads(patient.page, /can't see you/);
  await reads(clinician.page, "Picture stopped");
  await picture(patient.page, "19-patient-camera-frozen");
  await nowWrong(patient.page, {});
  await patient.page.getByRole("button", { name: "Restart camera" }).click();
  await readsNoMore(patient.page, /can't see you/);

  // Covered, or held by another app: on, and black.
  await nowWrong(patient.page, { camera: "black" });
  await takes(patient.page, "ended camera");
  await reads(patient.page, /^Your picture is dark/);
  await reads(clinician.page, "Picture is dark");
  await picture(patient.page, "19-patient-camera-dark");
  await picture(clinician.page, "19-clinician-camera-dark");
  await nowWrong(patient.page, {});
  await readsNoMore(patient.page, /^Your picture is dark/);
  await readsNoMore(clinician.page, "Picture is dark");

  await clinician.page.getByRole("button", { name: "More for this call" }).click();
  await clinician.page.getByRole("menuitem", { name: "Sound only" }).click();
  await reads(patient.page, /chose sound only/);
  await picture(clinician.page, "19-clinician-sound-only-by-hand");
  await clinician.page.getByRole("button", { name: "Turn pictures on" }).click();
  await patient.isInTheCall();

  // Chosen by the patient, and still chosen after a reload: no camera goes on by itself.
  await patient.page.getByRole("button", { name: "More", exact: true }).click();
  await patient.page.getByRole("dialog").getByRole("button", { name: "Sound only" }).click();
  await reads(patient.page, /^Sound only\. The pictures are off/);
  await patient.page.reload();
  await reads(patient.page, /^Sound only\. The pictures are off/);
  await reads(clinician.page, "Sound only");
  await expectHears(clinician.page);
  expect(await patient.page.evaluate(camerasOn)).toBe(0);
  await patient.page.getByRole("button", { name: "Turn pictures on" }).click();
  await expectSeesAndHears(clinician.page);
});

/** When it stood there first: it may be gone again sooner than somebody from outside could look. */
const whenReconnectingIsRead = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const stands = () => /(^|\n)Reconnecting…/.test(document.body.innerText);
        const look = () => {
          if (!stands()) return;
          watch.disconnect();
          resolve(Date.now());
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => reject(new Error("nobody read of it")), 60_000);
      }),
  );

const takes = (page: Page, how: Parameters<typeof takeAway>[0]) => page.evaluate<void, typeof how>(takeAway, how);

async function reads(page: Page, words: RegExp | string): Promise<void> {
  await expect(page.getByText(words).first()).toBeVisible({ timeout: 60_000 });
}

async function readsNoMore(page: Page, words: RegExp | string): Promise<void> {
  await expect(page.getByText(words).first()).toBeHidden({ timeout: 30_000 });
}
