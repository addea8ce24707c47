// Every screen in every state it can be in, as phones and desks show it: small, turned, with large words, at night, in the system's own
// colours, in other languages. As they are first shown, all of them; the other looks take the states of a screen in turn,
// and with `make states` and `make soak` all as well. Also writes target/states/index.html, to leaf through.
import { expect, test } from "@playwright/test";
import { chromiumIn } from "./support/browser.ts";
import { writePages } from "./support/pages.ts";
import { Catalogue, type Look, type Who } from "./support/states.ts";

/** The same for everybody, from the size that they mostly have. */
function looks(width: number, height: number, narrow: number): readonly Look[] {
  const usual = { width, height };
  const small = { width: narrow, height: 640 };
  return [
    { name: "plain", ...usual, always: true, axe: "all", picture: true },
    { name: "narrow", ...small, axe: "all", picture: true },
    { name: "spanish-narrow", ...small, tongue: "es", axe: "all" },
    { name: "long-narrow", ...small, tongue: "long", picture: true },
    { name: "large-words", ...usual, textPercent: 200, axe: "layout", picture: true },
    { name: "turned", width: 568, height: 320, picture: true },
    { name: "mirrored", ...usual, tongue: "mirrored", picture: true },
    { name: "dark", ...usual, colorScheme: "dark", axe: "colours", picture: true },
    { name: "forced-colours", ...usual, forcedColors: "active" },
    { name: "by-keys", ...usual, keys: true },
    { name: "still", ...usual, reducedMotion: "reduce" },
  ];
}

/** Only this one, while somebody works on it. */
const ONLY = process.env.STATES_LOOK;

const LOOKS: Readonly<Record<Who, readonly Look[]>> = { patient: looks(390, 844, 320), staff: looks(1280, 800, 360) };

for (const who of ["patient", "staff"] as const) {
  test(`every state of the ${who === "patient" ? "patient's" : "staff's"} pages holds under every look`, async () => {
    // Two thousand screens where all are asked for: minutes, and more where others want the processor too.
    test.setTimeout(900_000);
    await using catalogue = await Catalogue.open(await chromiumIn(), who);
    const findings: string[] = [];
    for (const [turn, look] of LOOKS[who].entries()) {
      if (ONLY && look.name !== ONLY) continue;
      const began = Date.now();
      findings.push(...(await catalogue.findings(look, turn)));
      console.log(`    ${who}, ${look.name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
    writePages();
    console.log(`    ${catalogue.names.length} states under ${LOOKS[who].length} looks`);
    expect(findings, findings.join("\n")).toEqual([]);
  });
}
