// In the call: from Admit to the picture, from silence to the words on both screens, and from the network's return to pictures that move,
// on the same path and on another address.
import { test, type Page } from "@playwright/test";
import { RELAY_ALONE } from "../support/gateway.ts";
import type { Booking } from "../support/clinic.ts";
import { House } from "../support/house.ts";
import { expectSeesAndHears } from "../support/media.ts";
import type { Clinician, Patient } from "../support/people.ts";
import { Wire } from "../support/wire.ts";
import { Figures, median } from "./figures.ts";

const TIMES = 5;
const figures = new Figures();

test.afterAll(() => figures.keep());

test("how soon one is seen", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.page.addInitScript(watchPicture);
  await patient.comesToTheWaitingRoom();
  await clinician.starts(visit);
  await clinician.page.evaluate(watchAdmit);
  const times: number[] = [];
  for (let admission = 0; admission < TIMES; admission++) {
    if (admission > 0) await sentBack(clinician, patient, visit);
    times.push(await admitted(clinician, patient, visit));
  }
  figures.note("admit_to_picture_ms", median(times), "ms");
});

test("how soon one reads of a dead path, and is seen again when the network is back", async () => {
  await using house = await House.open(RELAY_ALONE);
  await using wire = await Wire.beforeTheRelayOf(house);
  await house.setRelayOnly();
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit, { network: "udp" });
  const clinician = await house.clinician("patel", "tls");
  const pages = [patient.page, clinician.page];
  for (const page of pages) await page.addInitScript(watchPicture);
  await clinician.page.reload();
  await house.meet(visit, { patient, clinician });
  const [words, same, other]: number[][] = [[], [], []];
  for (let cut = 0; cut < TIMES; cut++) {
    for (const page of pages) await expectSeesAndHears(page);
    words?.push(await silenceToWords(wire, pages));
    const isOther = cut % 2 === 1;
    if (isOther) wire.changesTheAddress();
    (isOther ? other : same)?.push(await backToPicture(wire, pages));
  }
  console.log(JSON.stringify({ words, same, other }));
  figures.note("silence_to_words_ms", median(words ?? []), "ms");
  figures.note("back_on_the_same_path_ms", median(same ?? []), "ms");
  figures.note("back_on_another_address_ms", median(other ?? []), "ms");
});

interface Picture {
  benchPicture: { first: number; last: number };
}

/** Runs in the patient's page before its scripts: when the other person's picture came first, and when it moved last. */
function watchPicture(): void {
  const seen = { first: 0, last: 0 };
  Object.assign(window, { benchPicture: seen });
  const follow = (video: HTMLVideoElement) => {
    const onFrame = () => {
      seen.last = Date.now();
      seen.first ||= seen.last;
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  };
  const known = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll<HTMLVideoElement>("video.remote")) {
      if (!known.has(video)) follow(video);
      known.add(video);
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Runs in the clinician's page: notes each press of a button. */
function watchAdmit(): void {
  document.addEventListener("click", () => Object.assign(window, { benchPressed: Date.now() }), true);
}

/** From the press of "Yes, admit" to the first picture on the other phone; both pages read the same clock. */
async function admitted(clinician: Clinician, patient: Patient, visit: Booking): Promise<number> {
  await patient.page.evaluate(() => Object.assign((window as unknown as Picture).benchPicture, { first: 0 }));
  await clinician.admits(visit);
  const pressed = await clinician.page.evaluate(() => (window as unknown as { benchPressed: number }).benchPressed);
  await patient.page.waitForFunction(() => (window as unknown as Picture).benchPicture.first > 0);
  return (await patient.page.evaluate(() => (window as unknown as Picture).benchPicture.first)) - pressed;
}

async function sentBack(clinician: Clinician, patient: Patient, { patient: { name } }: Booking): Promise<void> {
  await clinician.page.getByRole("button", { name: `More for ${name}` }).click();
  await clinician.page.getByRole("menuitem", { name: "Send to the waiting room" }).click();
  const sure = clinician.page.getByRole("dialog").getByRole("button", { name: "Send to the waiting room" });
  if (await sure.isVisible()) await sure.click();
  await patient.isWaiting();
}

/** Until the later of the two reads it. */
async function silenceToWords(wire: Wire, pages: Page[]): Promise<number> {
  const read = pages.map((page) => page.evaluate(whenRead));
  const began = Date.now();
  wire.loses(1);
  return Math.max(...(await Promise.all(read))) - began;
}

/** Until the later of the two sees a new picture. */
async function backToPicture(wire: Wire, pages: Page[]): Promise<number> {
  const began = Date.now();
  wire.loses(0);
  const seen = (page: Page) =>
    page.evaluate(
      (began) =>
        new Promise<number>((seen) => {
          const look = () => {
            const { last } = (window as unknown as Picture).benchPicture;
            if (last > began) seen(last);
            else requestAnimationFrame(look);
          };
          look();
        }),
      began,
    );
  return Math.max(...(await Promise.all(pages.map(seen)))) - began;
}

/** Runs in a page: the moment at which it says that it reconnects. */
function whenRead(): Promise<number> {
  return new Promise((said) => {
    const look = (_: unknown, watch: MutationObserver) => {
      if (!document.body.innerText.includes("Reconnecting…")) return;
      watch.disconnect();
      said(Date.now());
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}
