/** Every page and state: read by axe in light and dark, and no wider than its window at 200% and 400% zoom. */
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";

import { visitEveryPage } from "../support/every-page";
import { MockEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";

const SCHEMES = ["light", "dark"] as const;
/** A window of 1280 px, at 100%, 200% and 400% (WCAG 1.4.10). */
const WIDTHS = [1280, 640, 320];

/** Until what was changed has been painted twice. */
function painted(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What sticks out of the window, if the page is wider than that. */
function stickingOut(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    const names = out.slice(-3).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return `${scrollWidth} px in ${clientWidth}: ${names.join(" ")}`;
  });
}

/** The widths at which the page is wider than its window, with what sticks out. */
async function tooWide(page: Page): Promise<string[]> {
  const wide: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    if ((await stickingOut(page)) === undefined) continue;
    // on a busy machine the browser may still be at another width
    await painted(page);
    const sticksOut = await stickingOut(page);
    if (sticksOut !== undefined) wide.push(`wider than ${width} px: ${sticksOut}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return wide;
}

async function violations(page: Page): Promise<string[]> {
  const found = new Set<string>();
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // the colours are those of the scheme once they have been painted
    await painted(page);
    const { violations: all } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of all) found.add(`${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }
  return [...found];
}

test("axe finds nothing on any page, and none is wider than its window", async ({ browser }) => {
  test.setTimeout(600_000);
  const portal = await Portal.start();
  const entra = await MockEntra.start();
  const problems: string[] = [];
  let visited = 0;
  try {
    await visitEveryPage(browser, portal, entra, async (page, name) => {
      if (name.startsWith("mock-")) return;
      visited += 1;
      problems.push(...(await violations(page)).map((problem) => `${name}: ${problem}`));
      problems.push(...(await tooWide(page)).map((problem) => `${name}: ${problem}`));
    });
  } finally {
    await entra.stop();
    await portal.stop();
  }
  expect(problems).toEqual([]);
  expect(visited).toBeGreaterThan(85);
});
