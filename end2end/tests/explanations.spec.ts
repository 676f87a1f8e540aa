/** What the portal makes of a sign-in that went wrong, from the mistake to the green test. */
import { type Page, expect, test } from "@playwright/test";

import { configure, createTeam, form, signIn, signUp, submit } from "../support/admin";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";

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

test.beforeEach(() => entra.misbehave("none"));

/** A new team, configured as far as the test. */
async function configuredTeam(page: Page, email: string): Promise<string> {
  await signUp(page, portal, email);
  const slug = await createTeam(page, portal, "Contoso");
  await configure(page, slug, {
    entityId: entra.addresses.idp_entity_id,
    ssoUrl: entra.addresses.sso_url,
    certificateFile: entra.certificateFile,
  });
  return slug;
}

/** Starts a test in a tab of its own, from the wizard's page, which loads itself anew after a test. */
async function startTest(page: Page, slug: string): Promise<Page> {
  const address = `${portal.url}/teams/${slug}/setup/test`;
  if (page.url() !== address) await page.goto(address);
  const opened = page.waitForEvent("popup");
  await page.locator(`a[href="/teams/${slug}/setup/test/start"]`).first().click();
  return opened;
}

/** A live team of somebody's, who is signed in. */
async function liveTeam(page: Page, name: string, email: string): Promise<string> {
  const slug = portal.importTeam({ ...entra.team(name), slo_url: entra.addresses.slo_url }, email);
  await signIn(page, portal, email);
  return slug;
}

test("whoever is kept at the identity provider pastes what it says, in whichever provider's words", async ({ page }) => {
  test.setTimeout(90_000);
  const slug = await configuredTeam(page, "ada@kept.example");
  await entra.misbehave("stops-at-entra", { aadsts: 700_016 });
  const tab = await startTest(page, slug);
  await signInAtEntra(tab);
  const stopped = await tab.locator("body").innerText();
  expect(stopped).toContain("AADSTS700016");

  await test.step("the wizard says that nothing has come back, and takes the text", async () => {
    await expect(page.getByText("has not returned yet").first()).toBeVisible({ timeout: 15_000 });
    await page.locator('textarea[name="text"]').first().fill(stopped);
    await page.locator('form:has(textarea[name="text"]) button[type="submit"]').first().click();
    await expect(page.getByText("AADSTS700016").first()).toBeVisible();
    // this team's own value, to be compared with the one there
    await expect(page.locator("main")).toContainText(slug);
  });

  await test.step("another provider is chosen, and its words are known", async () => {
    await page.goto(`${portal.url}/teams/${slug}/setup/create`);
    const choice = form(page, "/api/setup/save_identity_provider");
    await choice.locator("select").selectOption("keycloak");
    await choice.locator('button[type="submit"]').click();
    await expect(page.locator("main")).toContainText("your realm > Clients > Create client");
    expect(await page.locator(".wizard__main").innerText()).not.toContain("Enterprise apps");
    await page.goto(`${portal.url}/teams/${slug}/idp-error`);
    await page.locator('textarea[name="text"]').first().fill("We are sorry... Invalid redirect uri");
    await page.locator('form:has(textarea[name="text"]) button[type="submit"]').first().click();
    await expect(page.locator("main")).toContainText("Keycloak");
    await expect(page.locator("main")).toContainText(`/v2/auth/sso/saml/${slug}`);
  });
});

test("an answer at another team's Reply URL is a finding of the team that asked", async ({ browser, page }) => {
  test.setTimeout(90_000);
  const asked = await liveTeam(page, "Asking", "ada@asking.example");
  const other = await (await browser.newContext()).newPage();
  const reached = await liveTeam(other, "Reached", "grace@reached.example");
  const person = await (await browser.newContext()).newPage();
  await person.goto(`${portal.url}/sso/${asked}`);
  await person.goto(`${portal.url}/sso/${reached}`);
  await entra.misbehave("answers-foreign-request");
  await signInAtEntra(person);
  const shown = (await person.locator(".reference").innerText()).trim();
  const said = await person.locator("main").innerText();
  expect(said).not.toContain("Asking");
  expect(said).not.toContain("Reached");

  await page.goto(`${portal.url}/teams/${asked}/sign-ins/${shown}`);
  const finding = page.locator(".finding", { has: page.locator("#finding-reply-url-of-other-team") });
  await expect(finding).toContainText(`/v2/auth/sso/saml/${asked}`);

  await other.goto(`${portal.url}/teams/${reached}/sign-ins`);
  await other.locator("table a", { hasText: /^SSO-/ }).first().click();
  await expect(other.getByText("A response for another team arrived here").first()).toBeVisible();
  await expect(other.locator(".finding")).toHaveCount(0);
  expect(await other.locator("main").innerText()).not.toContain(asked);
});

test("an answer at a mistyped Reply URL is a finding of the sign-in that began it", async ({ browser, page }) => {
  const slug = await liveTeam(page, "Mistyped", "ada@mistyped.example");
  const person = await (await browser.newContext()).newPage();
  await entra.misbehave("reply-url-mistyped");
  await person.goto(`${portal.url}/sso/${slug}`);
  await signInAtEntra(person);
  const shown = (await person.locator(".reference").innerText()).trim();

  await page.goto(`${portal.url}/teams/${slug}/sign-ins/${shown}`);
  const finding = page.locator(".finding", { has: page.locator("#finding-reply-url-unknown") });
  await expect(finding.locator("mark").first()).toBeVisible();
  await expect(finding).toContainText(`/v2/auth/sso/saml/${slug}`);
});

test("a sign-out that the identity provider keeps is told on the report of its sign-in", async ({ browser, page }) => {
  test.setTimeout(90_000);
  const slug = await liveTeam(page, "Leaving", "ada@leaving.example");
  const person = await (await browser.newContext()).newPage();
  await person.goto(`${portal.url}/sso/${slug}`);
  await signInAtEntra(person);
  await person.waitForURL((url) => url.href.startsWith(portal.url));
  await entra.misbehave("logout-kept");
  await person.goto(`${portal.url}/me`);
  await person.getByRole("button", { name: /sign out/i }).first().click();
  await person.waitForURL((url) => !url.href.startsWith(portal.url));

  await page.goto(`${portal.url}/teams/${slug}/sign-ins`);
  await page.locator("table a", { hasText: /^SSO-/ }).first().click();
  const report = page.locator("main");
  await expect(report).toContainText("has not sent it back yet");
  await expect(report).toContainText("mostly the Logout URL is not registered there");
});

test("an issuer that came is taken over, tested again, and green", async ({ page }) => {
  test.setTimeout(90_000);
  const slug = await configuredTeam(page, "ada@issuer.example");
  await entra.misbehave("other-issuer");
  const failed = await startTest(page, slug);
  await signInAtEntra(failed);
  await expect(failed).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/SSO-`));
  const finding = failed.locator(".finding", { has: failed.locator("#finding-wrong-issuer") });
  await expect(finding.locator("mark").first()).toBeVisible();
  await submit(failed, "/api/attempts/take_over_issuer");
  await expect(failed).toHaveURL(`${portal.url}/teams/${slug}/setup/test`);
  await failed.close();
  const passed = await startTest(page, slug);
  await signInAtEntra(passed);
  await expect(passed).toHaveURL(new RegExp(`/teams/${slug}/sign-ins/SSO-`));
  await expect(passed.locator(`a[href="/teams/${slug}/setup/go-live"]`).first()).toBeVisible();
});

test("a page that loads itself anew does not take back a click", async ({ page }) => {
  const slug = await configuredTeam(page, "ada@elsewhere.example");
  await entra.misbehave("wrong-audience");
  const tab = await startTest(page, slug);
  const members = `${portal.url}/teams/${slug}/members`;
  await page.route(members, async (route) => {
    await new Promise((wake) => setTimeout(wake, 5_000));
    await route.continue();
  });
  await page.locator(`a[href="/teams/${slug}/members"]`).first().click({ noWaitAfter: true });
  // the report has a copy button: for that the wizard's page would be loaded anew
  await signInAtEntra(tab);
  await expect(tab.locator("#finding-wrong-audience")).toBeVisible();
  await expect(page).toHaveURL(members, { timeout: 15_000 });
});

test("a metadata address that is pasted as Login URL is named, kept, and offered to be read", async ({ page }) => {
  await signUp(page, portal, "ada@address.example");
  const slug = await createTeam(page, portal, "Contoso");
  await page.goto(`${portal.url}/teams/${slug}/setup/urls`);
  const tenant = "7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11";
  const metadata = `https://login.microsoftonline.com/${tenant}/federationmetadata/2007-06/federationmetadata.xml`;
  await submit(page, "/api/setup/save_urls", { sso_url: metadata, idp_entity_id: `https://sts.windows.net/${tenant}/` });
  await expect(page.locator('[name="sso_url"]')).toHaveValue(metadata);
  await expect(page.locator("main")).toContainText(`https://login.microsoftonline.com/${tenant}/saml2`);
  await expect(page.getByRole("button", { name: "Read the metadata" })).toBeVisible();
});
