// `make bench` runs these beside the load scenarios: what only a real browser can measure. Their figures go where FIGURES says, as JSON.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "bench",
  testMatch: "*.bench.ts",
  outputDir: "../../target/stories/bench",
  workers: 1,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  use: { actionTimeout: 30_000 },
  reporter: [["dot"]],
});
