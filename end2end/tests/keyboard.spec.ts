/** The journeys of support and of the people who sign in, by keyboard alone; the set-up's is in journey.spec.ts. */
import { type Page, expect, test } from "@playwright/test";

import { codeOf, configure, createTeam, enrol, form, signUp, submit } from "../support/admin";
import { KeyboardUser } from "../support/keyboard-user";
import { MockEntra } from "../support/mock-entra";
import { PASSWORD, Portal } from "../support/portal";

const ADMIN = "ada@contoso.example";
const REVIEWER = "rev@krisp.example";

let portal: Portal;
let entra: MockEntra;

test.beforeAll(async () => {
  portal = await Portal.start();
  entra = await MockEntra.start();
});

test.afterAll(async () => {
  await entra.stop();
  await portal.stop();
});

test("by keyboard alone a reviewer finds a team that waits, and approves it", async ({ browser, page }) => {
  test.setTimeout(120_000);
  const admin = await (await browser.newContext()).newPage();
  await signUp(admin, portal, ADMIN);
  const slug = await createTeam(admin, portal, "Contoso");
  const { idp_entity_id, sso_url } = entra.addresses;
  await configure(admin, slug, { entityId: idp_entity_id, ssoUrl: sso_url, certificateFile: entra.certificateFile });
  await admin.goto(`${portal.url}/teams/${slug}/setup/go-live`);
  await submit(admin, "/api/setup/submit");
  await admin.context().close();
  portal.createAccount(REVIEWER, "--role", "reviewer");
  const before = await (await browser.newContext()).newPage();
  await before.goto(`${portal.url}/login`);
  await submit(before, "/api/accounts/sign_in", { email: REVIEWER, password: PASSWORD });
  await enrol(before, portal, REVIEWER);
  await before.context().close();

  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/login`);
  await user.type(page.locator("#email"), REVIEWER);
  await user.type(page.locator("#password"), PASSWORD);
  await user.press(form(page, "/api/accounts/sign_in").locator('button[type="submit"]'));
  await expect(page).toHaveURL(/\/login\/second-factor/);
  await user.type(page.locator("#code"), await codeOf(portal, REVIEWER));
  await user.press(form(page, "/api/second_factor/enter_code").locator('button[type="submit"]'));
  await expect(page).not.toHaveURL(/\/login/);
  await page.goto(`${portal.url}/support/sign-ins`);
  const reference = page.locator("#reference");
  await user.type(reference, "a/b");
  await expect(reference).toHaveValue("a/b");
  await reference.blur();
  await page.keyboard.press("Control+/");
  await expect(page).toHaveURL(`${portal.url}/support/sign-ins`);
  await page.keyboard.press("/");
  await expect(page).toHaveURL(`${portal.url}/support/teams#q`);
  await expect(page.locator("#q")).toBeFocused();
  await page.keyboard.type("contoso");
  await page.keyboard.press("Enter");
  await user.press(page.locator("main").getByRole("link", { name: "Contoso" }).first());
  await expect(page).toHaveURL(`${portal.url}/support/teams/${slug}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const decision of ["/api/support/approve", "/api/support/request_changes"]) {
    const opener = page.locator("details", { has: form(page, decision) }).locator("> summary");
    await expect(opener, decision).toBeInViewport({ ratio: 1 });
  }
  // the key does not lead away from what is not sent yet
  const note = page.locator("#note");
  await note.fill("Not sent yet");
  await note.blur();
  await page.keyboard.press("/");
  await expect(note).toHaveValue("Not sent yet");
  const approve = form(page, "/api/support/approve");
  await user.press(page.locator("details", { has: approve }).locator("> summary"));
  await user.press(approve.locator('button[type="submit"]'));
  await expect(page.getByRole("status").first()).toContainText("Contoso");
  await page.goto(`${portal.url}/support/teams/${slug}`);
  await expect(form(page, "/api/support/suspend")).toHaveCount(1);
});

test("by keyboard alone somebody finds their team, signs in, and signs out", async ({ page }) => {
  const slug = portal.importTeam(entra.team("Fabrikam"), "grace@fabrikam.example");
  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/sso`);
  await user.type(page.locator("main input:not([type=hidden])").first(), slug);
  await page.keyboard.press("Enter");
  await user.press(page.getByRole("button", { name: /b\.simon/i }).first());
  await expect(page).toHaveURL(`${portal.url}/me`);
  await user.press(page.locator("main").getByRole("button", { name: /sign out/i }));
  await expect(page.getByText(/signed out/i).first()).toBeVisible();
});

test("by keyboard alone somebody whose sign-in failed copies the reference and begins again", async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const slug = portal.importTeam(entra.team("Tailspin"), "grace@tailspin.example");
  const user = new KeyboardUser(page);
  await entra.misbehave("altered");
  await page.goto(`${portal.url}/sso/${slug}`);
  await user.press(page.getByRole("button", { name: /b\.simon/i }).first());
  const reference = (await page.locator(".reference").innerText()).trim();
  await user.press(page.locator("main").getByRole("button", { name: /copy/i }).first());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(reference);
  await entra.misbehave("none");
  await user.press(page.locator(`main a[href*="/sso/${slug}"]`).first());
  await user.press(page.getByRole("button", { name: /b\.simon/i }).first());
  await expect(page).toHaveURL(`${portal.url}/me`);
});

/** What only a screen needs, as far as it is seen. */
async function visibleControls(page: Page): Promise<string[]> {
  const controls = page.locator("nav, .button, .copy__button, .breadcrumbs, .skip-link");
  return controls.evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML));
}

test("recovery codes and a report are printed without what only a screen needs", async ({ browser, page }) => {
  test.setTimeout(90_000);
  const slug = portal.importTeam(entra.team("Litware"), "grace@litware.example");
  await entra.misbehave("altered");
  const person = await (await browser.newContext()).newPage();
  await person.goto(`${portal.url}/sso/${slug}`);
  await person.getByRole("button", { name: /b\.simon/i }).first().click();
  const reference = (await person.locator(".reference").innerText()).trim();
  await person.context().close();
  await entra.misbehave("none");

  await page.goto(`${portal.url}/login`);
  await submit(page, "/api/accounts/sign_in", { email: "grace@litware.example", password: PASSWORD });
  await page.goto(`${portal.url}/teams/${slug}/sign-ins/${reference}`);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".finding").first()).toBeVisible();
  await expect(page.getByText(reference).first()).toBeVisible();
  expect(await visibleControls(page)).toEqual([]);
  // what is folded away on the screen is on paper
  const folded = page.locator("main details:not([open]) > :not(summary)");
  expect(await folded.count()).toBeGreaterThan(0);
  await expect(folded.first()).toBeVisible();

  await page.emulateMedia({ media: "screen" });
  const codes = await enrol(page, portal, "grace@litware.example");
  await submit(page, "/api/factors/regenerate_recovery_codes");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".codes li")).toHaveCount(codes.length);
  await expect(page.locator(".codes li").last()).toBeVisible();
  expect(await visibleControls(page)).toEqual([]);
});
