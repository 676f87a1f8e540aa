/** By keyboard alone: a day of an administrator of support. The review that ends with an approval is in keyboard.spec.ts. */
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type Page, expect, test } from "@playwright/test";

import { form, notice, submit } from "../support/admin";
import { KeyboardUser, signedIn } from "../support/keyboard-user";
import { MockEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";
import { freePort } from "../support/ports";

const ADMINISTRATOR = "root@krisp.example";
const COLLEAGUE = "col@krisp.example";

let portal: Portal;
let entra: MockEntra;
/** The browser in which the administrator is signed in: a code of an authenticator app is good once. */
let browserOfSupport: BrowserContext;

test.beforeAll(async ({ browser }) => {
  portal = await Portal.start();
  entra = await MockEntra.start();
  portal.createAccount(ADMINISTRATOR, "--role", "administrator");
  portal.createAccount(COLLEAGUE, "--role", "reviewer");
  browserOfSupport = (await signedIn(browser, portal, ADMINISTRATOR)).context();
  await browserOfSupport.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test.afterAll(async () => {
  await browserOfSupport.close();
  await entra.stop();
  await portal.stop();
});

/** Support's first page. */
async function start(): Promise<[Page, KeyboardUser]> {
  const page = await browserOfSupport.newPage();
  await page.goto(`${portal.url}/support`);
  return [page, new KeyboardUser(page)];
}

test("by keyboard alone an application is registered, gets a secret, is tried and disabled", async () => {
  test.setTimeout(90_000);
  const slug = portal.importTeam(entra.team("Contoso"), "owner@contoso.example");
  const [page, user] = await start();
  await user.goTo("Applications");
  await user.press(page.getByRole("link", { name: "Register an application" }));
  await user.choose(page.locator("#kind"), "Web application");
  await user.type(page.locator("#name"), "Notes");
  await user.type(page.locator("#redirect_uris"), "https://notes.example/callback");
  await user.tick(page.locator('[name="team_choice"][value="all"]'));
  await user.press(page.getByRole("button", { name: "Register application" }));
  await expect(notice(page, "The application was registered")).toBeVisible();

  await test.step("its secret is copied, and deleted", async () => {
    await user.submit("/api/applications/create_secret");
    const shown = notice(page, "Copy the secret now");
    await user.press(shown.getByRole("button"));
    const secret = await shown.locator(".copy__value").innerText();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await user.submit("/api/applications/delete_secret");
    await expect(notice(page, "The secret was deleted")).toBeVisible();
  });

  await test.step("it gets a logo, and loses it", async () => {
    const choosing = page.waitForEvent("filechooser");
    await user.press(page.locator("#logo"));
    const logo = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>';
    await (await choosing).setFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from(logo) });
    await user.press(page.getByRole("button", { name: "Save logo" }));
    await expect(notice(page, "The logo was saved")).toBeVisible();
    await user.submit("/api/applications/remove_logo");
    await expect(notice(page, "The logo was removed")).toBeVisible();
  });

  await test.step("it is tried", async () => {
    await user.press(page.getByRole("link", { name: "Try a sign-in" }));
    await user.type(page.locator("#team"), slug);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("cell", { name: slug, exact: true })).toBeVisible();
    await user.press(page.getByRole("link", { name: "Sign in with this request" }));
    await user.press(page.getByRole("button", { name: /b\.simon/i }).first());
    await expect(notice(page, `A person of ${slug} signed in`)).toBeVisible();
  });

  await test.step("it is disabled", async () => {
    await user.press(page.getByRole("link", { name: "Back to Notes" }));
    await user.submit("/api/applications/set_enabled");
    await expect(notice(page, "The application was disabled")).toBeVisible();
  });
  await page.close();
});

test("by keyboard alone a list is filtered, the view kept and deleted, and its teams reminded after a look at whom that concerns", async () => {
  const [first, second] = ["Fabrikam", "Northwind"].map((name) =>
    portal.importTeam({ ...entra.team(name), status: "changes_requested" }, `owner@${name.toLowerCase()}.example`),
  );
  const [page, user] = await start();
  const teams = page.locator('td a[href^="/support/teams/"]');
  await user.goTo("Teams");
  const state = page.locator("#state");
  await user.unfold(state);
  await user.choose(state, "Waiting for changes");
  await user.press(page.getByRole("button", { name: "Apply filter" }));
  await expect(teams).toHaveText(["Fabrikam", "Northwind"]);

  await test.step("the view is kept, opened and deleted", async () => {
    await user.submit("/api/support/save_view", { name: "To be reminded" });
    await expect(notice(page, "The view was saved")).toBeVisible();
    await user.press(page.getByRole("link", { name: "Clear filter" }));
    await expect(page).toHaveURL(`${portal.url}/support/teams`);
    await user.press(page.getByRole("link", { name: "To be reminded", exact: true }));
    await expect(page).toHaveURL(/\?state=changes_requested$/);
    await user.submit("/api/support/delete_view");
    await expect(notice(page, "The view was deleted")).toBeVisible();
  });

  await test.step("one team is left out of the reminder", async () => {
    await user.unfold(state);
    await user.choose(state, "Waiting for changes");
    await user.press(page.getByRole("button", { name: "Apply filter" }));
    await user.press(page.getByRole("link", { name: "Remind of the set-up" }));
    const box = (slug?: string) => form(page, "/api/support/bulk").locator(`[name="teams[]"][value="${slug}"]`);
    await user.tick(box(second));
    await expect(box(second)).not.toBeChecked();
    await expect(box(first)).toBeChecked();
    await user.submit("/api/support/bulk");
    await expect(notice(page, "1 team is reminded")).toBeVisible();
    await portal.mail("owner@fabrikam.example", /Fabrikam is not finished/);
  });
  await page.close();
});

test("by keyboard alone a review is taken and handed over, notes are written, and each decision asks first", async () => {
  test.setTimeout(90_000);
  portal.importTeam({ ...entra.team("Tailspin"), status: "in_review" }, "owner@tailspin.example");
  const live = portal.importTeam(entra.team("Litware"), "owner@litware.example");
  const [page, user] = await start();

  await user.press(page.locator("main").getByRole("link", { name: "Tailspin" }).first());
  await user.submit("/api/reviews/take");
  await expect(notice(page, "The review is yours now")).toBeVisible();
  await user.submit("/api/reviews/hand_over");
  await expect(notice(page, "The review was handed over")).toBeVisible();

  await user.submit("/api/team_notes/write", { note: "Calls back on Monday." });
  await expect(page.locator("#notes blockquote")).toContainText(["Calls back on Monday."]);
  await user.submit("/api/team_notes/delete");
  await expect(notice(page, "The note was deleted")).toBeVisible();
  await expect(page.locator("#notes blockquote")).toHaveCount(0);

  await test.step("changes are asked for, by a message that must not be empty", async () => {
    await user.submit("/api/support/request_changes");
    await expect(page.locator("#words-problem")).toBeVisible();
    await expect(page.getByRole("alert"), "the focus is where it says what is wrong").toBeFocused();
    await user.press(page.getByRole("alert").getByRole("link"));
    await expect(page.locator("#words"), "it is open where it was refused").toBeFocused();
    await page.keyboard.type("Which tenant is this?");
    await user.press(page.getByRole("button", { name: "Yes, request changes" }));
    await expect(notice(page, "Tailspin is asked for changes")).toBeVisible();
    expect(await portal.mail("owner@tailspin.example", /asks for changes/)).toContain("Which tenant is this?");
  });

  await test.step("a team is suspended, and resumed", async () => {
    await page.keyboard.press("/");
    await expect(page.locator("#q")).toBeFocused();
    await page.keyboard.type("litware");
    await page.keyboard.press("Enter");
    await user.press(page.locator("main").getByRole("link", { name: "Litware" }).first());
    await user.submit("/api/support/suspend", { reason: "The contract has ended." });
    await expect(notice(page, "Sign-in is suspended")).toBeVisible();
    await user.submit("/api/support/resume");
    await expect(notice(page, "Sign-in works again")).toBeVisible();
  });

  await test.step("its pages are seen as the team sees them", async () => {
    await user.submit("/api/viewed_team/begin");
    await expect(page).toHaveURL(`${portal.url}/teams/${live}`);
    await user.goTo("Members");
    await user.submit("/api/viewed_team/end");
    await expect(page).toHaveURL(`${portal.url}/support/teams/${live}`);
  });
  await page.close();
});

test("by keyboard alone a team's first owner and a colleague are invited, and an account gets another role and is deactivated", async () => {
  test.setTimeout(120_000);
  const [page, user] = await start();
  await user.press(page.locator("main").locator('a[href="/support/teams/new"]'));
  await user.submit("/api/onboarding/create", { name: "Adatum", email: "owner@adatum.example" });
  await expect(page.locator(".copy__value").first()).toContainText("/invite/");
  await portal.mail("owner@adatum.example", /Set up single sign-on of Adatum/);
  await user.submit("/api/onboarding/resend");
  await expect(notice(page, "A new link was sent")).toBeVisible();
  await user.submit("/api/onboarding/revoke");
  await expect(notice(page, "The invitation was revoked")).toBeVisible();
  await user.submit("/api/onboarding/send", { email: "second@adatum.example" });
  await expect(notice(page, "The link was sent to the team's first owner")).toBeVisible();

  await user.goTo("Support accounts");
  await user.submit("/api/support_accounts/invite", { email: "new@krisp.example" });
  await expect(notice(page, "The invitation was sent")).toBeVisible();
  await user.submit("/api/support_accounts/resend_invitation");
  await expect(notice(page, "A new link was sent")).toBeVisible();
  await user.submit("/api/support_accounts/revoke_invitation");
  await expect(notice(page, "The invitation was revoked")).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: COLLEAGUE });
  await user.press(row.locator("summary"));
  await user.choose(page.getByLabel(`Role of ${COLLEAGUE}`), "Administrator");
  await user.press(row.getByRole("button", { name: "Change role" }));
  await expect(notice(page, "The role was changed")).toBeVisible();
  await expect(row.getByRole("cell", { name: "administrator", exact: true })).toHaveCount(1);
  await user.press(row.locator("summary"));
  await user.press(row.getByRole("button", { name: /deactivate/i }));
  await expect(notice(page, "The account was deactivated")).toBeVisible();
  await expect(row).toContainText("Deactivated");

  await user.goTo("Audit trail");
  const action = page.locator("#action");
  await user.unfold(action);
  await user.type(page.locator("#actor"), ADMINISTRATOR);
  await user.press(page.getByRole("button", { name: "Apply filter" }));
  await expect(page.getByRole("table")).toContainText(COLLEAGUE);
  await page.close();
});

test("by keyboard alone a team is marked as the vendor's own, a group of it gives a role, and all is taken back", async () => {
  const slug = portal.importTeam(entra.team("Relecloud"), "it@relecloud.example");
  const group = "5f0c8a52-0000-4000-8000-000000000001";
  const [page, user] = await start();
  await page.keyboard.press("/");
  await expect(page.locator("#q")).toBeFocused();
  await page.keyboard.type("relecloud");
  await page.keyboard.press("Enter");
  await user.press(page.locator("main").getByRole("link", { name: "Relecloud" }).first());
  await expect(page).toHaveURL(`${portal.url}/support/teams/${slug}`);
  await user.submit("/api/vendor_team/mark");
  await expect(notice(page, "The team is marked as the vendor's")).toBeVisible();

  await user.type(page.locator("#group"), group);
  await user.choose(page.locator("#role"), "Administrator");
  await user.press(page.getByRole("button", { name: "Add group" }));
  await expect(notice(page, "The groups were changed")).toBeVisible();
  await expect(page.locator("li.cluster").filter({ hasText: group })).toContainText("administrator");
  await user.submit("/api/vendor_team/remove_group");
  await expect(page.getByText("No group gives a role yet")).toBeVisible();

  await user.submit("/api/vendor_team/mark");
  await expect(notice(page, "The team is no longer the vendor's")).toBeVisible();
  await page.close();
});

test("by keyboard alone mail that could not be delivered is tried again, and discarded", async ({ browser }) => {
  test.setTimeout(90_000);
  const [gone, lost] = ["gone@contoso.example", "lost@contoso.example"] as const;
  const nowhere = `smtp://localhost:${await freePort()}?tls=required`;
  const unheard = await Portal.start({ PORTAL_MAIL__SMTP_URL: nowhere });
  try {
    const stranger = await (await browser.newContext()).newPage();
    for (const email of [gone, lost]) {
      await stranger.goto(`${unheard.url}/signup`);
      await submit(stranger, "/api/accounts/sign_up", { email });
      await expect(stranger).toHaveURL(`${unheard.url}/signup/check-email`);
    }
    await stranger.context().close();
    await unheard.giveMailUp(gone, lost);

    unheard.createAccount(ADMINISTRATOR, "--role", "administrator");
    const page = await signedIn(browser, unheard, ADMINISTRATOR);
    const user = new KeyboardUser(page);
    const mailTo = (email: string) => page.getByRole("row").filter({ hasText: email });
    await page.goto(`${unheard.url}/support`);
    await user.goTo("Undelivered mail");
    await expect(mailTo(gone)).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await user.press(mailTo(gone).getByRole("button", { name: "Try again" }));
    await expect(notice(page, "The mail is tried again")).toBeVisible();
    await expect(mailTo(gone)).toHaveCount(0);
    await user.press(mailTo(lost).getByRole("button", { name: "Discard" }));
    await expect(notice(page, "The mail was discarded")).toBeVisible();
    await expect(page.getByText("Every mail was delivered, or is still being tried")).toBeVisible();
    await page.context().close();
  } finally {
    await unheard.stop();
  }
});
