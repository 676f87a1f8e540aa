/**
 * By keyboard alone: a review, and the people who sign in. The other journeys are in journey.spec.ts, keyboard-accounts,
 * keyboard-connection, keyboard-team and keyboard-support.
 */
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";

import { codeOf, configure, createTeam, enrol, form, notice, signUp, submit } from "../support/admin";
import { KeyboardUser, signedIn } from "../support/keyboard-user";
import { MockEntra } from "../support/mock-entra";
import { PASSWORD, Portal } from "../support/portal";
import { RedirectTarget } from "../support/redirect-target";

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
  await user.submit("/api/accounts/sign_in", { email: REVIEWER, password: PASSWORD });
  await expect(page).toHaveURL(/\/login\/second-factor/);
  await user.submit("/api/second_factor/enter_code", { code: await codeOf(portal, REVIEWER) });
  await expect(page).not.toHaveURL(/\/login/);
  await user.goTo("Sign-ins");
  const reference = page.locator("#reference");
  await user.type(reference, "a/b");
  await expect(reference).toHaveValue("a/b");
  await page.keyboard.press("Tab");
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
    // what it asks first is seen without scrolling, too, beside the whole checklist
    await opener.evaluate((summary) => summary.parentElement?.setAttribute("open", ""));
    await expect(form(page, decision).locator('button[type="submit"]'), decision).toBeInViewport({ ratio: 1 });
    await expect(page.locator(".checks"), decision).toBeInViewport({ ratio: 1 });
    await opener.evaluate((summary) => summary.parentElement?.removeAttribute("open"));
  }
  // the key does not lead away from what is not sent yet
  const note = page.locator("#note");
  await user.type(note, "Not sent yet");
  await page.keyboard.press("Tab");
  await page.keyboard.press("/");
  await expect(note).toHaveValue("Not sent yet");
  await user.submit("/api/support/approve");
  await user.press(notice(page, "Contoso is live").getByRole("link", { name: "Open Contoso" }));
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

test("by keyboard alone somebody stays who they are, or becomes somebody else", async ({ page }) => {
  const first = portal.importTeam(entra.team("Adatum"), "grace@adatum.example");
  const second = portal.importTeam(entra.team("Proseware"), "grace@proseware.example");
  const user = new KeyboardUser(page);
  const comeIn = async (slug: string) => {
    await page.goto(`${portal.url}/sso/${slug}`);
    await user.press(page.getByRole("button", { name: /b\.simon/i }).first());
  };
  await comeIn(first);
  await expect(page).toHaveURL(`${portal.url}/me`);
  await comeIn(second);
  await user.press(page.getByRole("button", { name: /^Stay signed in as/ }));
  await expect(page.locator("main")).toContainText("Adatum");
  await comeIn(second);
  await user.press(page.getByRole("button", { name: "Continue" }));
  await expect(page).toHaveURL(`${portal.url}/me`);
  await expect(page.locator("main")).toContainText("Proseware");
});

test("by keyboard alone somebody says in an application which team they are of, and signs out of it", async ({ page }) => {
  const slug = portal.importTeam(entra.team("Woodgrove"), "grace@woodgrove.example");
  const target = await RedirectTarget.start();
  try {
    const { clientId } = portal.createApplication("Notes", { "redirect-uri": target.url });
    const user = new KeyboardUser(page);
    const request = new URLSearchParams({ client_id: clientId, redirect_uri: target.url, response_type: "code", scope: "openid", state: "s" });
    request.set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    request.set("code_challenge_method", "S256");
    await page.goto(`${portal.url}/oauth2/authorize?${request}`);
    await user.type(page.locator('[name="team"]'), slug);
    await user.press(page.getByRole("button", { name: "Continue" }));
    await user.press(page.getByRole("button", { name: /b\.simon/i }).first());
    expect((await target.answer(page)).get("code")).toBeTruthy();
    await page.goto(`${portal.url}/oauth2/logout`);
    await user.press(page.getByRole("button", { name: "Sign out" }));
    await expect(page.getByText(/signed out/i).first()).toBeVisible();
  } finally {
    await target.stop();
  }
});

test("by keyboard alone an open menu of the top bar is closed by Escape, and by leaving it", async ({ browser }) => {
  const slug = portal.importTeam(entra.team("Alpine"), "grace@alpine.example");
  const page = await signedIn(browser, portal, "grace@alpine.example");
  const user = new KeyboardUser(page);
  const menu = page.locator("details.switcher--end");
  const summary = menu.locator("> summary");
  const teams = page.locator("details.switcher:not(.switcher--end)");
  await page.goto(`${portal.url}/teams/${slug}`);
  await user.press(summary);
  await page.keyboard.press("Tab");
  await expect(menu.getByRole("link").first(), "what is inside does not close it").toBeFocused();
  await expect(menu).toHaveAttribute("open", "");
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id), "axe reads it open").toEqual([]);
  await page.keyboard.press("Escape");
  await expect(menu).not.toHaveAttribute("open", "");
  await expect(summary).toBeFocused();

  await user.press(summary);
  await expect(menu).toHaveAttribute("open", "");
  await user.tabTo(page.locator(".side-nav").getByRole("link").first());
  await expect(menu, "what comes after it is not covered").not.toHaveAttribute("open", "");

  await test.step("and by a click elsewhere", async () => {
    for (const elsewhere of [page.getByRole("heading", { level: 1 }), page.locator(".footer"), summary]) {
      await teams.locator("> summary").click();
      await expect(teams).toHaveAttribute("open", "");
      await elsewhere.click({ position: { x: 5, y: 5 } });
      await expect(teams).not.toHaveAttribute("open", "");
    }
    await expect(menu, "another menu opens").toHaveAttribute("open", "");
  });
  await page.context().close();
});

test("a shadow or an outline that is there without the focus does not show it", async ({ page }) => {
  const [user, hurried] = [new KeyboardUser(page), new KeyboardUser(page, 500)];
  const button = page.getByRole("button", { name: "Save" });
  const styled = (rules: string) => page.setContent(`<style>button { outline: none; ${rules} }</style><a href="#">Help</a><button>Save</button>`);
  for (const permanent of ["box-shadow: 0 1px 2px #000", "outline: 2px solid #000", "", "} button:focus { outline: 2px solid transparent"]) {
    await styled(permanent);
    await expect(hurried.tabTo(button), permanent).rejects.toThrow("shows");
    // the focus is there already
    await expect(hurried.tabTo(button), permanent).rejects.toThrow("shows");
  }
  for (const ring of ["} button:focus { outline: 2px solid #000", "box-shadow: 0 1px 2px #000; } button:focus { box-shadow: 0 0 0 3px #00f"]) {
    await styled(ring);
    await user.tabTo(button);
    await user.tabTo(button);
    await user.tabTo(page.getByRole("link", { name: "Help" }), "backwards");
  }
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
