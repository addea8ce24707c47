// Looks at a screen as people do: keeps a picture of it, and asks axe, a narrow phone and double-size text what they think.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, type Page } from "@playwright/test";

const PICTURES = resolve(import.meta.dirname, "../../../target/stories");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Saves the picture `name` and holds the screen against the accessibility rules. */
export async function look(page: Page, name: string): Promise<void> {
  await settled(page);
  await picture(page, name);
  await expectAccessible(page, name);
  await expectNarrowAndLarge(page, name);
}

/** What moves has come to rest; what moves for ever is left to it. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => undefined))));
}

/** The same screen at night, for who works then. */
export async function lookDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await settled(page);
  await picture(page, name);
  await expectAccessible(page, name, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: null });
}

/** At the two ends: on the narrowest phone and at a desk, of a screen that is held against the rest of the rules elsewhere. */
export async function lookNarrowAndWide(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [end, size] of [["320", { width: 320, height: 640 }], ["desktop", { width: 1280, height: 800 }]] as const) {
    await page.setViewportSize(size);
    await settled(page);
    await picture(page, `${name}-${end}`);
    await expectNoSidewaysScroll(page, `${name} at ${size.width} px`);
    await expectAccessible(page, `${name} at ${size.width} px`, OF_LAYOUT);
  }
  if (before) await page.setViewportSize(before);
}

/** Only keeps the picture: the catalogue of states (21) or another story holds the same screen against the rules. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function expectAccessible(page: Page, name: string, rules?: readonly string[]): Promise<void> {
  expect(await violations(page, rules), `axe on ${name}`).toEqual([]);
}

/** What the same elements may break where they are laid out otherwise; the other rules ask what there is, not where. */
export const OF_LAYOUT = ["color-contrast", "scrollable-region-focusable", "target-size"] as const;

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/** What axe finds by all rules that bind us, or by these alone. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: Axe };
    const found = await axe.run({ runOnly: rules ? { type: "rule", values: rules } : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(" | ")}`);
  }, rules);
}

/** At 320 px, and at twice the text size, nothing runs out of the page sideways. */
async function expectNarrowAndLarge(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await settled(page);
  await picture(page, `${name}-320`);
  await expectNoSidewaysScroll(page, `${name} at 320 px`);
  await expectAccessible(page, `${name} at 320 px`, OF_LAYOUT);
  if (before) await page.setViewportSize(before);
  await page.evaluate(() => void (document.documentElement.style.fontSize = "200%"));
  await settled(page);
  await expectNoSidewaysScroll(page, `${name} at 200 % text`);
  await expectAccessible(page, `${name} at 200 % text`, OF_LAYOUT);
  await page.evaluate(() => void (document.documentElement.style.fontSize = ""));
}

async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), { message: what, timeout: 3_000 })
    .toBeLessThanOrEqual(0);
}
