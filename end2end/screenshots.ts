/**
 * Takes a picture of every page at 1440, 960, 720 and 390 px, light and dark, into the folder that is
 * named: `npx tsx screenshots.ts /tmp/shots`. They are looked at by people, not compared.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { type Page } from "@playwright/test";

import { launchBrowser } from "./support/browser";
import { visitEveryPage } from "./support/every-page";
import { MockEntra } from "./support/mock-entra";
import { Portal } from "./support/portal";

const folder = process.argv[2] ?? "screenshots";
const LOOKS = [
  { name: "1440-light", width: 1440, height: 900, colorScheme: "light" },
  { name: "1440-dark", width: 1440, height: 900, colorScheme: "dark" },
  { name: "960-light", width: 960, height: 900, colorScheme: "light" },
  { name: "960-dark", width: 960, height: 900, colorScheme: "dark" },
  { name: "720-light", width: 720, height: 900, colorScheme: "light" },
  { name: "720-dark", width: 720, height: 900, colorScheme: "dark" },
  { name: "390-light", width: 390, height: 844, colorScheme: "light" },
  { name: "390-dark", width: 390, height: 844, colorScheme: "dark" },
] as const;

async function shoot(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.waitForTimeout(150);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (wide) console.log(`${name} ${look.name}: wider than the window`);
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: true });
  }
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  const portal = await Portal.start();
  const entra = await MockEntra.start();
  try {
    await visitEveryPage(browser, portal, entra, shoot);
  } finally {
    await entra.stop();
    await portal.stop();
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
