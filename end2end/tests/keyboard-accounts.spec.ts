/** By keyboard alone: what members and support do with their own accounts. Signing up is in journey.spec.ts. */
import { type Page, expect, test } from "@playwright/test";

import { form, notice } from "../support/admin";
import { Authenticator } from "../support/authenticator";
import { KeyboardUser, signedIn } from "../support/keyboard-user";
import { addPasskeyDevice } from "../support/passkey-device";
import { PASSWORD, Portal } from "../support/portal";

const NEW = "violet tractor lunch";

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.start();
});

test.afterAll(() => portal.stop());

/** Signs out by the menu under the account's address. */
async function signOut(page: Page, user: KeyboardUser): Promise<void> {
  await user.submit("/api/accounts/sign_out");
  await expect(page).toHaveURL(`${portal.url}/login`);
}

/** The part of the menu under the account's address. */
async function openAccountMenu(page: Page, user: KeyboardUser, link: string): Promise<void> {
  await user.press(page.locator("details.switcher--end > summary"));
  await user.press(page.locator("details.switcher--end").getByRole("link", { name: link }));
}

test("by keyboard alone a forgotten password is replaced, and a refusal leads to its field", async ({ page }) => {
  const email = "forgetful@contoso.example";
  portal.createAccount(email);
  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/login`);
  await user.press(page.getByRole("link", { name: "Forgot your password?" }));
  await user.submit("/api/accounts/forgot_password", { email });
  await expect(page).toHaveURL(`${portal.url}/forgot-password/sent`);
  const mail = await portal.mail(email, /Choose a new password/);
  await page.goto(/http\S+\/reset-password\?token=[\w-]+/.exec(mail)?.[0] ?? "");
  await user.submit("/api/accounts/reset_password", { password: "password1234" });
  const summary = page.getByRole("alert");
  await expect(summary, "the focus is where it says what is wrong").toBeFocused();
  await user.press(summary.getByRole("link"));
  await expect(page.locator("#password")).toBeFocused();
  await page.keyboard.type(NEW);
  await page.keyboard.press("Enter");
  await expect(notice(page, "Your password was changed")).toBeVisible();
  await user.submit("/api/accounts/sign_in", { email, password: NEW });
  await expect(page).not.toHaveURL(/login/);
});

test("by keyboard alone the first of support sets an authenticator app up, and signs in with its code and without it", async ({ page }) => {
  test.setTimeout(90_000);
  const email = "root@krisp.example";
  const user = new KeyboardUser(page);
  await page.goto(portal.firstSupportLink);
  await user.submit("/api/accounts/create_first_support", { email, password: PASSWORD });
  await expect(page).toHaveURL(`${portal.url}/account/security`);
  await user.submit("/api/factors/begin_totp");
  await expect(page).toHaveURL(`${portal.url}/account/security/totp`);
  const app = new Authenticator(await page.locator(".copy__value").innerText());
  await user.submit("/api/factors/confirm_totp", { code: await app.code() });
  await expect(page).toHaveURL(`${portal.url}/account/security/recovery-codes`);
  const codes = await page.locator(".codes li").allInnerTexts();
  await user.submit("/api/factors/recovery_codes_saved");
  await expect(notice(page, "Your recovery codes can be used now")).toBeVisible();

  await test.step("with a code of the app", async () => {
    await signOut(page, user);
    await user.submit("/api/accounts/sign_in", { email, password: PASSWORD });
    await expect(page).toHaveURL(`${portal.url}/login/second-factor`);
    await user.submit("/api/second_factor/enter_code", { code: await app.code() });
    await expect(page).toHaveURL(`${portal.url}/support`);
  });

  await test.step("with a recovery code", async () => {
    await signOut(page, user);
    await user.submit("/api/accounts/sign_in", { email, password: PASSWORD });
    await expect(page).toHaveURL(`${portal.url}/login/second-factor`);
    await user.submit("/api/second_factor/use_recovery_code", { recovery_code: codes[0] ?? "" });
    await expect(page).toHaveURL(`${portal.url}/support`);
  });
});

test("by keyboard alone a passkey is added, and is the whole sign-in", async ({ browser }) => {
  const email = "grace@fabrikam.example";
  portal.createAccount(email);
  const page = await signedIn(browser, portal, email);
  await addPasskeyDevice(page);
  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/account`);
  await user.press(page.locator("main").getByRole("link", { name: "Manage second factors" }));
  await user.submit("/api/passkeys/register", { name: "Laptop" });
  await expect(page).toHaveURL(`${portal.url}/account/security/recovery-codes`);
  await user.submit("/api/factors/recovery_codes_saved");
  await expect(page.getByRole("heading", { name: "Laptop" })).toBeVisible();
  await signOut(page, user);
  await user.submit("/api/passkeys/sign_in");
  await expect(page).toHaveURL(`${portal.url}/teams/new`);
  await page.context().close();
});

test("by keyboard alone somebody signs another browser out, and changes their password and address", async ({ browser }) => {
  const [email, next] = ["linus@contoso.example", "linus@fabrikam.example"];
  portal.createAccount(email);
  const elsewhere = await signedIn(browser, portal, email);
  const page = await signedIn(browser, portal, email);
  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/account/security`);
  await openAccountMenu(page, user, "Where you are signed in");
  const others = form(page, "/api/sessions/end").getByRole("button", { name: /^Sign out:/ });
  await expect(others).toHaveCount(1);
  await user.press(others);
  await expect(notice(page, "That browser was signed out")).toBeVisible();
  await elsewhere.goto(`${portal.url}/account`);
  await expect(elsewhere).toHaveURL(/\/login/);

  await openAccountMenu(page, user, "Your account");
  await user.press(page.locator("main").getByRole("link", { name: "Change password" }));
  await user.submit("/api/accounts/change_password", { current: PASSWORD, password: NEW });
  await expect(notice(page, "Your password was changed")).toBeVisible();

  await user.press(page.locator("main").getByRole("link", { name: "Change", exact: true }));
  await user.submit("/api/accounts/change_email", { email: next });
  await expect(notice(page, "We have sent a link")).toBeVisible();
  const mail = await portal.mail(next, /Confirm your new e-mail address/);
  await page.goto(/http\S+\/confirm\?token=[\w-]+/.exec(mail)?.[0] ?? "");
  await user.submit("/api/accounts/confirm_email_change");
  await expect(page).toHaveURL(/\/account\?done=email-changed$/);
  await expect(page.locator("main")).toContainText(next);
  await elsewhere.context().close();
  await page.context().close();
});

test("by keyboard alone somebody confirms that it is them, renames a passkey and removes it, and signs all other browsers out", async ({ browser }) => {
  test.setTimeout(90_000);
  const email = "hedy@contoso.example";
  portal.createAccount(email);
  const elsewhere = await signedIn(browser, portal, email);
  const page = await signedIn(browser, portal, email);
  await addPasskeyDevice(page);
  const user = new KeyboardUser(page);
  const confirming = `${portal.url}/account/reauthenticate?next=/account/sessions`;

  await page.goto(confirming);
  await user.submit("/api/reauthentication/with_password", { password: PASSWORD });
  await expect(page).toHaveURL(`${portal.url}/account/sessions`);
  await user.submit("/api/sessions/end_others");
  await expect(notice(page, "All other browsers were signed out")).toBeVisible();
  await elsewhere.goto(`${portal.url}/account`);
  await expect(elsewhere).toHaveURL(/\/login/);

  await openAccountMenu(page, user, "Second factors");
  await user.submit("/api/passkeys/register", { name: "Laptop" });
  await user.submit("/api/factors/recovery_codes_saved");
  await user.submit("/api/passkeys/rename", { name: "Desk" });
  await expect(notice(page, "The passkey was renamed")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Desk", exact: true })).toBeVisible();
  await page.goto(confirming);
  await user.submit("/api/passkeys/reauthenticate");
  await expect(page).toHaveURL(`${portal.url}/account/sessions`);
  await openAccountMenu(page, user, "Second factors");
  await user.submit("/api/passkeys/remove");
  await expect(notice(page, "The passkey was removed")).toBeVisible();
  await elsewhere.context().close();
  await page.context().close();
});
