// What a patient's phone has to carry before the first screen stands, and how soon it stands on slow 4G with a quarter of the processor.
import { request } from "node:https";
import { test, type Page } from "@playwright/test";
import { chromiumIn, PHONE, profile } from "../support/browser.ts";
import { House } from "../support/house.ts";
import { Figures, median } from "./figures.ts";

/** Kilobits a second and milliseconds, as Lighthouse names slow 4G; and so many times slower than this machine. */
const SLOW_4G = { downKbps: 1_600, upKbps: 750, roundTripMs: 150 };
const SLOWER = 4;
const LOADS = 5;
const STANDS = "the landing stands";

test("what the landing weighs, and how soon it stands", async () => {
  await using house = await House.open();
  const { link } = await house.clinic.book(60);
  const figures = new Figures();
  figures.note("html_packed_kib", (await packedBytes(link)) / 1024, "KiB");
  const browser = await chromiumIn();
  const loads: Load[] = [];
  for (let load = 0; load < LOADS; load++) loads.push(await loadSlowly(await (await profile(browser, PHONE)).newPage(), link));
  console.log(JSON.stringify(loads));
  figures.note("requests", Math.max(...loads.map(({ requests }) => requests.length)));
  figures.note("third_party_requests", Math.max(...loads.map(({ elsewhere }) => elsewhere)));
  figures.note("lcp_ms", median(loads.map(({ lcp }) => lcp)), "ms");
  figures.note("tbt_ms", median(loads.map(({ tbt }) => tbt)), "ms");
  figures.note("cls", median(loads.map(({ cls }) => cls)));
  figures.keep();
});

/** What goes over the line of the first HTML, to a phone that takes whatever packing the gateway likes best. */
function packedBytes(link: string): Promise<number> {
  return new Promise((done, fail) => {
    const headers = { "accept-encoding": "gzip, deflate, br, zstd" };
    const asked = request(link.split("#")[0]!, { rejectUnauthorized: false, headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length)).on("end", () => done(bytes));
    });
    asked.on("error", fail).end();
  });
}

interface Load {
  requests: string[];
  elsewhere: number;
  lcp: number;
  tbt: number;
  cls: number;
}

interface Paint {
  benchPaint: { lcp: number; cls: number; stood: number; tasks: { at: number; long: number }[] };
}

/** What is asked for until the landing is the page's own and can be used; what comes after it, for later, is not waited for. */
async function loadSlowly(page: Page, link: string): Promise<Load> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: SLOW_4G.roundTripMs, downloadThroughput: (SLOW_4G.downKbps * 1000) / 8, uploadThroughput: (SLOW_4G.upKbps * 1000) / 8 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(watchPaint);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  // Not by a locator: what that brings into the page would be measured too.
  const stands = page.waitForEvent("console", (said) => said.text() === STANDS);
  await page.goto(link);
  await stands;
  await page.waitForLoadState("networkidle");
  const { lcp, cls, tasks, requests } = await page.evaluate(whatItTook);
  const elsewhere = asked.filter((url) => new URL(url).protocol.startsWith("http") && new URL(url).host !== new URL(link).host).length;
  await page.context().close();
  return { requests, elsewhere, lcp, cls, tbt: tasks.reduce((sum, { long }) => sum + Math.max(0, long - 50), 0) };
}

/** Runs in the page before its scripts. */
function watchPaint(): void {
  const seen = { lcp: 0, cls: 0, stood: 0, tasks: [] as { at: number; long: number }[] };
  Object.assign(window, { benchPaint: seen });
  const watch = (type: string, each: (entry: PerformanceEntry & { value?: number }) => void) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch("largest-contentful-paint", ({ startTime }) => (seen.lcp = startTime));
  watch("layout-shift", ({ value }) => (seen.cls += value ?? 0));
  new MutationObserver((_, watch) => {
    if (![...document.querySelectorAll("button")].some((button) => button.textContent?.trim() === "Start")) return;
    seen.stood = performance.now();
    console.info("the landing stands");
    watch.disconnect();
  }).observe(document, { childList: true, subtree: true });
  watch("longtask", ({ startTime, duration }) => seen.tasks.push({ at: startTime, long: duration }));
}

/** Runs in the page. Counts what had come when the landing could be used: the HTML and what it needed. */
function whatItTook(): Paint["benchPaint"] & { requests: string[] } {
  const { benchPaint } = window as unknown as Paint;
  const needed = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ responseEnd }) => responseEnd <= benchPaint.stood);
  return { ...benchPaint, requests: ["html", ...needed.map(({ name }) => new URL(name).pathname)] };
}
