/**
 * The way past every page of the portal and its states, in the shoes of an administrator, of support and of
 * somebody who signs in. Each is shown to whoever looks: `screenshots.ts` takes pictures, `accessibility.spec.ts` has
 * axe read them.
 */
import type { Browser, Page } from "@playwright/test";

import { configure, createKey, createTeam, enrol, form, openSignUpLink, pressAndStay, saveOptions, signIn, signUp, submit } from "./admin";
import type { MockEntra } from "./mock-entra";
import { PASSWORD, type Portal } from "./portal";

/** Looks at a page that is shown, which has a name of its own. */
export type Look = (page: Page, name: string) => Promise<void>;

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Opens what is folded away, so that it is looked at, too. */
async function unfold(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
}

/** Visits every page once. The portal must be new. */
export async function visitEveryPage(browser: Browser, portal: Portal, entra: MockEntra, look: Look): Promise<void> {
  async function visit(page: Page, url: string, name: string): Promise<void> {
    await page.goto(url);
    const titles = await page.locator("h1").allTextContents();
    if (name !== "not-found" && titles.includes("Page not found")) throw new Error(`${name}: there is no page at ${url}`);
    await look(page, name);
  }
  const admin = await newPage(browser);
  for (const [path, name] of [["/", "home"], ["/login", "login"], ["/signup", "signup"], ["/signup/check-email", "check-email"], ["/no-such-page", "not-found"], ["/sso", "sso"], ["/sso/nobody-222222", "sso-failure"], ["/help/findings?provider=okta&q=audience", "help-findings"], ["/verify-email?token=x", "verify"]] as const) {
    await visit(admin, `${portal.url}${path}`, name);
  }
  await visit(admin, portal.firstSupportLink, "support-first");
  await admin.goto(`${portal.url}/signup`);
  await submit(admin, "/api/accounts/sign_up", { email: "ada(at)contoso" });
  await look(admin, "signup-refused");
  await openSignUpLink(admin, portal, "new@contoso.example");
  await look(admin, "choose-password");
  portal.createAccount("reviewer@krisp.example", "--role", "administrator");
  await signUp(admin, portal, "ada@contoso.example");
  await look(admin, "team-new");
  const slug = await createTeam(admin, portal, "Contoso");
  await visit(admin, `${portal.url}/teams/${slug}/setup/test`, "test-too-early");
  await visit(admin, `${portal.url}/teams/${slug}/setup/certificates`, "certificates-empty");
  await admin.goto(`${portal.url}/teams/${slug}/setup/create`);
  await configure(admin, slug, { entityId: entra.addresses.idp_entity_id, ssoUrl: entra.addresses.sso_url, certificateFile: entra.certificateFile });
  for (const step of ["create", "basic-saml", "attributes", "certificates", "urls", "users"]) {
    await visit(admin, `${portal.url}/teams/${slug}/setup/${step}`, step);
  }
  await visit(admin, `${portal.url}/teams/${slug}/setup/options`, "options");
  await createKey(admin, portal, slug);
  await submit(admin, "/api/keys/create");
  await visit(admin, `${portal.url}/teams/${slug}/setup/options`, "options-keys");
  await admin.goto(`${portal.url}/teams/${slug}/setup/test/start`);
  await admin.getByRole("button", { name: /b\.simon/i }).first().click();
  await admin.waitForURL(/sign-ins\/SSO-/);
  await look(admin, "test-report");
  await visit(admin, `${portal.url}/teams/${slug}/setup/test`, "test-passed");
  await visit(admin, `${portal.url}/teams/${slug}/setup/go-live`, "go-live");
  await submit(admin, "/api/setup/submit");
  await look(admin, "team-in-review");
  await visit(admin, `${portal.url}/account/security`, "security");
  await submit(admin, "/api/factors/begin_totp");
  await admin.waitForURL(/totp$/);
  await look(admin, "totp");
  await enrol(admin, portal, "ada@contoso.example");
  await admin.locator("summary", { hasText: /codes/i }).first().click();
  await submit(admin, "/api/factors/regenerate_recovery_codes");
  await look(admin, "recovery-codes");
  for (const page of ["account", "account/security", "account/sessions", "account/reauthenticate", "account/password", "account/email", "forgot-password"]) {
    await visit(admin, `${portal.url}/${page}`, page.replace("/", "-"));
  }
  const forgetful = await newPage(browser);
  await forgetful.goto(`${portal.url}/forgot-password`);
  await submit(forgetful, "/api/accounts/forgot_password", { email: "ada@contoso.example" });
  await forgetful.waitForURL(/forgot-password\/sent$/);
  const reset = await portal.mail("ada@contoso.example", /Choose a new password/);
  await visit(forgetful, /http\S+\/reset-password\?token=[\w-]+/.exec(reset)?.[0] ?? "", "reset-password");
  await admin.goto(`${portal.url}/account/email`);
  await submit(admin, "/api/accounts/change_email", { email: "ada@fabrikam.example" });
  await admin.waitForURL(/\/account\?done=/);
  const moved = await portal.mail("ada@fabrikam.example", /Confirm your new e-mail address/);
  await visit(admin, /http\S+\/confirm\?token=[\w-]+/.exec(moved)?.[0] ?? "", "email-confirm");
  await admin.goto(`${portal.url}/teams/${slug}/members`);
  await submit(admin, "/api/members/invite", { email: "grace@contoso.example" });
  await look(admin, "members");
  await visit(admin, `${portal.url}/teams/${slug}/audit`, "team-audit");
  const invited = /http\S+\/invite\/[\w-]+/.exec(await portal.mail("grace@contoso.example", /./))?.[0];
  await visit(await newPage(browser), invited ?? "", "invite");
  const half = await newPage(browser);
  await half.goto(`${portal.url}/login`);
  await submit(half, "/api/accounts/sign_in", { email: "ada@contoso.example", password: PASSWORD });
  await half.waitForURL(/factor/);
  await look(half, "login-factor");
  const support = await newPage(browser);
  await signIn(support, portal, "reviewer@krisp.example");
  await visit(support, `${portal.url}/support`, "support");
  await visit(support, `${portal.url}/support/teams/${slug}`, "support-team");
  await submit(support, "/api/team_notes/write", { note: "Calls back on Monday about the tenant." });
  await support.locator("#notes blockquote").waitFor();
  await submit(support, "/api/reviews/take");
  await support.getByText("You have been reviewing this team").waitFor();
  await look(support, "support-team-reviewed");
  await submit(support, "/api/viewed_team/begin");
  await support.getByText("You can look, but not change anything.").waitFor();
  await look(support, "viewed-team");
  await submit(support, "/api/viewed_team/end");
  await support.getByText("You have been reviewing this team").waitFor();
  await submit(support, "/api/support/request_changes", { words: "Which tenant is this?" });
  await portal.mail("ada@contoso.example", /asks for changes/);
  await visit(admin, `${portal.url}/teams/${slug}`, "team-changes-requested");
  await visit(admin, `${portal.url}/teams/${slug}/setup/go-live`, "go-live-changes-requested");
  await submit(admin, "/api/setup/submit", { answer: "The one of our subsidiary." });
  await admin.getByText("Support is reviewing your configuration").waitFor();
  await visit(support, `${portal.url}/support/teams/${slug}`, "support-team-answered");
  await visit(support, `${portal.url}/support/teams?q=con`, "support-teams");
  await submit(support, "/api/support/save_view", { name: "Contoso's" });
  await support.getByRole("link", { name: "Contoso's", exact: true }).waitFor();
  await look(support, "support-teams-view");
  await visit(support, `${portal.url}/support/teams/bulk?action=remind&q=con`, "support-bulk-none");
  for (const page of ["support/audit?team=all", "support/mail", "support/accounts", "support/teams/new"]) {
    await visit(support, `${portal.url}/${page}`, page.replace(/\W/g, "-"));
  }
  await visit(support, `${portal.url}/support/applications`, "support-applications-none");
  await visit(support, `${portal.url}/support/applications/new`, "support-application-new");
  await submit(support, "/api/applications/register", { name: "", redirect_uris: "http://notes.example/callback" });
  await support.getByRole("alert").waitFor();
  await look(support, "support-application-refused");
  await submit(support, "/api/applications/register", { name: "Notes", redirect_uris: "https://notes.example/callback" });
  await submit(support, "/api/applications/create_secret");
  await support.getByText("Copy the secret now").waitFor();
  await support.locator("details:has(pre)").first().evaluate((snippet) => snippet.setAttribute("open", ""));
  await look(support, "support-application");
  await visit(support, `${portal.url}/support/applications`, "support-applications");
  const application = await support.locator('td a[href^="/support/applications/"]').first().getAttribute("href");
  await visit(support, `${portal.url}${application}/trial?team=${slug}&scope_email=true&scope_profile=true`, "application-trial");
  await support.goto(`${portal.url}/support/teams/${slug}`);
  await submit(support, "/api/support/approve");
  await visit(admin, `${portal.url}/teams/${slug}`, "team-active");
  await visit(support, `${portal.url}/support/teams/bulk?action=suspend&q=con`, "support-bulk");
  const person = await newPage(browser);
  await person.goto(`${portal.url}/sso/${slug}`);
  await look(person, "mock-entra");
  await person.getByRole("button", { name: /b\.simon/i }).first().click();
  await person.waitForURL(/\/me$/);
  await look(person, "me");
  await visit(person, `${entra.url}/app`, "mock-entra-app");
  await visit(person, `${entra.url}/faults`, "mock-entra-faults");
  await entra.misbehave("other-certificate");
  await person.goto(`${portal.url}/sso/${slug}`);
  await person.getByRole("button", { name: /b\.simon/i }).first().click();
  await person.locator(".reference").waitFor();
  await look(person, "sso-refused");
  const reference = (await person.locator(".reference").innerText()).trim();
  await entra.misbehave("status-not-assigned");
  await person.goto(`${portal.url}/sso/${slug}`);
  await person.getByRole("button", { name: /b\.simon/i }).first().click();
  const assigned = (await person.locator(".reference").innerText()).trim();
  await entra.misbehave("stops-at-entra");
  await person.goto(`${portal.url}/sso/${slug}`);
  const list = `${portal.url}/teams/${slug}/sign-ins`;
  await visit(admin, `${portal.url}/teams/${slug}`, "team-with-sign-ins");
  await visit(admin, `${portal.url}/teams/${slug}/connection`, "connection");
  await saveOptions(admin, portal, slug, { binding: "post" });
  await visit(admin, `${portal.url}/teams/${slug}/connection`, "connection-draft");
  await admin.goto(`${portal.url}/teams/${slug}/setup/go-live`);
  await unfold(admin);
  await look(admin, "go-live-draft");
  await form(admin, "/api/setup/make_live").locator('button[type="submit"]').click();
  await admin.waitForURL(`${portal.url}/teams/${slug}`);
  await admin.goto(`${portal.url}/teams/${slug}/setup/go-live`);
  await unfold(admin);
  await form(admin, "/api/setup/roll_back").waitFor();
  await look(admin, "go-live-roll-back");
  await visit(admin, `${portal.url}/teams/${slug}/settings`, "team-settings");
  await visit(admin, `${portal.url}/teams/${slug}/people`, "people");
  await admin.locator('td a[href*="/people/"]').first().click();
  await admin.locator("h1").first().waitFor();
  await look(admin, "person");
  await submit(admin, "/api/people/deactivate");
  await form(admin, "/api/people/reactivate").waitFor();
  await look(admin, "person-deactivated");
  await visit(admin, list, "sign-ins");
  await visit(admin, `${list}?person=nobody@contoso.com`, "sign-ins-none");
  await visit(admin, `${list}/${reference}`, "sign-in-failed");
  await visit(admin, `${list}/${assigned}`, "sign-in-aadsts");
  await visit(admin, `${list}/${reference}/xml`, "sign-in-xml");
  await visit(admin, `${portal.url}/teams/${slug}/idp-error?code=50105`, "idp-error");
  await visit(admin, `${portal.url}/teams/${slug}/idp-error?code=99999999`, "idp-error-unknown");
  await visit(support, `${portal.url}/support/sign-ins`, "support-sign-ins");
  await visit(support, `${portal.url}/support/sign-ins/${reference}`, "support-sign-in");
  const other = await createTeam(admin, portal, "Northwind");
  await form(admin, "/api/setup/save_identity_provider").locator("select").selectOption("okta");
  await pressAndStay(admin, form(admin, "/api/setup/save_identity_provider").locator('button[type="submit"]'));
  await visit(admin, `${portal.url}/teams/${other}/setup/basic-saml`, "basic-saml-okta");
  await support.goto(`${portal.url}/support/teams/${slug}`);
  await submit(support, "/api/support/suspend", { reason: "The contract has ended." });
  await portal.mail("ada@contoso.example", /is suspended/);
  await visit(admin, `${portal.url}/teams/${slug}`, "team-suspended");
  await visit(person, `${portal.url}/sso/${slug}`, "sso-suspended");
  await visit(support, `${portal.url}/support/teams/${slug}`, "support-team-suspended");
}
