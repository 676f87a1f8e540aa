import { defineConfig } from "@playwright/test";

// Debian's Chromium: Playwright's own download is not needed. Flags: no sandbox as root,
// and none of the background traffic that a closed network refuses.
const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: "tests",
  workers: 2,
  timeout: 60_000,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions: chromium, screenshot: "only-on-failure", trace: "retain-on-failure" },
});
