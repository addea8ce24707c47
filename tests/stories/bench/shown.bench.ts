// From the press of Show until the clinician reads that it was seen: a small item on this machine, and 64 KiB of text on a weak network.
import { test, type Page } from "@playwright/test";
import { weather, type Weather } from "../support/faults.ts";
import { House } from "../support/house.ts";
import type { Clinician } from "../support/people.ts";
import { preparesText } from "../support/record.ts";
import { Figures, median } from "./figures.ts";

const SMALL = [/Your vaccines/, /Your health conditions/, /Your care plan/];
const TEXT = [/Vitamin D/, /Blood pressure/, /Chest X-ray/];
const KIB = 1024;
const WEAK = { kbps: 300, roundTripMs: 300 };

test("how long from Show to seen", async () => {
  const here = await smallAndText();
  const weak = await smallAndText(WEAK);
  const figures = new Figures();
  figures.note("small_ms", median(here.small), "ms");
  figures.note("text_64_kib_ms", median(here.text), "ms");
  figures.note("weak_small_ms", median(weak.small), "ms");
  figures.note("weak_text_64_kib_ms", median(weak.text), "ms");
  console.log(JSON.stringify({ here, weak }));
  figures.keep();
});

/** In a house of its own: of two at once one would wait for the other. */
async function smallAndText(network?: Weather): Promise<{ small: number[]; text: number[] }> {
  await using house = await House.open();
  const clinician = await inSound(house, network);
  const small = await times(clinician, SMALL);
  await preparesText(clinician.page, house.gateway, 64 * KIB);
  return { small, text: await times(clinician, TEXT) };
}

/** In the call, with sound alone, the consent given and the record open. */
async function inSound(house: House, network?: Weather): Promise<Clinician> {
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.comesToTheWaitingRoom();
  if (network) await weather(patient.page, network);
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await patient.hidesTheirPicture();
  await clinician.page.getByRole("button", { name: "Turn the camera off" }).click();
  await clinician.opensTheRecord();
  await clinician.shows(/Your allergies/);
  await patient.agreesToSeeTheRecord();
  await clinician.seesThatItWasSeen();
  await clinician.withdraws();
  await clinician.goesBackToTheRecord();
  return clinician;
}

/** Milliseconds for each item, as the clinician's own page has them. */
async function times(clinician: Clinician, items: RegExp[]): Promise<number[]> {
  const all: number[] = [];
  for (const item of items) {
    const seen = await untilSeen(clinician.page);
    await clinician.shows(item);
    all.push(await seen());
    await clinician.withdraws();
    await clinician.goesBackToTheRecord();
  }
  return all;
}

/** Starts a watch with the next press of Show, and stops it when the page says Seen. */
async function untilSeen(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watch = { from: 0, to: 0 };
    Object.assign(window, { benchSeen: watch });
    const pressed = (event: Event) => {
      if (!(event.target as Element).closest("button")?.textContent?.includes("Show to the patient")) return;
      watch.from = performance.now();
      document.removeEventListener("click", pressed, true);
    };
    document.addEventListener("click", pressed, true);
    new MutationObserver((_, observer) => {
      const said = [...document.querySelectorAll(".stand")].some((stand) => stand.textContent?.includes("Seen"));
      if (watch.from === 0 || !said) return;
      watch.to = performance.now();
      observer.disconnect();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return async () => {
    await page.waitForFunction(() => (window as unknown as { benchSeen: { to: number } }).benchSeen.to > 0);
    return page.evaluate(() => {
      const { from, to } = (window as unknown as { benchSeen: { from: number; to: number } }).benchSeen;
      return Math.round(to - from);
    });
  };
}
