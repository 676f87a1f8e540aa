/** A day of somebody of support, in a browser without JavaScript; the team's administrator has it. */
import { type Page, expect, test } from "@playwright/test";

import { form, signIn, submit } from "../support/admin";
import { MockEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";

const ADMIN = "ada@contoso.example";
const REVIEWER = "rev@krisp.example";
const COLLEAGUE = "col@krisp.example";

let portal: Portal;
let entra: MockEntra;

test.beforeAll(async () => {
  portal = await Portal.start();
  entra = await MockEntra.start();
  portal.createAccount(REVIEWER, "--role", "reviewer");
  portal.createAccount(COLLEAGUE, "--role", "reviewer");
});

test.afterAll(async () => {
  await entra.stop();
  await portal.stop();
});

/** What support and the team wrote to each other. */
const thread = (page: Page) => page.locator('section[aria-labelledby="review-thread"]');

test("support keeps a view and a note, hands a review over, looks as the team, asks for changes, reminds, and is answered", async ({
  browser,
  page: admin,
}) => {
  test.setTimeout(120_000);
  const slug = portal.importTeam({ ...entra.team("Contoso"), status: "in_review" }, ADMIN);
  const live = portal.importTeam(entra.team("Tailspin"), "tess@tailspin.example");
  await signIn(admin, portal, ADMIN);
  const support = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(support, portal, REVIEWER);
  const team = `${portal.url}/support/teams/${slug}`;
  const listed = support.locator('td a[href^="/support/teams/"]');

  await test.step("a filter of the list is kept, and opened again", async () => {
    await support.goto(`${portal.url}/support/teams?state=in_review`);
    await submit(support, "/api/support/save_view", { name: "To be reviewed" });
    const view = support.getByRole("link", { name: "To be reviewed", exact: true });
    await expect(view).toBeVisible();
    await support.goto(`${portal.url}/support/teams`);
    await expect(listed).toHaveCount(2);
    await view.click();
    await expect(support).toHaveURL(/\?state=in_review$/);
    await expect(listed).toHaveText(["Contoso"]);
  });

  await test.step("a note is written", async () => {
    await support.goto(team);
    await submit(support, "/api/team_notes/write", { note: "Calls back on Monday." });
    await expect(support.locator("#notes blockquote")).toContainText(["Calls back on Monday."]);
  });

  await test.step("the review is taken, and handed over", async () => {
    const assignment = support.locator('section[aria-labelledby="review-assignment"]');
    await support.goto(team);
    await submit(support, "/api/reviews/take");
    await expect(assignment).toContainText("You have been reviewing this team");
    await submit(support, "/api/reviews/hand_over");
    await expect(assignment.locator("strong")).toHaveText(COLLEAGUE);
    await portal.mail(COLLEAGUE, /You review Contoso now/);
  });

  await test.step("the team's own pages are looked at, and nothing in them can be changed", async () => {
    await support.goto(`${portal.url}/support/teams/${live}`);
    await submit(support, "/api/viewed_team/begin");
    await expect(support).toHaveURL(`${portal.url}/teams/${live}`);
    await expect(form(support, "/api/viewed_team/end")).toBeVisible();
    // an administrator of the team could
    await support.goto(`${portal.url}/teams/${live}/setup/basic-saml`);
    await expect(form(support, "/api/setup/confirm_step").locator('button[type="submit"]')).toBeDisabled();
    await submit(support, "/api/viewed_team/end");
    await expect(support).toHaveURL(`${portal.url}/support/teams/${live}`);
    expect((await support.goto(`${portal.url}/teams/${live}`))?.status()).toBe(404);
  });

  await test.step("changes are asked for", async () => {
    await support.goto(team);
    await submit(support, "/api/support/request_changes", { words: "Which tenant is this?" });
    expect(await portal.mail(ADMIN, /asks for changes/)).toContain("Which tenant is this?");
  });

  await test.step("the team is reminded, after a look at whom that concerns", async () => {
    await support.goto(`${portal.url}/support/teams`);
    await support.locator('a[href^="/support/teams/bulk?action=remind"]').click();
    const chosen = form(support, "/api/support/bulk").locator('[name="teams[]"]');
    await expect(chosen, "a team that is live needs no reminder").toHaveCount(1);
    await expect(chosen).toHaveAttribute("value", slug);
    await expect(chosen).toBeChecked();
    await submit(support, "/api/support/bulk");
    await portal.mail(ADMIN, /Contoso is not finished/);
  });

  await test.step("the team answers, and both sides see the thread", async () => {
    await admin.goto(`${portal.url}/teams/${slug}/setup/go-live`);
    await expect(thread(admin)).toContainText("Which tenant is this?");
    await submit(admin, "/api/setup/submit", { answer: "The one of our subsidiary." });
    await expect(admin).toHaveURL(`${portal.url}/teams/${slug}`);
    await support.goto(team);
    await expect(thread(support).locator("blockquote")).toContainText(["Which tenant is this?", "The one of our subsidiary."]);
    await expect(thread(support)).toContainText(ADMIN);
  });
  await support.context().close();
});
