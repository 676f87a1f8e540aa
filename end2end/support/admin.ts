import { type Locator, type Page, expect } from "@playwright/test";

import { Authenticator } from "./authenticator";
import { PASSWORD, type Portal } from "./portal";

/** The authenticator apps of the accounts that have one. */
const apps = new Map<string, Authenticator>();

/** What an admin's identity provider shows. */
export interface IdpValues {
  entityId: string;
  ssoUrl: string;
  certificateFile: string;
}

/** A form of the page, by where it posts to. */
export function form(page: Page, action: string) {
  return page.locator(`form[action="${action}"]`);
}

/** What the page says that a form before it did. */
export const notice = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });

/** Submits the form that posts to `action`, filled with values by field name; opens the step that asks first, if it is in one. */
export async function submit(page: Page, action: string, fields: Record<string, string> = {}): Promise<void> {
  const target = form(page, action).first();
  const closed = target.locator("xpath=ancestor::details[not(@open)]");
  if ((await closed.count()) > 0) await closed.first().locator("> summary").click();
  for (const [name, value] of Object.entries(fields)) {
    await target.locator(`[name="${name}"]`).fill(value);
  }
  await target.locator('button[type="submit"]:not([formaction])').click();
}

/** Signs up, and opens the mailed link, behind which a password is chosen. */
export async function openSignUpLink(page: Page, portal: Portal, email: string): Promise<void> {
  await page.goto(`${portal.url}/signup`);
  await submit(page, "/api/accounts/sign_up", { email });
  await expect(page).toHaveURL(`${portal.url}/signup/check-email`);
  const mail = await portal.mail(email, /Confirm your e-mail address/);
  const link = /http\S+\/verify-email\?token=[\w-]+/.exec(mail)?.[0];
  expect(link, mail).toBeTruthy();
  await page.goto(link as string, { waitUntil: "domcontentloaded" });
}

/** Signs up, confirms the address by the mailed link, and is signed in. */
export async function signUp(page: Page, portal: Portal, email: string): Promise<void> {
  await openSignUpLink(page, portal, email);
  await submit(page, "/api/accounts/verify_email", { password: PASSWORD });
  await expect(page).toHaveURL(`${portal.url}/teams/new`);
}

/** Signs in, with a code where one is asked for; sets an app up where a second factor is needed. */
export async function signIn(page: Page, portal: Portal, email: string): Promise<void> {
  await page.goto(`${portal.url}/login`);
  await submit(page, "/api/accounts/sign_in", { email, password: PASSWORD });
  await expect(page).not.toHaveURL(/\/login(\?.*)?$/);
  if (page.url().includes("/login/second-factor")) await enterCode(page, portal, email);
  if (page.url().endsWith("/account/security")) {
    await enrol(page, portal, email);
    await page.goto(portal.url);
  }
}

/** A code of the account's app, which works once. */
export async function codeOf(portal: Portal, email: string): Promise<string> {
  const app = apps.get(`${portal.url} ${email}`);
  if (!app) throw new Error(`${email} has no authenticator app`);
  return app.code();
}

/** Enters a code of the account's app, where one is asked for. */
export async function enterCode(page: Page, portal: Portal, email: string): Promise<void> {
  await submit(page, "/api/second_factor/enter_code", { code: await codeOf(portal, email) });
  await expect(page).not.toHaveURL(/\/login/);
}

/** Sets an authenticator app up for who is signed in; answers with the recovery codes. */
export async function enrol(page: Page, portal: Portal, email: string): Promise<string[]> {
  await page.goto(`${portal.url}/account/security`);
  await submit(page, "/api/factors/begin_totp");
  await expect(page).toHaveURL(`${portal.url}/account/security/totp`);
  const app = new Authenticator(await page.locator(".copy__value").innerText());
  apps.set(`${portal.url} ${email}`, app);
  await submit(page, "/api/factors/confirm_totp", { code: await app.code() });
  await expect(page).toHaveURL(`${portal.url}/account/security/recovery-codes`);
  const codes = await page.locator(".codes li").allInnerTexts();
  await submit(page, "/api/factors/recovery_codes_saved");
  await expect(page).toHaveURL(`${portal.url}/account/security?done=recovery-codes-saved`);
  return codes;
}

/** Creates a team and answers with its slug; the browser is at the first step then. */
export async function createTeam(page: Page, portal: Portal, name: string): Promise<string> {
  await page.goto(`${portal.url}/teams/new`);
  await submit(page, "/api/teams/create", { name });
  await expect(page).toHaveURL(/\/teams\/[^/]+\/setup\/create$/);
  const slug = new URL(page.url()).pathname.split("/")[2];
  return slug as string;
}

/** Goes through the steps from the first to the test, with the values of an identity provider. */
export async function configure(page: Page, slug: string, idp: IdpValues): Promise<void> {
  const at = (step: string) => expect(page).toHaveURL(new RegExp(`/teams/${slug}/setup/${step}$`));
  await submit(page, "/api/setup/confirm_step");
  await at("basic-saml");
  await submit(page, "/api/setup/confirm_step");
  await at("attributes");
  await submit(page, "/api/setup/save_claims");
  await at("certificates");
  await page.locator('input[type="file"]').setInputFiles(idp.certificateFile);
  await page.locator(`form[action="/teams/${slug}/setup/certificates"] button[type="submit"]`).click();
  await expect(form(page, "/api/setup/remove_certificate")).toHaveCount(1);
  await page.goto(page.url().replace("certificates", "urls"));
  await submit(page, "/api/setup/save_urls", { idp_entity_id: idp.entityId, sso_url: idp.ssoUrl, slo_url: "" });
  await at("users");
  await submit(page, "/api/setup/confirm_step");
  await at("test");
}

/** What can be chosen under Sign-in options; boxes that are not named are not ticked. */
export interface SignInOptions {
  ticked?: ("sign_requests" | "allow_idp_initiated")[];
  binding?: "redirect" | "post";
}

/** Presses a button whose answer is the same page, and waits for it. */
export async function pressAndStay(page: Page, button: Locator): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().method() === "GET" && answer.url() === page.url());
  await button.click();
  await answered;
}

/** Chooses sign-in options: a draft, beside what is live. */
export async function saveOptions(page: Page, portal: Portal, slug: string, options: SignInOptions): Promise<void> {
  await page.goto(`${portal.url}/teams/${slug}/setup/options`);
  const target = form(page, "/api/setup/save_options");
  for (const name of ["sign_requests", "allow_idp_initiated"] as const) {
    await target.locator(`[name="${name}"]`).setChecked(options.ticked?.includes(name) ?? false);
  }
  await target.locator('[name="sso_binding"]').selectOption(options.binding ?? "redirect");
  await pressAndStay(page, target.locator('button[type="submit"]'));
  await expect(page.locator('[id$="-problem"]')).toHaveCount(0);
}

/** Chooses sign-in options of a live team and makes them live. */
export async function chooseOptions(page: Page, portal: Portal, slug: string, options: SignInOptions): Promise<void> {
  await saveOptions(page, portal, slug, options);
  await page.goto(`${portal.url}/teams/${slug}/setup/go-live`);
  await submit(page, "/api/setup/make_live");
  await expect(page).toHaveURL(`${portal.url}/teams/${slug}`);
}

/** Makes the team's key and downloads its certificate to a file; answers with its path. */
export async function createKey(page: Page, portal: Portal, slug: string): Promise<string> {
  await page.goto(`${portal.url}/teams/${slug}/setup/options`);
  await submit(page, "/api/keys/create");
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download certificate (.cer)" }).click();
  return (await downloading).path();
}
