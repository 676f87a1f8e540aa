import { defineConfig } from "@playwright/test";

import { LAUNCH_OPTIONS } from "./support/browser";

export default defineConfig({
  testDir: "tests",
  workers: 2,
  timeout: 60_000,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions: LAUNCH_OPTIONS, screenshot: "only-on-failure", trace: "retain-on-failure" },
});
