// The stories: real people's visits, in real Chromium and once in Firefox, against the built gateway. Never tried twice.
//
// `npm test` tells two at a time, except those marked `@measures`, in which a network or a delay is measured: a machine whose cores are
// busy measures a bad network, so those are told alone.
import { defineConfig } from "@playwright/test";

const MEASURES = /@measures/;

export default defineConfig({
  testDir: ".",
  testMatch: "*.story.ts",
  projects: [
    { name: "visits", grepInvert: MEASURES, fullyParallel: true },
    { name: "measuring", grep: MEASURES },
  ],
  outputDir: "../../target/stories/results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // What somebody may wait for stands in the story. These only end what hangs, on a machine that may be very busy.
  timeout: 600_000,
  expect: { timeout: 30_000 },
  use: { actionTimeout: 60_000 },
  reporter: [["list"]],
});
