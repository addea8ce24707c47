// Leafs through the catalogue of states (web/src/states): each state under each look, held against the rules of docs and design.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { OF_LAYOUT, violations } from "./look.ts";
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
  /** Rules that the look can break: all of them where the words or the parts are others, colours in each scheme. */
  axe?: "all" | "colours" | "layout";
  /** Everything is reached with the Tab key, and one sees where one is. */
  keys?: true;
  /** Every state has it, and not one in three. */
  always?: true;
  /** Kept even where not every picture is asked for. */
  picture?: true;
}

const PICTURES = join(REPOSITORY, "target/states");
/** Every state under every look, with a picture of each: minutes more than `make test` has. */
const ALL = process.env.STATES === "all";
const SITE = join(PICTURES, "site");
const ORIGIN = "https://states.example";
/** A quarter past two at the clinic of the catalogue. */
const NOW = Date.UTC(2026, 2, 10, 21, 15);
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export class Catalogue implements AsyncDisposable {
  /** What the page itself complained about since it was last asked. */
  private readonly errors: string[] = [];

  private constructor(
    private readonly page: Page,
    private readonly browser: CDPSession,
    private readonly who: Who,
    readonly names: readonly string[],
  ) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
  }

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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }

  /** What is wrong under this look. `turn` tells it from the others: each takes other states of a screen. */
  async findings(look: Look, turn: number): Promise<string[]> {
    await this.puts(look);
    const names = ALL || look.always ? this.names : inTurn(this.names, turn);
    const all = await this.examines(names, look);
    if (look.axe || look.keys || look.picture || ALL) for (const name of names) all.push(...(await this.looksCloser(name, look)));
    all.push(...this.errors.splice(0));
    return all.map((what) => `${look.name}, ${what}`);
  }

  private async looksCloser(name: string, look: Look): Promise<string[]> {
    await this.page.evaluate(({ name, tongue }) => (window as unknown as Shelf).catalogue.show(name, tongue), { name, tongue: look.tongue ?? "en" });
    if (look.picture || ALL) await this.picture(name, look);
    const found = look.axe ? await violations(this.page, RULES[look.axe]) : [];
    if (look.keys) found.push(...(await this.unreachable()));
    return found.map((what) => `${name}: ${what}`);
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
    const folder = join(PICTURES, this.who, look.name);
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name.replaceAll(/[^\w-]+/g, "-")}.png`) });
  }
}

const RULES = { all: undefined, colours: ["color-contrast"], layout: OF_LAYOUT };

const EVERY = 3;

/** One in three of the states of each screen, so that three looks together meet every state and each look every screen. */
function inTurn(names: readonly string[], turn: number): string[] {
  const screenOf = (name: string) => name.split(" ")[0];
  return names.filter((name) => {
    const screen = names.filter((other) => screenOf(other) === screenOf(name));
    const every = Math.min(EVERY, screen.length);
    return screen.indexOf(name) % every === turn % every;
  });
}

interface Shelf {
  catalogue: { names: string[]; show(name: string, tongue: string): Promise<void> };
  storyExamine: typeof examine;
}
