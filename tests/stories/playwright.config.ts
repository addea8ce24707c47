// The stories: real people's visits, in real Chromium, against the built gateway. One at a time, never tried twice.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.story.ts",
  outputDir: "../../target/stories/results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 150_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 30_000 },
  reporter: [["list"]],
});
