import { type Page, expect, test } from "@playwright/test";

import { enrol, enterCode, form, signIn, signUp, submit } from "../support/admin";
import { addPasskeyDevice } from "../support/passkey-device";
import { PASSWORD, Portal } from "../support/portal";

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.start();
});

test.afterAll(() => portal.stop());

/** Collects what a page complains about: CSP violations, errors of scripts. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => message.type() === "error" && found.push(message.text()));
  page.on("pageerror", (error) => found.push(String(error)));
  return found;
}

async function signOut(page: Page): Promise<void> {
  await submit(page, "/api/accounts/sign_out");
  await expect(page).toHaveURL(`${portal.url}/login`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`sign-up, authenticator app, sign-in with a code, then with a recovery code, scripts ${javaScriptEnabled ? "on" : "off"}`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const errors = complaints(page);
    const email = `ada-${javaScriptEnabled}@contoso.example`;
    await signUp(page, portal, email);
    const codes = await enrol(page, portal, email);
    expect(codes).toHaveLength(10);
    await portal.mail(email, /authenticator app was added/);

    await signOut(page);
    await page.goto(`${portal.url}/login?next=/account/sessions`);
    await submit(page, "/api/accounts/sign_in", { email, password: PASSWORD });
    await expect(page).toHaveURL(`${portal.url}/login/second-factor?next=/account/sessions`);
    await submit(page, "/api/second_factor/enter_code", { code: "000000" });
    await expect(page.getByRole("alert")).toContainText("This code does not match");
    await enterCode(page, portal, email);
    await expect(page).toHaveURL(`${portal.url}/account/sessions`);
    await expect(page.getByText("This browser")).toBeVisible();

    await signOut(page);
    await submit(page, "/api/accounts/sign_in", { email, password: PASSWORD });
    await page.getByText("Use a recovery code").click();
    await submit(page, "/api/second_factor/use_recovery_code", { recovery_code: codes[0] ?? "" });
    await expect(page).toHaveURL(`${portal.url}/teams/new`);
    const mail = await portal.mail(email, /recovery code was used/);
    expect(mail).toContain("9 of them are left");
    expect(errors, "no page violated its policy or threw").toEqual([]);
    await context.close();
  });
}

test("a passkey is the second factor, the whole sign-in, and confirms", async ({ page }) => {
  test.setTimeout(120_000);
  const errors = complaints(page);
  const email = "grace@fabrikam.example";
  portal.createAccount(email);
  await addPasskeyDevice(page);
  await signIn(page, portal, email);
  await page.goto(`${portal.url}/account/security`);
  await submit(page, "/api/passkeys/register", { name: "Laptop" });
  await expect(page).toHaveURL(`${portal.url}/account/security/recovery-codes`);
  await submit(page, "/api/factors/recovery_codes_saved");
  await expect(page.getByRole("heading", { name: "Laptop" })).toBeVisible();

  await test.step("after the password", async () => {
    await signOut(page);
    await submit(page, "/api/accounts/sign_in", { email, password: PASSWORD });
    await expect(page).toHaveURL(`${portal.url}/login/second-factor`);
    await submit(page, "/api/passkeys/second_factor");
    await expect(page).toHaveURL(`${portal.url}/teams/new`);
  });

  await test.step("without the password", async () => {
    await signOut(page);
    await submit(page, "/api/passkeys/sign_in");
    await expect(page).toHaveURL(`${portal.url}/teams/new`);
  });

  await test.step("to confirm again", async () => {
    await page.goto(`${portal.url}/account/reauthenticate?next=/account/sessions`);
    await expect(page.locator("#password")).toHaveCount(0);
    await submit(page, "/api/passkeys/reauthenticate");
    await expect(page).toHaveURL(`${portal.url}/account/sessions`);
  });
  expect(errors, "no page violated its policy or threw").toEqual([]);
});

test("who cancels the passkey is told, and a page without passkeys hides the button", async ({ browser, page }) => {
  await page.goto(`${portal.url}/login`);
  // no device: the request fails at once
  await page.evaluate(() => {
    navigator.credentials.get = () => Promise.reject(new DOMException("cancelled", "NotAllowedError"));
  });
  await submit(page, "/api/passkeys/sign_in");
  await expect(form(page, "/api/passkeys/sign_in").getByRole("alert")).toContainText("No passkey was used");
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${portal.url}/login`);
  await expect(form(plain, "/api/passkeys/sign_in")).toBeHidden();
  await context.close();
});
