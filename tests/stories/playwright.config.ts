// The stories: real people's visits, in real Chromium and once in Firefox, against the built gateway. Never tried twice.
//
// `npm test` tells two at a time, except those in which a network or a delay is measured: a machine whose cores are busy measures
// a bad network, so those are told alone.
import { defineConfig } from "@playwright/test";

const MEASURING = /\/(07|12|13|14|18|19|20)-/;

export default defineConfig({
  testDir: ".",
  testMatch: "*.story.ts",
  projects: [
    { name: "visits", testIgnore: MEASURING },
    { name: "measuring", testMatch: MEASURING },
  ],
  outputDir: "../../target/stories/results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 30_000 },
  reporter: [["list"]],
});
