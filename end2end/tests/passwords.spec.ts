import { expect, test } from "@playwright/test";

import { openSignUpLink, signIn, submit } from "../support/admin";
import { PASSWORD, Portal } from "../support/portal";
import { holdWebAssembly } from "../support/webassembly";

const NEW = "violet tractor lunch";

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.start();
});

test.afterAll(() => portal.stop());

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";

  test(`a forgotten password is replaced by a mailed link, ${how} JavaScript`, async ({ browser }) => {
    const email = `forgetful-${how}@contoso.example`;
    portal.createAccount(email);
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${portal.url}/login`);
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await submit(page, "/api/accounts/forgot_password", { email });
    await expect(page).toHaveURL(`${portal.url}/forgot-password/sent`);
    const mail = await portal.mail(email, /Choose a new password/);
    const link = /http\S+\/reset-password\?token=[\w-]+/.exec(mail)?.[0];
    expect(link, mail).toBeTruthy();
    await page.goto(link as string);
    await submit(page, "/api/accounts/reset_password", { password: "password1234" });
    await expect(page.locator("#password-problem")).toContainText("easy to guess");
    await submit(page, "/api/accounts/reset_password", { password: NEW });
    await expect(page.getByRole("status").filter({ hasText: "Your password was changed" })).toBeVisible();
    await submit(page, "/api/accounts/sign_in", { email, password: NEW });
    await expect(page).not.toHaveURL(/login/);
    await page.goto(link as string);
    await expect(page.getByText("This link has expired or was used already")).toBeVisible();
    await context.close();
  });
}

test("what is typed before the WebAssembly has come counts, too", async ({ page }) => {
  const release = await holdWebAssembly(page);
  await openSignUpLink(page, portal, "early@contoso.example");
  await page.locator("#password").fill("password");
  release();
  const words = page.locator(".password + .password__meter + [role=status]");
  await expect(words).toHaveText("Characters still needed: 4");
});

test("a new password's strength is told as one types", async ({ page }) => {
  await openSignUpLink(page, portal, "typing@contoso.example");
  const field = page.locator("#password");
  const words = page.locator(".password + .password__meter + [role=status]");
  const meter = page.locator(".password__meter");
  await field.pressSequentially("password");
  await expect(words).toHaveText("Characters still needed: 4");
  await expect(meter).toBeHidden();
  await field.pressSequentially("1234");
  await expect(words).toContainText("Easy to guess");
  await expect(meter).toBeVisible();
  await field.fill(NEW);
  await expect(words).toHaveText("Very hard to guess");
});

test("an address is changed from the new one and undone from the old one", async ({ browser, page }) => {
  portal.createAccount("grace@contoso.example");
  await signIn(page, portal, "grace@contoso.example");
  await page.goto(`${portal.url}/account/email`);
  await submit(page, "/api/accounts/change_email", { email: "grace@fabrikam.example" });
  await expect(page.getByRole("status").filter({ hasText: "We have sent a link" })).toBeVisible();
  const confirmation = await portal.mail("grace@fabrikam.example", /Confirm your new e-mail address/);
  await page.goto(/http\S+\/confirm\?token=[\w-]+/.exec(confirmation)?.[0] as string);
  await submit(page, "/api/accounts/confirm_email_change");
  await expect(page).toHaveURL(/\/account\?done=email-changed$/);
  const told = await portal.mail("grace@contoso.example", /was changed/);
  const owner = await (await browser.newContext()).newPage();
  await owner.goto(/http\S+\/undo\?token=[\w-]+/.exec(told)?.[0] as string);
  await submit(owner, "/api/accounts/undo_email_change");
  await expect(owner).toHaveURL(/\/login\?done=email-change-undone$/);
  await page.goto(`${portal.url}/account`);
  await expect(page).toHaveURL(/\/login/);
  await submit(owner, "/api/accounts/sign_in", { email: "grace@contoso.example", password: PASSWORD });
  await expect(owner).toHaveURL(`${portal.url}/login`);
  await owner.context().close();
});
