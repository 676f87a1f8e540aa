/** By keyboard alone: what a team's administrator does with its people, its members, its sign-ins and its name. */
import { type Page, expect, test } from "@playwright/test";

import { form, notice } from "../support/admin";
import { KeyboardUser, signedIn } from "../support/keyboard-user";
import { MockEntra } from "../support/mock-entra";
import { failToSignIn, isSignedOut, signPersonIn } from "../support/people";
import { PASSWORD, Portal } from "../support/portal";

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

test("by keyboard alone a person is found, signed out, kept out, let in again and erased", async ({ browser }) => {
  test.setTimeout(90_000);
  const slug = portal.importTeam(entra.team("Contoso"), "ada@contoso.example");
  const person = await (await browser.newContext()).newPage();
  await signPersonIn(person, portal, slug);
  const page = await signedIn(browser, portal, "ada@contoso.example");
  const user = new KeyboardUser(page);

  await page.goto(`${portal.url}/teams/${slug}`);
  await user.goTo("People");
  await user.type(page.locator("#search"), "simon");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/people\?.*search=simon/);
  await user.press(page.locator(`td a[href^="/teams/${slug}/people/"]`));
  await expect(page.locator("main")).toContainText("b.simon@contoso.com");

  await user.submit("/api/people/end_session");
  await expect(notice(page, "The session was ended")).toBeVisible();
  await isSignedOut(person, portal);
  await signPersonIn(person, portal, slug);
  await user.submit("/api/people/end_sessions");
  await expect(notice(page, "1 session ended")).toBeVisible();
  await isSignedOut(person, portal);

  await user.submit("/api/people/deactivate");
  await expect(notice(page, "The person was deactivated")).toBeVisible();
  await failToSignIn(person, portal, slug);
  await expect(person.locator("main")).toContainText("Your team has turned off your access here");
  await user.submit("/api/people/reactivate");
  await expect(notice(page, "The person can sign in again")).toBeVisible();
  await signPersonIn(person, portal, slug);

  await user.submit("/api/people/erase");
  await expect(notice(page, "The person was erased")).toBeVisible();
  await expect(page.getByText("Nobody has signed in yet")).toBeVisible();
  await isSignedOut(person, portal);
  await person.context().close();
  await page.context().close();
});

/** The row of a member, or of somebody who is invited. */
const rowOf = (page: Page, email: string) => page.getByRole("row").filter({ hasText: email });

test("by keyboard alone an owner invites, changes a role, hands the team over, and is removed by who has it then", async ({ browser }) => {
  test.setTimeout(90_000);
  const [ada, grace, hal] = ["ada@fabrikam.example", "grace@fabrikam.example", "hal@fabrikam.example"];
  const slug = portal.importTeam(entra.team("Fabrikam"), ada);
  const page = await signedIn(browser, portal, ada);
  const user = new KeyboardUser(page);
  const invite = form(page, "/api/members/invite");

  await page.goto(`${portal.url}/teams/${slug}`);
  await user.goTo("Members");
  await user.type(invite.locator("#email"), grace);
  await user.choose(invite.locator("#role"), "Viewer");
  await user.press(invite.getByRole("button"));
  await expect(notice(page, "The invitation was sent")).toBeVisible();
  await expect(rowOf(page, grace)).toContainText("viewer");

  await test.step("who is invited accepts", async () => {
    const mail = await portal.mail(grace, /You are invited to the team/);
    const invited = await (await browser.newContext()).newPage();
    await invited.goto(/http\S+\/invite\/[\w-]+/.exec(mail)?.[0] ?? "");
    await new KeyboardUser(invited).submit("/api/invitations/create_account", { password: PASSWORD });
    await expect(invited).toHaveURL(`${portal.url}/teams/${slug}`);
    await invited.context().close();
  });

  await test.step("an invitation is sent again, and revoked", async () => {
    await user.submit("/api/members/invite", { email: hal });
    await expect(rowOf(page, hal)).toHaveCount(1);
    await user.submit("/api/members/resend_invitation");
    await expect(notice(page, "A new link was sent")).toBeVisible();
    await user.submit("/api/members/revoke_invitation");
    await expect(notice(page, "The invitation was revoked")).toBeVisible();
    await expect(rowOf(page, hal)).toHaveCount(0);
  });

  await test.step("a role is changed", async () => {
    await user.press(rowOf(page, grace).locator("summary"));
    await user.choose(page.getByLabel(`Role of ${grace}`), "Admin");
    await user.press(rowOf(page, grace).getByRole("button", { name: "Change role" }));
    await expect(notice(page, "The role was changed")).toBeVisible();
    await expect(rowOf(page, grace)).toContainText("admin");
  });

  await test.step("the team gets another owner, who removes the one before", async () => {
    await user.submit("/api/members/transfer_ownership");
    await expect(notice(page, "The team has a new owner")).toBeVisible();
    const other = await signedIn(browser, portal, grace);
    const owner = new KeyboardUser(other);
    await other.goto(`${portal.url}/teams/${slug}/members`);
    await owner.submit("/api/members/remove");
    await expect(notice(other, "The member was removed")).toBeVisible();
    await expect(rowOf(other, ada)).toHaveCount(0);
    await owner.submit("/api/members/require_second_factor");
    await expect(other.getByRole("alert"), "who has none is told so").toBeFocused();
    expect((await page.reload())?.status()).toBe(404);
    await other.context().close();
  });
  await page.context().close();
});

test("by keyboard alone the report of a failed sign-in is found, and a list that changes keeps the focus", async ({ browser }) => {
  test.setTimeout(90_000);
  const slug = portal.importTeam(entra.team("Tailspin"), "tess@tailspin.example");
  const person = await (await browser.newContext()).newPage();
  await entra.misbehave("altered");
  const reference = await failToSignIn(person, portal, slug);
  const page = await signedIn(browser, portal, "tess@tailspin.example");
  const user = new KeyboardUser(page);
  const list = `${portal.url}/teams/${slug}/sign-ins`;

  await page.goto(`${portal.url}/teams/${slug}`);
  await user.goTo("Sign-ins");
  await user.press(page.getByRole("link", { name: "Failed today" }));
  await expect(page).toHaveURL(/outcome=failed/);
  const link = page.getByRole("link", { name: reference });
  await user.tabTo(link);
  const later = await failToSignIn(person, portal, slug);
  await expect(page.getByRole("link", { name: later })).toBeVisible({ timeout: 15_000 });
  await expect(link, "what was new came above it").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${list}/${reference}`);
  await expect(page.locator(".finding").first()).toBeVisible();
  await user.press(page.getByRole("link", { name: "Show the XML" }));
  await expect(page.getByText("samlp:Response").first()).toBeVisible();

  await user.goTo("Sign-ins");
  await user.type(page.locator("#reference"), later);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${list}/${later}`);
  await user.press(page.locator(".breadcrumbs").getByRole("link", { name: "Sign-ins" }));
  await user.unfold(page.locator("#outcome"));
  await user.choose(page.locator("#outcome"), "Signed in");
  await user.press(page.getByRole("button", { name: "Apply filter" }));
  await expect(page.getByText("No sign-in matches")).toBeVisible();

  await user.press(page.getByRole("link", { name: "Did the identity provider show an error?" }));
  await user.submit("/api/idp_errors/explain", { text: "AADSTS700016" });
  await expect(page).toHaveURL(`${portal.url}/teams/${slug}/idp-error?code=700016`);
  await expect(page.locator(".copy__value").first()).toHaveText(slug);
  await person.context().close();
  await page.context().close();
});

test("by keyboard alone a team is renamed, everybody is signed out, and the audit trail tells of it", async ({ browser }) => {
  const slug = portal.importTeam(entra.team("Litware"), "lou@litware.example");
  const person = await (await browser.newContext()).newPage();
  await signPersonIn(person, portal, slug);
  const page = await signedIn(browser, portal, "lou@litware.example");
  const user = new KeyboardUser(page);

  await page.goto(`${portal.url}/teams/${slug}`);
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip-link"), "the first stop leads past the navigation").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
  await user.goTo("Settings");
  await user.submit("/api/teams/rename", { name: "Litware Europe" });
  await expect(page.getByRole("status").first()).toContainText("The team has its new name");
  await user.press(page.locator("main").getByRole("link", { name: "End all sessions" }));
  await user.submit("/api/teams/end_sessions");
  await expect(notice(page, "1 session ended")).toBeVisible();
  await isSignedOut(person, portal);

  await user.goTo("Audit trail");
  await user.unfold(page.locator("#actor"));
  await user.type(page.locator("#actor"), "nobody@litware.example");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No event matches")).toBeVisible();
  await user.press(page.getByRole("link", { name: "Clear filter" }));
  await user.press(rowOf(page, "Litware Europe").locator("summary"));
  await expect(rowOf(page, "Litware Europe").locator("details")).toContainText("Litware");
  await person.context().close();
  await page.context().close();
});

test("by keyboard alone somebody leaves a team that has another owner", async ({ browser }) => {
  const slug = portal.importTeam(entra.team("Proseware"), "pat@proseware.example");
  portal.createAccount("paul@proseware.example", "--team", slug);
  const page = await signedIn(browser, portal, "paul@proseware.example");
  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/teams/${slug}`);
  await user.goTo("Members");
  await user.submit("/api/members/leave");
  await expect(page).toHaveURL(`${portal.url}/teams/new`);
  expect((await page.goto(`${portal.url}/teams/${slug}`))?.status()).toBe(404);
  await page.context().close();
});
