import { type Browser, chromium } from "@playwright/test";

/**
 * Debian's Chromium: Playwright's own download is not needed. Flags: no sandbox as root, and none of the
 * background traffic that a closed network refuses.
 */
export const LAUNCH_OPTIONS = {
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

/** A browser for what runs outside of Playwright's tests. */
export const launchBrowser = (): Promise<Browser> => chromium.launch(LAUNCH_OPTIONS);
