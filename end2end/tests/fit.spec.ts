/** The set-up in half a window beside the identity provider's own page, and on a phone; support's navigation. */
import { type Locator, type Page, expect, test } from "@playwright/test";

import { createTeam, signIn } from "../support/admin";
import { Portal } from "../support/portal";

const EMAIL = "ada@contoso.example";
const SUPPORT = "root@krisp.example";
const HEIGHT = 900;
/** Steps with values to copy and with something to fill in. */
const STEPS = ["basic-saml", "certificates"];

let portal: Portal;
let slug: string;

test.beforeAll(async ({ browser }) => {
  portal = await Portal.start();
  portal.createAccount(EMAIL);
  portal.createAccount(SUPPORT, "--role", "administrator");
  const page = await (await browser.newContext()).newPage();
  await signIn(page, portal, EMAIL);
  slug = await createTeam(page, portal, "Contoso");
  await page.context().close();
});

test.afterAll(() => portal.stop());

test.beforeEach(({ page }) => signIn(page, portal, EMAIL));

/** Where something is in the window, which has not been scrolled. */
async function box(locator: Locator) {
  const found = await locator.first().boundingBox();
  if (!found) throw new Error(`${locator} is not shown`);
  return found;
}

async function open(page: Page, step: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.goto(`${portal.url}/teams/${slug}/setup/${step}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${step} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
}

/** Each button to copy is in the box of its value, and as high as it. */
async function copyButtonsFit(page: Page): Promise<void> {
  const rows = page.locator(".copy__row");
  expect(await rows.count()).toBeGreaterThan(0);
  await expect(page.locator(".copy__row .copy__button:visible")).toHaveCount(await rows.count());
  for (const row of await rows.all()) {
    const [outside, inside] = [await box(row), await box(row.locator(".copy__button"))];
    expect(inside.x).toBeGreaterThanOrEqual(outside.x);
    expect(inside.y).toBeGreaterThanOrEqual(outside.y);
    expect(inside.x + inside.width).toBeLessThanOrEqual(outside.x + outside.width + 0.5);
    expect(inside.y + inside.height).toBeLessThanOrEqual(outside.y + outside.height + 0.5);
    expect(inside.height, "without a gap below it").toBeGreaterThan(outside.height - 4);
  }
}

/** An address is pasted once: it comes before the file. */
async function addressComesFirst(page: Page): Promise<void> {
  const [address, file] = [await box(page.locator('[name="metadata_url"]')), await box(page.locator('input[type="file"]'))];
  expect(address.y + address.height).toBeLessThanOrEqual(file.y);
}

for (const width of [960, 720]) {
  test(`at ${width} px the drawing stands above the form or beside it, on the first screen`, async ({ page }) => {
    for (const step of STEPS) {
      await open(page, step, width);
      const [drawing, main] = [await box(page.locator(".wizard__blade")), await box(page.locator(".wizard__main"))];
      expect(drawing.y, step).toBeLessThan(HEIGHT);
      const isAbove = drawing.y + drawing.height <= main.y + 1;
      const isBeside = drawing.x >= main.x + main.width - 1;
      expect(isAbove || isBeside, step).toBe(true);
      expect(main.y, `${step} begins on the first screen`).toBeLessThan(HEIGHT);
    }
    await addressComesFirst(page);
    await open(page, "basic-saml", width);
    await copyButtonsFit(page);
  });
}

test("from 720 px on all links of support's navigation are seen, on as many lines as it takes", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, portal, SUPPORT);
  for (const width of [720, 960]) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.goto(`${portal.url}/support`);
    const links = page.locator(".side-nav a");
    await expect(links).toHaveCount(7);
    for (const link of await links.all()) {
      const seen = await box(link);
      expect(seen.x + seen.width, `${await link.innerText()} at ${width} px`).toBeLessThanOrEqual(width);
    }
  }
  await page.context().close();
});

test("on a phone header and steps are low, and where one is stands on one line", async ({ page }) => {
  for (const step of STEPS) {
    await open(page, step, 390);
    const [header, steps] = [await box(page.locator(".topbar")), await box(page.locator(".wizard__rail"))];
    expect(header.height + steps.height, step).toBeLessThanOrEqual(120);
    const place = page.locator(".page-head__place");
    await expect(place).toHaveText(/^Step \d+ of \d+$/);
    const lines = await place.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
    });
    expect(lines, step).toBe(1);
  }
  await addressComesFirst(page);
  await open(page, "basic-saml", 390);
  await copyButtonsFit(page);
});
