// From the press of Show until the clinician reads that it was seen: a small item on this machine, and 64 KiB of text on a weak network.
import { writeFileSync } from "node:fs";
import { test, type Page } from "@playwright/test";
import { weather } from "../support/faults.ts";
import { House } from "../support/house.ts";
import type { Clinician, Patient } from "../support/people.ts";
import { preparesText } from "../support/record.ts";

const SMALL = [/Your vaccines/, /Your health conditions/, /Your care plan/];
const TEXT = [/Vitamin D/, /Blood pressure/, /Chest X-ray/];
const KIB = 1024;
const WEAK = { kbps: 300, roundTripMs: 300 };

test("how long from Show to seen", async () => {
  await using house = await House.open();
  const here = await inSound(house);
  const small = await times(here.clinician, SMALL);
  await preparesText(here.clinician.page, house.gateway, 64 * KIB);
  const text = await times(here.clinician, TEXT);

  await using another = await House.open();
  const weak = await inSound(another, true);
  const weakSmall = await times(weak.clinician, SMALL);
  await preparesText(weak.clinician.page, another.gateway, 64 * KIB);
  const weakText = await times(weak.clinician, TEXT);

  const figure = (name: string, all: number[]) => ({ name, value: median(all), unit: "ms" });
  const figures = [
    figure("small_ms", small),
    figure("text_64_kib_ms", text),
    figure("weak_small_ms", weakSmall),
    figure("weak_text_64_kib_ms", weakText),
  ];
  console.log(JSON.stringify({ small, text, weakSmall, weakText }));
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, JSON.stringify(figures));
});

/** In the call, with sound alone, the consent given and the record open. */
async function inSound(house: House, isWeak = false): Promise<{ patient: Patient; clinician: Clinician }> {
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.comesToTheWaitingRoom();
  if (isWeak) await weather(patient.page, WEAK);
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await patient.page.getByRole("button", { name: "Stop video" }).click();
  await clinician.page.getByRole("button", { name: "Turn the camera off" }).click();
  await clinician.opensTheRecord();
  await clinician.shows(/Your allergies/);
  await patient.agreesToSeeTheRecord();
  await clinician.seesThatItWasSeen();
  await clinician.withdraws();
  await clinician.goesBackToTheRecord();
  return { patient, clinician };
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

function median(all: number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}
