// The equipment test: every fault ends in its own words and its own cause, and who cannot see or cannot hear passes it too.
//
// One patient meets many faults one after the other: the page stays, what is wrong with the phone or its network changes, and a
// technician has the step run again. A busy machine measures a bad network of its own, so rows are asserted, and of verdicts only
// that they are no better than the fault allows and say why.
import { expect, test, type Page } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Booking } from "./support/clinic.ts";
import { expectVerdict, measuredRows, row, type Console } from "./support/console.ts";
import { bendDevices, lookAway, nowWrong, pretendToHear, weather, type Faults, type Weather } from "./support/faults.ts";
import { RELAY_ALONE } from "./support/gateway.ts";
import { House } from "./support/house.ts";
import { picture } from "./support/look.ts";
import type { Patient } from "./support/people.ts";

// One house for all of them.
test.describe.configure({ mode: "default" });

let house: House;
let desk: Console;

test.beforeAll(async () => {
  house = await House.open();
  desk = await house.console();
});
test.afterAll(() => house[Symbol.asyncDispose]());
test.afterEach(async () => {
  for (const { visit, patient } of here.splice(0)) {
    await patient.page.context().close();
    await house.clinic.cancel(visit);
  }
});

interface Lane {
  visit: Booking;
  patient: Patient;
  page: Page;
}

const here: Lane[] = [];

/** Somebody with a visit soon; both are gone when the test is over. */
async function somebody(startsInSeconds = 60): Promise<Lane> {
  const visit = await house.clinic.book(startsInSeconds);
  const patient = await house.patient(visit);
  const lane = { visit, patient, page: patient.page };
  here.push(lane);
  return lane;
}

const DEVICES: { faults: Faults; check: "camera" | "microphone"; says: RegExp; outcome: string; word: string; mode: string; cause: string }[] = [
  { faults: { camera: "black" }, check: "camera", says: /We see no picture/, outcome: "fail", word: "black", mode: "sound_only", cause: "camera_black" },
  { faults: { camera: "frozen" }, check: "camera", says: /The picture stands still/, outcome: "fail", word: "frozen", mode: "sound_only", cause: "camera_frozen" },
  { faults: { camera: "slow" }, check: "camera", says: /The picture is too slow/, outcome: "fail", word: "low_frame_rate", mode: "sound_only", cause: "camera_slow" },
  { faults: { microphone: "silent" }, check: "microphone", says: /can't hear you/, outcome: "fail", word: "silent", mode: "phone", cause: "microphone_silent" },
  { faults: { microphone: "muted" }, check: "microphone", says: /Your microphone is muted/, outcome: "fail", word: "muted", mode: "phone", cause: "microphone_muted" },
  { faults: { microphone: "clipping" }, check: "microphone", says: /You sound very loud/, outcome: "warn", word: "clipping", mode: "video", cause: "microphone_loud" },
];

/** A camera that cannot be had is said before the check, and is no choice of the person's after it. */
const NO_CAMERA = [
  { fault: "missing", title: /can't find a camera/i, word: "not_found" },
  { fault: "in_use", title: /Another app is using your camera/, word: "in_use" },
  { fault: "denied", title: /Your phone is blocking the camera/, word: "blocked_by_phone" },
] as const;

test("cameras and microphones with something wrong are named one by one", { tag: "@measures" }, async () => {
  // Two people at once: most of a check is waiting.
  const [one, other] = [await somebody(60), await somebody(16 * 60)];
  for (const { page } of [one, other]) await page.addInitScript(bendDevices);
  await Promise.all([meetsCameras(one), meetsDevices(other, "microphone")]);
});

async function meetsDevices({ visit, patient, page }: Lane, which: "camera" | "microphone"): Promise<void> {
  await comesToAVerdict(patient);
  for (const { faults, check, says, outcome, word, mode, cause } of DEVICES.filter(({ check }) => check === which)) {
    await test.step(cause, async () => {
      await nowWrong(page, faults);
      const found = await desk.runsAgain(visit, check);
      expect(row(found, check)).toMatchObject({ outcome, cause: word });
      expectVerdict(found, { mode, cause });
      await patient.sees(says);
      await picture(page, `13-${cause}`);
    });
  }
  await nowWrong(page, {});
  expect(row(await desk.runsAgain(visit, which), which).outcome, "well again").not.toBe("fail");
}

async function meetsCameras(lane: Lane): Promise<void> {
  const { visit, patient, page } = lane;
  await meetsDevices(lane, "camera");
  for (const { fault, title, word } of NO_CAMERA) {
    await test.step(fault, async () => {
      await nowWrong(page, { camera: fault });
      await page.reload();
      await patient.sees(title);
      await patient.joinsWithoutCamera();
      await expect.poll(() => desk.row(visit, "camera"), { timeout: 30_000 }).toMatchObject({ outcome: "fail", cause: word });
    });
  }
  await patient.hearsOrSkips();
  await patient.readsAVerdict();
  expectVerdict(await desk.found(visit), { mode: "sound_only", cause: "camera_blocked" });
  await picture(page, "13-camera-blocked");
}

interface Network {
  name: string;
  weather: Weather;
  rows: string[];
  isSaid(values: number[]): boolean;
  mode: string;
  cause: string | (string | null)[];
}

const LOSS = ["loss_up", "loss_down"];

/** Which row tells of it, and what that row may say at best. */
const NETWORKS: Network[] = [
  { name: "loss-5", weather: { loss: 5, roundTripMs: 20 }, rows: LOSS, isSaid: (shares) => Math.max(...shares) >= 0.03, mode: "low_video", cause: "lossy_internet" },
  { name: "loss-10", weather: { loss: 10, roundTripMs: 20 }, rows: LOSS, isSaid: (shares) => Math.max(...shares) >= 0.06, mode: "low_video", cause: "lossy_internet" },
  { name: "loss-25", weather: { loss: 25, roundTripMs: 20 }, rows: LOSS, isSaid: (shares) => Math.max(...shares) >= 0.15, mode: "sound_only", cause: "lossy_internet" },
  { name: "100-kbit", weather: { kbps: 100 }, rows: ["bitrate_up"], isSaid: ([kbps = 0]) => kbps < 150, mode: "sound_only", cause: "slow_internet" },
  { name: "300-kbit", weather: { kbps: 300 }, rows: ["bitrate_up"], isSaid: ([kbps = 0]) => kbps < 350, mode: "low_video", cause: "slow_internet" },
  { name: "300-kbit-down", weather: { kbps: 5_000, kbpsDown: 300 }, rows: ["bitrate_down"], isSaid: ([kbps = 0]) => kbps < 350, mode: "low_video", cause: "slow_internet" },
  // Enough for a picture, just: the record's 64 KiB take 1.7 s there and back of the 2 s they may.
  { name: "600-kbit", weather: { kbps: 600 }, rows: ["bitrate_up"], isSaid: ([kbps = 0]) => kbps < 660, mode: "video", cause: ["slow_internet", "record_channel", null] },
  { name: "400-ms", weather: { roundTripMs: 400 }, rows: ["round_trip"], isSaid: ([ms = 0]) => ms >= 390, mode: "low_video", cause: "delayed_internet" },
];

test("a weak network is measured, and what is weak about it is the cause", { tag: "@measures" }, async () => {
  // Two people at once: most of a check is waiting.
  let measured = 0;
  const lanes = [await somebody(60), await somebody(16 * 60)].map(async (lane, at) => {
    await comesToAVerdict(lane.patient);
    for (const network of NETWORKS.filter((_, place) => place % 2 === at)) if (await test.step(network.name, () => meets(lane, network))) measured++;
  });
  await Promise.all(lanes);
  expect(measured, "most of them are measured").toBeGreaterThan(NETWORKS.length / 2);
});

async function meets({ visit, patient, page }: Lane, { name, weather: conditions, rows, isSaid, mode, cause }: Network): Promise<boolean> {
  await weather(page, conditions);
  const found = await desk.runsAgain(visit, "connect");
  console.log(`    ${name}: ${measuredRows(found)}`);
  const values = rows.map((name) => Object.values(row(found, name).values)[0]).filter((value) => value !== undefined);
  // Where so much is lost, what the gateway says of it may not arrive either: then nothing counts as good.
  if (values.length > 0) expect(isSaid(values), `${rows}: ${values}`).toBe(true);
  expectVerdict(found, { mode, cause });
  await patient.readsAVerdict();
  await picture(page, `13-${name}`);
  return values.length > 0;
}

test("somebody who moves closer to the Wi-Fi after *sound only* and checks again is checked with their camera", { tag: "@measures" }, async () => {
  const { visit, patient, page } = await somebody();
  await weather(page, { loss: 25, roundTripMs: 20 });
  await comesToAVerdict(patient);
  const weak = await desk.found(visit);
  expectVerdict(weak, { mode: "sound_only", cause: "lossy_internet" });
  await weather(page, { roundTripMs: 4 });
  await page.getByRole("button", { name: "Check again" }).click();
  await patient.hearsOrSkips();
  const again = await desk.found(visit, weak);
  expect(row(again, "camera").outcome).toBe("pass");
  expect(again.cause).not.toBe("camera_off");
  await patient.goesOnAnyway();
});

test("a blocked record channel, a page that was looked away from and a gateway that starts anew are said, and never count as good", { tag: "@measures" }, async () => {
  const { visit, patient, page } = await somebody();
  await page.addInitScript(bendDevices);
  await comesToAVerdict(patient);

  await nowWrong(page, { records: "swallowed" });
  const swallowed = await desk.runsAgain(visit, "record_channel");
  expect(row(swallowed, "record_channel")).toMatchObject({ outcome: "fail", cause: "no_echo" });
  expectVerdict(swallowed, { mode: "video", cause: "record_channel" });
  await picture(page, "13-record-channel");
  await nowWrong(page, {});

  const before = await desk.found(visit);
  await desk.asksFor(visit, "connect");
  await patient.checksAgain();
  await desk.measures(visit, before);
  await page.evaluate(lookAway);
  const away = await desk.found(visit, before);
  expect(away.checks.filter(({ cause }) => cause === "interrupted").map(({ name }) => name)).not.toEqual([]);
  expect(away.mode).not.toBe("video");
  await patient.sees(/Keep this page open/);
  await picture(page, "13-looked-away");

  await desk.asksFor(visit, "connect");
  await patient.checksAgain();
  await desk.measures(visit, away);
  await house.gateway.kill();
  await house.gateway.start();
  desk = await house.console();
  const anew = await desk.found(visit, away);
  console.log(`    gateway anew: ${anew.mode}, ${anew.cause}: ${measuredRows(anew)}`);
  expect(row(anew, "path"), "nobody says that the way is blocked").not.toMatchObject({ outcome: "fail" });
  const notMeasured = anew.checks.filter(({ name, outcome }) => outcome === "not_checked" && name !== "speaker");
  expect(notMeasured.every(({ cause }) => cause === "interrupted" || cause === "not_reached"), measuredRows(anew)).toBe(true);
  if (notMeasured.length > 0) expect(anew.cause, "and what was not measured is no good verdict").toBeTruthy();
  await patient.readsAVerdict();
  await picture(page, "13-gateway-anew");
});

test("a relay that is down and one with another secret are the clinic's fault, by different words", async () => {
  await using clinic = await House.open(RELAY_ALONE);
  const console = await clinic.console();
  const visit = await clinic.clinic.book(60);
  const patient = await clinic.patient(visit);
  await comesToAVerdict(patient);
  const down = await console.found(visit);
  expect(row(down, "path")).toMatchObject({ outcome: "fail", cause: "relay_unreachable" });
  expectVerdict(down, { mode: "phone", cause: "relay_unreachable" });
  await picture(patient.page, "13-relay-down");

  const elsewhere = mkdtempSync(join(tmpdir(), "housecall-relay-"));
  await clinic.gateway.startRelay({ HOUSECALL_DATA: elsewhere });
  const refused = await console.runsAgain(visit, "path");
  expect(row(refused, "path")).toMatchObject({ outcome: "fail", cause: "relay_refused" });
  expectVerdict(refused, { mode: "phone", cause: "relay_refused" });

  await clinic.gateway.killRelay();
  rmSync(elsewhere, { recursive: true });
  await clinic.gateway.startRelay();
  expect(row(await console.runsAgain(visit, "path"), "path").outcome, "the right one is taken").not.toBe("fail");
});

test("somebody who cannot see passes by keys, by what is read out, and by counting tones", async () => {
  const { patient, page } = await somebody();
  await page.addInitScript(pretendToHear);
  await patient.comesAsFarAsDevices();
  await page.context().grantPermissions(["camera", "microphone"]);
  await patient.reachesByKeys("Turn on camera and microphone");
  await page.keyboard.press("Enter");
  await patient.reachesByKeys("Read this to me");
  await page.keyboard.press("Enter");
  await patient.reachesByKeys("Count tones instead");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "How many tones did you hear?" })).toBeVisible();
  await picture(page, "13-count");
  const tones = await patient.heardTones();
  await patient.reachesByKeys(String(tones));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "You can hear us" })).toBeVisible();
  await patient.readsAVerdict();
  await expect(page.getByRole("heading", { level: 1 }), "the verdict has the focus").toBeFocused();
  expect((await patient.wasTold()).join(" ")).toMatch(/How many tones did you hear\?.*You can hear us/);
  const isGood = await page.getByRole("button", { name: "Continue", exact: true }).isVisible();
  await patient.reachesByKeys(isGood ? "Continue" : "Continue anyway");
  await page.keyboard.press("Enter");
  await patient.isWaiting();
});

test("somebody who cannot hear passes by words and a buzz, in seconds", async () => {
  const { visit, patient, page } = await somebody();
  await page.addInitScript(() => {
    Object.assign(window, { storyBuzzes: 0 });
    navigator.vibrate = () => Boolean(++(window as unknown as { storyBuzzes: number }).storyBuzzes);
  });
  await patient.comesAsFarAsDevices();
  const begun = Date.now();
  await patient.turnsOnCamera();
  await picture(page, "13-checking");
  await patient.skipsTheSound();
  await patient.sees(/We can hear you/);
  await patient.readsAVerdict();
  console.log(`    permission to verdict: ${((Date.now() - begun) / 1000).toFixed(1)} s (15 on a calm machine)`);
  await picture(page, "13-without-hearing");
  const found = await desk.found(visit);
  expect(row(found, "speaker")).toMatchObject({ outcome: "not_checked", cause: "skipped" });
  expect(row(found, "microphone").outcome).toBe("pass");
  expectVerdict(found, { mode: "video", cause: "speaker_not_checked" });
  expect(await page.evaluate(() => (window as unknown as { storyBuzzes: number }).storyBuzzes), "felt in the hand").toBeGreaterThan(0);
  await patient.goesOnAnyway();

  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.reload();
  await patient.isWaiting();
  expect(fetched.some((path) => path.includes("/live-")), "the page came anew").toBe(true);
  expect(fetched.filter((path) => path.includes("/checking-")), "and the checks, which are done, did not").toEqual([]);
});

async function comesToAVerdict(patient: Patient): Promise<void> {
  await patient.comesAsFarAsDevices();
  await patient.turnsOnCamera();
  await patient.hearsOrSkips();
  await patient.readsAVerdict();
}
