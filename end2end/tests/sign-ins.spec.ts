import { type Page, expect, test } from "@playwright/test";

import { configure, createTeam, signIn, signUp, submit } from "../support/admin";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";

const SUPPORT = "reviewer@krisp.example";

let portal: Portal;
let entra: MockEntra;

test.beforeAll(async () => {
  portal = await Portal.start();
  entra = await MockEntra.start();
  portal.createAccount(SUPPORT, "--role", "reviewer");
});

test.afterAll(async () => {
  await entra.stop();
  await portal.stop();
});

test.beforeEach(() => entra.misbehave("none"));

/** Starts a test in the wizard; the tab ends at the report. */
async function runTest(page: Page, slug: string): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.locator(`a[href="/teams/${slug}/setup/test/start"]`).first().click();
  const tab = await opened;
  await signInAtEntra(tab);
  await expect(tab).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/SSO-`));
  return tab;
}

/** The reference on an end user's failure page. */
async function reference(page: Page): Promise<string> {
  return (await page.locator(".reference").innerText()).trim();
}

test("a failed test is mended by the page's own advice, and the next one is green", async ({ context, page }) => {
  test.setTimeout(120_000);
  // its own: the certificate of this one is rolled over
  const entra = await MockEntra.start();
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: portal.url });
  await signUp(page, portal, "ada@contoso.example");
  const slug = await createTeam(page, portal, "Contoso");
  await configure(page, slug, {
    entityId: entra.addresses.idp_entity_id,
    ssoUrl: entra.addresses.sso_url,
    certificateFile: entra.certificateFile,
  });
  // Entra begins to sign with a certificate that the portal was never given
  await entra.createNextCertificate();
  await entra.activateNextCertificate();
  const failed = await runTest(page, slug);
  await expect(failed.locator("#finding-certificate-unknown")).toBeVisible();
  await expect(failed.locator(".finding").first()).toContainText("as received, not verified");
  // the wizard's tab says the same by itself
  await expect(page.locator("#finding-certificate-unknown")).toBeVisible({ timeout: 15_000 });

  await test.step("the finding leads to the step where it is mended", async () => {
    await failed.locator(".finding").first().locator(`a[href="/teams/${slug}/setup/certificates"]`).first().click();
    const active = await (await fetch(entra.certificateUrl("active"))).arrayBuffer();
    await failed
      .locator('input[type="file"]')
      .setInputFiles({ name: "active.cer", mimeType: "application/pkix-cert", buffer: Buffer.from(active) });
    await failed.locator(`form[action="/teams/${slug}/setup/certificates"] button[type="submit"]`).click();
    await expect(failed.locator('form[action="/api/setup/remove_certificate"]')).toHaveCount(2);
    await failed.close();
  });

  await test.step("a wrong Identifier shows the value to paste", async () => {
    await entra.misbehave("wrong-audience");
    const tab = await runTest(page, slug);
    const finding = tab.locator(".finding", { has: tab.locator("#finding-wrong-audience") });
    await expect(finding).toContainText("Basic SAML Configuration");
    const copy = finding.locator(".copy__button").first();
    await copy.click();
    await expect(copy).toContainText("Copied");
    expect(await tab.evaluate(() => navigator.clipboard.readText())).toBe(slug);
    await tab.close();
  });

  await test.step("mended, it is green here and in the wizard", async () => {
    await entra.misbehave("none");
    const tab = await runTest(page, slug);
    await expect(tab.locator(".finding").first()).toBeVisible();
    await expect(tab.locator(`a[href="/teams/${slug}/setup/go-live"]`).first()).toBeVisible();
    await expect(page.getByText("Ready to go live")).toBeVisible({ timeout: 15_000 });
    await page.getByRole("link", { name: "Continue to Go live" }).first().click();
    await expect(page).toHaveURL(`${portal.url}/teams/${slug}/setup/go-live`);
  });
  await entra.stop();
});

test("an end user's failure is found by its reference, by the team's admin and by support", async ({ browser, page }) => {
  test.setTimeout(120_000);
  const slug = portal.importTeam(entra.team("Fabrikam"), "grace@fabrikam.example");
  await signIn(page, portal, "grace@fabrikam.example");
  const list = `${portal.url}/teams/${slug}/sign-ins`;
  await page.goto(list);
  await entra.misbehave("altered");
  const person = await (await browser.newContext()).newPage();
  await person.goto(`${portal.url}/sso/${slug}`);
  await signInAtEntra(person);
  await expect(person.getByText("Sign-in not completed")).toBeVisible();
  const shown = await reference(person);
  expect(shown).toMatch(/^SSO-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(await person.locator("main").innerText()).not.toMatch(/signature|certificate|digest/i);

  // the list that the admin watches shows it by itself
  await expect(page.getByText(shown)).toBeVisible({ timeout: 15_000 });
  const admin = await page.context().newPage();
  await admin.goto(list);
  // read out over the telephone: without the dashes, in small letters
  await admin.locator('[name="reference"]').first().fill(shown.toLowerCase().replaceAll("-", " "));
  await admin.locator('[name="reference"]').first().press("Enter");
  await expect(admin).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/${shown}`));
  await expect(admin.locator(".finding").first()).toBeVisible();
  await admin.getByRole("link", { name: "Show the XML" }).click();
  await expect(admin.getByText("samlp:Response").first()).toBeVisible();

  const support = await (await browser.newContext()).newPage();
  await signIn(support, portal, SUPPORT);
  await support.goto(`${portal.url}/support/sign-ins`);
  await support.locator('[name="reference"]').first().fill(shown);
  await support.locator('[name="reference"]').first().press("Enter");
  await expect(support).toHaveURL(new RegExp(`/support/sign-ins/${shown}`));
  await expect(support.locator("main")).toContainText("Fabrikam");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /CSV/ }).click();
  const csv = await (await download).createReadStream();
  let text = "";
  for await (const piece of csv) text += String(piece);
  expect(text).toContain(shown);
  await person.context().close();
  await support.context().close();
});

test("the error that the identity provider showed leads to its cause and the team's own value", async ({ page }) => {
  const slug = portal.importTeam(entra.team("Tailspin"), "tess@tailspin.example");
  await signIn(page, portal, "tess@tailspin.example");
  await entra.misbehave("stops-at-entra", { aadsts: 700016 });
  await page.goto(`${portal.url}/teams/${slug}/setup/test/start`);
  await page.getByRole("button", { name: /b\.simon/i }).first().click();
  const microsofts = await page.locator("body").innerText();
  expect(microsofts).toContain("AADSTS700016");

  await page.goto(`${portal.url}/teams/${slug}/sign-ins`);
  await expect(page.locator("main")).toContainText(/has not returned|waiting for the identity provider/i);
  // the report of a sign-in that nobody has seen come back takes what Microsoft showed
  await page.locator('[data-label="Reference"] a').first().click();
  await expect(page).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/SSO-`));
  await submit(page, "/api/idp_errors/explain", { text: microsofts });
  await expect(page).toHaveURL(`${portal.url}/teams/${slug}/idp-error?code=700016`);
  await expect(page.locator("main")).toContainText("Identifier");
  await expect(page.locator(".copy__value").first()).toHaveText(slug);
  await expect(page.locator(".copy__value").nth(1)).toHaveText(entra.addresses.sso_url);

  // without a report at hand, the list leads there
  await page.goto(`${portal.url}/teams/${slug}/sign-ins`);
  await page.getByRole("link", { name: "Did the identity provider show an error?" }).click();
  await expect(page).toHaveURL(`${portal.url}/teams/${slug}/idp-error`);
  await submit(page, "/api/idp_errors/explain", { text: "it just says no" });
  await expect(page.locator('[name="text"]')).toHaveValue("it just says no");
  await expect(page.locator("#text-problem")).toBeVisible();
  await submit(page, "/api/idp_errors/explain", { text: "AADSTS99999999" });
  await expect(page.locator('a[href="https://login.microsoftonline.com/error?code=99999999"]')).toBeVisible();
});
