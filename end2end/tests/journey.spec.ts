/**
 * What the set-up asks of a new administrator: by keyboard alone, and counted. The goal is for an administrator who
 * has an account: from the form of the team's name to a connection that waits for support, at most 12 clicks in the
 * portal, 3 typed fields and one paste. What is done at the identity provider does not count. The account itself is
 * counted apart: two clicks and two fields (docs/decisions/0050).
 */
import { expect, test } from "@playwright/test";

import { form } from "../support/admin";
import { KeyboardUser } from "../support/keyboard-user";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { PASSWORD, Portal } from "../support/portal";

const EMAIL = "ada@contoso.example";

test("by keyboard alone a new administrator submits a tested connection, with few steps", async ({ page }) => {
  test.setTimeout(180_000);
  // the mock is on this machine, and has no certificate for https
  const portal = await Portal.start({ PORTAL_METADATA__ALLOW_PRIVATE_ADDRESSES: "true" });
  const entra = await MockEntra.start();
  const user = new KeyboardUser(page);
  const button = (action: string) => form(page, action).locator('button[type="submit"]:not([formaction])').first();
  try {
    await page.goto(`${portal.url}/signup`);
    await user.type(page.locator('[name="email"]'), EMAIL);
    await user.press(button("/api/accounts/sign_up"));
    const mail = await portal.mail(EMAIL, /Confirm your e-mail address/);
    await page.goto(/http\S+\/verify-email\?token=[\w-]+/.exec(mail)?.[0] ?? "");
    await user.type(page.locator('[name="password"]'), PASSWORD);
    await user.press(button("/api/accounts/verify_email"));
    await expect(page).toHaveURL(`${portal.url}/teams/new`);
    const before = { clicks: user.clicks, typed: user.typed };

    await user.type(page.locator('[name="name"]'), "Contoso");
    await user.press(button("/api/teams/create"));
    await expect(page).toHaveURL(/\/setup\/create$/);
    await user.press(button("/api/setup/confirm_step"));
    await expect(page).toHaveURL(/basic-saml$/);
    const download = page.waitForEvent("download");
    await user.press(page.getByRole("link", { name: "Download the metadata file" }));
    await download;
    await user.press(button("/api/setup/confirm_step"));
    await expect(page).toHaveURL(/attributes$/);
    await user.press(button("/api/setup/save_claims"));
    await expect(page).toHaveURL(/certificates$/);
    await user.paste(page.locator('[name="metadata_url"]'), entra.addresses.metadata_url);
    await user.press(page.locator('form[action$="/setup/certificates"] button[type="submit"]'));
    await expect(form(page, "/api/setup/remove_certificate")).toHaveCount(1);
    await user.press(page.getByRole("link", { name: "Done, continue", exact: true }));
    // the addresses came along: their step is done, and skipped
    await expect(page).toHaveURL(/users$/);
    await user.press(button("/api/setup/confirm_step"));
    await expect(page).toHaveURL(/\/setup\/test$/);
    const opened = page.waitForEvent("popup");
    await user.press(page.locator('a[href$="/setup/test/start"]'));
    const tab = await opened;
    await signInAtEntra(tab);
    await expect(tab.locator(".notice").getByText(/^Test passed/)).toBeVisible();
    await tab.close();
    await expect(page.getByText("Ready to go live")).toBeVisible({ timeout: 15_000 });
    await user.press(page.getByRole("link", { name: /Continue to Go live/ }).first());
    await expect(page).toHaveURL(/go-live$/);
    await user.press(button("/api/setup/submit"));
    await expect(page.getByText("Support is reviewing your configuration")).toBeVisible();

    expect(user.clicks - before.clicks, "clicks of who has an account, from the team's name to what waits for support").toBeLessThanOrEqual(12);
    expect(user.typed - before.typed, "fields that they type").toBeLessThanOrEqual(3);
    expect(user.pasted, "addresses that they paste").toBe(1);
    expect(before, "what the account takes before that: its address and its password").toEqual({ clicks: 2, typed: 2 });
    expect(user.typed, "fields that are typed, the account's too").toBeLessThanOrEqual(3);
  } finally {
    await entra.stop();
    await portal.stop();
  }
});

test("who wants no motion sees none", async ({ browser }) => {
  const portal = await Portal.start();
  try {
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const path of ["/", "/login", "/help/findings"]) {
      await page.goto(`${portal.url}${path}`);
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          const lasts = (text: string) => text.split(",").some((time) => Number.parseFloat(time) > 0);
          return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
        }).map((element) => element.outerHTML.slice(0, 80)),
      );
      expect(moving, path).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await page.evaluate(() => document.getAnimations().length), `${path}: colours that change slowly`).toBe(0);
      await page.emulateMedia({ colorScheme: "light" });
    }
    await context.close();
  } finally {
    await portal.stop();
  }
});
