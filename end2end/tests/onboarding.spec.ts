import { type Browser, type Page, expect, test } from "@playwright/test";

import { configure, createTeam, enrol, form, signIn, signUp, submit } from "../support/admin";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";
import { SamlIdp } from "../support/saml-idp";
import { holdWebAssembly } from "../support/webassembly";

const SUPPORT = "reviewer@krisp.example";
const EXTENSION_TIMEOUT = 120_000;

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.start();
  portal.createAccount(SUPPORT, "--role", "reviewer");
});

test.afterAll(() => portal.stop());

/** Collects what a page complains about: CSP violations, errors of scripts. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => message.type() === "error" && found.push(message.text()));
  page.on("pageerror", (error) => found.push(String(error)));
  return found;
}

async function approve(browser: Browser, slug: string): Promise<void> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, portal, SUPPORT);
  await page.goto(`${portal.url}/support`);
  await page.locator(`a[href="/support/teams/${slug}"]`).click();
  await submit(page, "/api/support/approve");
  await expect(page).toHaveURL(`${portal.url}/support`);
  await page.context().close();
}

/** What /me says of the person. */
async function me(page: Page): Promise<string> {
  await expect(page).toHaveURL(`${portal.url}/me`);
  return page.locator("main").innerText();
}

test("an admin sets a team up for saml-idp, support approves, a person signs in, twice, until it is suspended", async ({
  browser,
  page,
}) => {
  test.setTimeout(EXTENSION_TIMEOUT);
  const errors = complaints(page);
  await signUp(page, portal, "ada@contoso.example");
  const slug = await createTeam(page, portal, "Contoso");
  const idp = await SamlIdp.start(slug, `${portal.url}/v2/auth/sso/saml/${slug}`);
  try {
    await configure(page, slug, idp);

    await test.step("test the sign-in before approval, in its own tab", async () => {
      const opened = page.waitForEvent("popup");
      await page.locator(`a[href="/teams/${slug}/setup/test/start"]`).click();
      const tab = await opened;
      await signInAtSamlIdp(tab);
      await expect(tab).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/SSO-`));
      await expect(tab.locator(".notice").getByText(/^Test passed/)).toBeVisible();
      // the wizard's own tab notices by itself
      await expect(page.getByText("Ready to go live")).toBeVisible({ timeout: 15_000 });
      await tab.close();
    });

    await page.goto(`${portal.url}/teams/${slug}/setup/go-live`);
    await submit(page, "/api/setup/submit");
    await expect(page.getByText("Support is reviewing your configuration")).toBeVisible();
    await approve(browser, slug);
    await portal.mail("ada@contoso.example", /is live/);
    await page.goto(`${portal.url}/teams/${slug}`);
    await expect(page.getByText("Single sign-on is live")).toBeVisible();
    expect(errors, "no page violated its policy or threw").toEqual([]);

    await test.step("a new person signs in, and again, and is one person", async () => {
      for (let visit = 0; visit < 2; visit += 1) {
        const person = await (await browser.newContext()).newPage();
        await person.goto(`${portal.url}/sso/${slug}`);
        await signInAtSamlIdp(person);
        expect(await me(person)).toContain("saml.jackson@example.com");
        await person.context().close();
      }
      await page.reload();
      await expect(page.locator(".stat").first()).toContainText(/^1\s*person provisioned/);
    });

    await test.step("a suspended team is refused", async () => {
      portal.cli(["team", "suspend", slug]);
      const person = await (await browser.newContext()).newPage();
      const answer = await person.goto(`${portal.url}/sso/${slug}`);
      expect(answer?.status()).toBe(403);
      await expect(person.getByRole("paragraph").filter({ hasText: "Single sign-on is not active at this address." })).toBeVisible();
      await person.context().close();
    });
  } finally {
    await idp.stop();
  }
});

test("a whole set-up with JavaScript switched off, against the mock Entra", async ({ browser }) => {
  test.setTimeout(EXTENSION_TIMEOUT);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const entra = await MockEntra.start();
  try {
    await signUp(page, portal, "grace@fabrikam.example");
    const slug = await createTeam(page, portal, "Fabrikam");
    await configure(page, slug, {
      entityId: entra.addresses.idp_entity_id,
      ssoUrl: entra.addresses.sso_url,
      certificateFile: entra.certificateFile,
    });

    const opened = page.waitForEvent("popup");
    await page.locator(`a[href="/teams/${slug}/setup/test/start"]`).click();
    const tab = await opened;
    await signInAtEntra(tab, { scripts: false });
    await expect(tab).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/SSO-`));
    await expect(tab.locator(".notice").getByText(/^Test passed/)).toBeVisible();
    await expect(tab.getByRole("table").filter({ hasText: "objectidentifier" })).toBeVisible();
    await tab.close();

    await page.goto(`${portal.url}/teams/${slug}/setup/go-live`);
    await submit(page, "/api/setup/submit");
    await approve(browser, slug);

    const person = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await person.goto(`${portal.url}/sso/${slug}`);
    await signInAtEntra(person, { scripts: false });
    expect(await me(person)).toContain("b.simon@contoso.com");
    await submit(person, "/me/sign-out");
    await expect(person.getByText("You are signed out")).toBeVisible();
  } finally {
    await entra.stop();
    await context.close();
  }
});

test("a refused form keeps what was typed and says what is wrong beside the field, without JavaScript too", async ({
  browser,
}) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${portal.url}/signup`);
    await submit(page, "/api/accounts/sign_up", { email: "ada(at)contoso" });
    await expect(page).toHaveURL(`${portal.url}/signup`);
    await expect(page.locator("#email")).toHaveValue("ada(at)contoso");
    await expect(page.locator("#email-problem")).toContainText("Enter an e-mail address");
    await expect(page.locator("#email")).toHaveAttribute("aria-describedby", /email-problem/);
    await expect(page.getByRole("alert")).toBeVisible();
    await context.close();
  }
});

test("the first support account is made by the printed link, once", async ({ browser }) => {
  const fresh = await Portal.start();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(fresh.firstSupportLink);
    await submit(page, "/api/accounts/create_first_support", {
      email: "root@krisp.example",
      password: "correct horse battery staple",
    });
    await expect(page).toHaveURL(`${fresh.url}/account/security`);
    await expect(page.getByText("Set up a second factor to continue")).toBeVisible();
    await enrol(page, fresh, "root@krisp.example");
    await page.goto(`${fresh.url}/support`);
    await expect(page.getByText("No team is waiting for review")).toBeVisible();
    await page.goto(fresh.firstSupportLink);
    await expect(page.getByText("This link no longer works")).toBeVisible();
  } finally {
    await fresh.stop();
  }
});

test("islands wake under the strict policy: copy, look at a certificate, show a password", async ({ context, page }) => {
  const errors = complaints(page);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: portal.url });
  portal.createAccount("linus@contoso.example");
  await signIn(page, portal, "linus@contoso.example");
  const slug = await createTeam(page, portal, "Islands");

  await page.goto(`${portal.url}/teams/${slug}/setup/basic-saml`);
  const copy = page.locator(".copy__button").first();
  await copy.click();
  await expect(copy).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(slug);

  await page.goto(`${portal.url}/teams/${slug}/setup/certificates`);
  const file = page.locator('input[type="file"]');
  const webPage = { name: "contoso.cer", mimeType: "", buffer: Buffer.from("<!DOCTYPE html><html></html>") };
  await file.setInputFiles(webPage);
  await expect(page.locator(".drop__previews")).toContainText("This file is a web page");

  const release = await holdWebAssembly(page);
  await page.reload({ waitUntil: "domcontentloaded" });
  await file.setInputFiles(webPage);
  release();
  await expect(page.locator(".drop__previews"), "chosen before the WebAssembly had come").toContainText("web page");

  await page.goto(`${portal.url}/login`);
  await page.locator("#password").fill("visible");
  await page.locator(".password__toggle").click();
  await expect(page.locator("#password")).toHaveAttribute("type", "text");
  expect(errors).toEqual([]);
});

async function signInAtSamlIdp(page: Page): Promise<void> {
  await page.getByRole("button", { name: /sign in/i }).first().click();
}
