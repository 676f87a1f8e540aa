import { type Browser, type Page, expect, test } from "@playwright/test";

import { createTeam, form, signIn, signUp, submit } from "../support/admin";
import { KeyboardUser } from "../support/keyboard-user";
import { PASSWORD, Portal } from "../support/portal";

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.start();
});

test.afterAll(() => portal.stop());

/** A browser of its own. */
async function somebody(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** The link of an invitation that was mailed to an address. */
async function invitation(email: string, subject: RegExp): Promise<string> {
  const mail = await portal.mail(email, subject);
  const link = /http\S+\/invite\/[\w-]+/.exec(mail)?.[0];
  expect(link, mail).toBeTruthy();
  return link as string;
}

/** Invites an address, which accepts in a browser of its own with a new account. */
async function join(owner: Page, browser: Browser, slug: string, email: string, role: string): Promise<Page> {
  await owner.goto(`${portal.url}/teams/${slug}/members`);
  await form(owner, "/api/members/invite").locator('[name="role"]').selectOption(role);
  await submit(owner, "/api/members/invite", { email });
  await expect(owner.getByText("The invitation was sent")).toBeVisible();
  const page = await somebody(browser);
  await page.goto(await invitation(email, /You are invited to the team/));
  await expect(page.getByRole("heading", { name: /Join the team/ })).toBeVisible();
  await submit(page, "/api/invitations/create_account", { password: PASSWORD });
  // the team is not live yet: who may configure it is led to the step that is open
  const overview = `${portal.url}/teams/${slug}`;
  await expect(page).toHaveURL(role === "viewer" ? overview : `${overview}/setup/create`);
  return page;
}

test("an invitation is accepted in another browser, and removal ends access in its open session", async ({
  browser,
  page,
}) => {
  await signUp(page, portal, "ada@contoso.example");
  const slug = await createTeam(page, portal, "Contoso");
  const member = await join(page, browser, slug, "grace@contoso.example", "admin");
  await expect(member.locator(".breadcrumbs")).toContainText("Contoso");

  await page.goto(`${portal.url}/teams/${slug}/members`);
  const row = page.getByRole("row", { name: /grace@contoso\.example/ });
  await row.getByLabel("Change grace@contoso.example").click();
  await row.getByRole("button", { name: "Remove from the team" }).click();
  await expect(page.getByText("The member was removed")).toBeVisible();
  await expect(page.getByRole("row", { name: /grace@contoso\.example/ })).toHaveCount(0);

  const answer = await member.reload();
  expect(answer?.status()).toBe(404);
  await member.goto(`${portal.url}/account`);
  await expect(member.getByText("grace@contoso.example").first(), "still signed in").toBeVisible();
  await portal.mail("grace@contoso.example", /Your membership of Contoso has changed/);
  await member.context().close();
});

test("the last owner is told to make somebody else an owner, without JavaScript too", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const name = javaScriptEnabled ? "script" : "plain";
    await signUp(page, portal, `last-${name}@contoso.example`);
    const slug = await createTeam(page, portal, `Last ${name}`);
    await page.goto(`${portal.url}/teams/${slug}/members`);
    await expect(page.getByText("make another member an owner")).toBeVisible();
    await expect(page.getByText("Leave this team"), "what would be refused is not offered").toHaveCount(0);
    await context.close();
  }
});

test("one account switches between its teams with the keyboard", async ({ page }) => {
  await signUp(page, portal, "two@contoso.example");
  const first = await createTeam(page, portal, "First");
  const second = await createTeam(page, portal, "Second");
  await page.goto(`${portal.url}/teams/${second}`);
  const menu = page.locator("details.switcher:not(.switcher--end)");
  await new KeyboardUser(page).press(menu.locator("summary"));
  await expect(menu.getByRole("link", { name: "Second" })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("Tab");
  await expect(menu.getByRole("link", { name: "First" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${portal.url}/teams/${first}`);
  await expect(page.locator("details.switcher:not(.switcher--end) > summary")).toContainText("First");
});

// The integrator: a support account needs a second factor first; sign in with the helper that enrols one.
test("an onboarding link leads its reader straight into the set-up", async ({ browser, page }) => {
  portal.createAccount("reviewer@krisp.example", "--role", "reviewer");
  await signIn(page, portal, "reviewer@krisp.example");
  await page.goto(`${portal.url}/support/teams/new`);
  await submit(page, "/api/onboarding/create", { name: "Fabrikam", email: "grace@fabrikam.example" });
  const link = await invitation("grace@fabrikam.example", /Set up single sign-on of Fabrikam/);
  await expect(page.getByText(link), "shown once").toBeVisible();
  await page.reload();
  await expect(page.getByText(link)).toHaveCount(0);

  const owner = await somebody(browser);
  await owner.goto(link);
  await submit(owner, "/api/invitations/create_account", { password: PASSWORD });
  await expect(owner).toHaveURL(/\/teams\/fabrikam-[^/]+\/setup\/create$/);
  await owner.goto(link);
  await expect(owner.getByText("This invitation no longer works")).toBeVisible();
  await owner.context().close();
});
