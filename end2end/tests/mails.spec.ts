/** Every mail as it looks: light and dark, as wide as mail programs show it and as narrow as a phone. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { previewMails } from "../support/portal";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Accents that leave no room: ours, nearly white, nearly black. */
const ACCENTS = ["#5b4ce0", "#ffee66", "#101418"];

let root: string;
const folders = new Map<string, string>();

test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mails-"));
  for (const accent of ACCENTS) {
    const folder = join(root, accent.slice(1));
    previewMails(folder, { PORTAL_BRAND__ACCENT: accent });
    folders.set(accent, folder);
  }
});

test.afterAll(() => rmSync(root, { recursive: true }));

function mailFiles(accent: string): string[] {
  const folder = folders.get(accent) ?? "";
  const files = readdirSync(folder).filter((file) => file.endsWith(".html") && file !== "index.html");
  return files.map((file) => `file://${join(folder, file)}`);
}

test("every mail fits, as wide as mail programs show it and on a narrow phone", async ({ page }) => {
  test.setTimeout(180_000);
  const mails = mailFiles("#5b4ce0");
  expect(mails.length).toBeGreaterThan(40);
  for (const mail of mails) {
    await page.goto(mail);
    for (const width of [600, 360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${mail} is wider than ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [600, 360]) {
    test(`every mail can be read, ${colorScheme}, ${width} px wide`, async ({ browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, offline: true });
      const page = await context.newPage();
      const seen = new Set<string>();
      for (const mail of mailFiles("#5b4ce0")) {
        await page.goto(mail);
        // axe takes a second or two: mails that differ in nothing but their sentences are read once
        const elements = await page.locator("body *").evaluateAll((all) => all.map((one) => `${one.tagName}.${one.className}`).join());
        if (seen.has(elements)) continue;
        seen.add(elements);
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        expect(violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html)}`), mail).toEqual([]);
      }
      expect(seen.size).toBeGreaterThan(5);
      await context.close();
    });
  }

  test(`a button can be read whatever the accent, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 600, height: 800 }, offline: true });
    const page = await context.newPage();
    for (const accent of ACCENTS) {
      const mail = mailFiles(accent).find((file) => file.endsWith("team-approved.html"));
      await page.goto(mail ?? "");
      await expect(page.locator("a.button")).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
      expect(violations.map((found) => found.nodes.map((node) => node.html)), accent).toEqual([]);
    }
    await context.close();
  });
}

test("a button is as high as a finger, and as wide as the mail on a phone", async ({ page }) => {
  const mail = mailFiles("#5b4ce0").find((file) => file.endsWith("members-invitation.html")) ?? "";
  for (const [width, isWide] of [[600, false], [360, true]] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(mail);
    const button = await page.locator("a.button").boundingBox();
    const text = await page.locator("h1").boundingBox();
    expect(button?.height).toBeGreaterThanOrEqual(44);
    expect((button?.width ?? 0) > (text?.width ?? 0) * 0.95).toBe(isWide);
  }
});

test("the page that links all mails opens each of them", async ({ page }) => {
  await page.goto(`file://${join(folders.get("#5b4ce0") ?? "", "index.html")}`);
  await page.getByRole("row", { name: /members-invitation/ }).getByRole("link", { name: "HTML" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are invited to the team Contoso");
  await page.goBack();
  expect((await new AxeBuilder({ page }).withTags(RULES).analyze()).violations).toEqual([]);
});
