// Leafs through the catalogue of states (web/src/states): each state under each look, held against the rules of docs and design.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { violations } from "./look.ts";
import { REPOSITORY } from "./gateway.ts";
import { examine, forgetFocus, unreached, watchFocus } from "./examine.ts";

export type Who = "patient" | "staff";

export interface Look {
  name: string;
  width: number;
  height: number;
  tongue?: "en" | "es" | "long" | "mirrored";
  colorScheme?: "dark";
  forcedColors?: "active";
  reducedMotion?: "reduce";
  /** Of the ordinary size. */
  textPercent?: number;
  /** Rules that the look can break: all of them once, colours in each scheme. */
  axe?: "all" | "colours";
  /** Everything is reached with the Tab key, and one sees where one is. */
  keys?: true;
  /** Kept even where not every picture is asked for. */
  picture?: true;
}

const PICTURES = join(REPOSITORY, "target/states");
/** Every picture of every look takes minutes; the checks are the same without. */
const ALL_PICTURES = process.env.STATES === "all";
const SITE = join(PICTURES, "site");
const ORIGIN = "https://states.example";
/** A quarter past two at the clinic of the catalogue. */
const NOW = Date.UTC(2026, 2, 10, 21, 15);
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export class Catalogue {
  private constructor(
    private readonly page: Page,
    private readonly browser: CDPSession,
    private readonly who: Who,
    readonly names: readonly string[],
  ) {}

  static async open(browser: Browser, who: Who): Promise<Catalogue> {
    // Two of them may be built at a time, each in a folder of its own.
    execFileSync("npm", ["run", "--silent", "states", "--", "--outDir", `../../../target/states/site/${who}`], { cwd: join(REPOSITORY, "web"), stdio: "inherit" });
    const context = await browser.newContext({ locale: "en-US", timezoneId: "America/Los_Angeles", hasTouch: who === "patient", isMobile: who === "patient" });
    await context.addInitScript(watchFocus);
    await context.addInitScript(`window.storyExamine = ${examine}`);
    const page = await context.newPage();
    await page.route(`${ORIGIN}/**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      return route.fulfill({ body: readFileSync(join(SITE, who, path)), contentType: TYPES[extname(path)] ?? "text/plain" });
    });
    await page.clock.setFixedTime(NOW);
    await page.goto(`${ORIGIN}/${who}.html#secret`);
    await page.waitForFunction(() => "catalogue" in window);
    const names = await page.evaluate(() => (window as unknown as Shelf).catalogue.names);
    return new Catalogue(page, await context.newCDPSession(page), who, names);
  }

  /** What is wrong under this look, in all states. */
  async findings(look: Look): Promise<string[]> {
    await this.puts(look);
    const looksOnly = !look.axe && !look.keys && !look.picture && !ALL_PICTURES;
    const all = looksOnly ? await this.examines(this.names, look) : [];
    if (!looksOnly) for (const name of this.names) all.push(...(await this.goesThrough(name, look)));
    return all.map((what) => `${look.name}, ${what}`);
  }

  private async goesThrough(name: string, look: Look): Promise<string[]> {
    const more: string[] = [];
    if (look.picture || ALL_PICTURES) await this.picture(name, look);
    const found = await this.examines([name], look);
    if (look.axe) more.push(...(await violations(this.page, look.axe === "colours" ? ["color-contrast"] : undefined)));
    if (look.keys) more.push(...(await this.unreachable()));
    return [...found, ...more.map((what) => `${name}: ${what}`)];
  }

  private async puts({ width, height, ...media }: Look): Promise<void> {
    await this.page.setViewportSize({ width, height });
    // As from the phone's own settings: what is laid out by the size of words is laid out anew.
    const standard = (16 * (media.textPercent ?? 100)) / 100;
    await this.browser.send("Page.setFontSizes", { fontSizes: { standard, fixed: standard } });
    await this.page.emulateMedia({ colorScheme: media.colorScheme ?? "light", forcedColors: media.forcedColors ?? "none", reducedMotion: media.reducedMotion ?? "no-preference" });
  }

  /** Shows one state after the other and looks at each. */
  private async examines(names: readonly string[], { tongue = "en", forcedColors, reducedMotion }: Look): Promise<string[]> {
    const rules = { target: this.who === "patient" ? 48 : 24, borders: forcedColors === "active", still: reducedMotion === "reduce" };
    return this.page.evaluate(
      async ({ names, tongue, rules }) => {
        const { catalogue, storyExamine } = window as unknown as Shelf;
        const all: string[] = [];
        for (const name of names) {
          await catalogue.show(name, tongue);
          all.push(...storyExamine(rules).map((what) => `${name}: ${what}`));
        }
        return all;
      },
      { names, tongue, rules },
    );
  }

  /** Everything that can be used is reached by the Tab key alone. */
  private async unreachable(): Promise<string[]> {
    const steps = await this.page.evaluate(forgetFocus);
    for (let step = 0; step < steps; step++) await this.page.keyboard.press("Tab");
    return this.page.evaluate(unreached);
  }

  private async picture(name: string, look: Look): Promise<void> {
    await this.page.evaluate(({ name, tongue }) => (window as unknown as Shelf).catalogue.show(name, tongue), { name, tongue: look.tongue ?? "en" });
    const folder = join(PICTURES, this.who, look.name);
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name.replaceAll(/[^\w-]+/g, "-")}.png`) });
  }
}

interface Shelf {
  catalogue: { names: string[]; show(name: string, tongue: string): Promise<void> };
  storyExamine: typeof examine;
}
