// Every screen in every state it can be in, as phones and desks show it: small, turned, with large words, at night, in the system's own
// colours, in other languages. Also writes target/states/index.html, to leaf through.
import { expect, test } from "@playwright/test";
import { launch } from "./support/browser.ts";
import { writePages } from "./support/pages.ts";
import { Catalogue, type Look, type Who } from "./support/states.ts";

test.describe.configure({ mode: "parallel" });

/** The same for everybody, from the size that they mostly have. */
function looks(width: number, height: number, narrow: number): readonly Look[] {
  const usual = { width, height };
  const small = { width: narrow, height: 640 };
  return [
    { name: "plain", ...usual, axe: "all", keys: true, picture: true },
    { name: "dark", ...usual, colorScheme: "dark", axe: "colours", picture: true },
    { name: "narrow", ...small, picture: true },
    { name: "turned", width: 568, height: 320 },
    { name: "large-words", ...usual, textPercent: 200 },
    { name: "forced-colours", ...usual, forcedColors: "active" },
    { name: "still", ...usual, reducedMotion: "reduce" },
    { name: "spanish-narrow", ...small, tongue: "es" },
    { name: "long-narrow", ...small, tongue: "long", picture: true },
    { name: "mirrored", ...usual, tongue: "mirrored", picture: true },
  ];
}

/** Only this one, while somebody works on it. */
const ONLY = process.env.STATES_LOOK;

const LOOKS: Readonly<Record<Who, readonly Look[]>> = { patient: looks(390, 844, 320), staff: looks(1280, 800, 360) };

for (const who of ["patient", "staff"] as const) {
  test(`every state of the ${who === "patient" ? "patient's" : "staff's"} pages holds under every look`, async () => {
    // Sixteen hundred screens: minutes where others want the processor too.
    test.setTimeout(900_000);
    const browser = await launch();
    const catalogue = await Catalogue.open(browser, who);
    const findings: string[] = [];
    for (const look of LOOKS[who].filter(({ name }) => !ONLY || name === ONLY)) {
      const began = Date.now();
      findings.push(...(await catalogue.findings(look)));
      console.log(`    ${who}, ${look.name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
    await browser.close();
    writePages();
    console.log(`    ${catalogue.names.length} states under ${LOOKS[who].length} looks`);
    expect(findings, findings.join("\n")).toEqual([]);
  });
}
