import { defineConfig } from "@playwright/test";

import { findChromium } from "./db/local/test-tools.mjs";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/e2e-console.ts",
  outputDir: "test-results",
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env.REPORT_FILE ? [["list"], ["json", { outputFile: process.env.REPORT_FILE }]] : "list",
  use: {
    // Set by the global set-up, before the workers read this file again.
    baseURL: process.env.CONSOLE_URL,
    locale: "en-GB",
    timezoneId: "Europe/Amsterdam",
    // Filming each page costs as much as drawing it.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    launchOptions: {
      executablePath: findChromium(),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
      ],
    },
  },
});
