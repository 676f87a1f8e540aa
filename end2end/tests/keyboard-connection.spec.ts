/** By keyboard alone: a connection that is set up by hand, and one that is live and changes. By the address of the metadata: journey.spec.ts. */
import { X509Certificate } from "node:crypto";

import { type Page, expect, test } from "@playwright/test";

import { createTeam, form, notice } from "../support/admin";
import { KeyboardUser, signedIn } from "../support/keyboard-user";
import { MockEntra } from "../support/mock-entra";
import { isSignedOut, signPersonIn } from "../support/people";
import { Portal } from "../support/portal";

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

/** The certificate that signs next, as text. */
async function nextCertificate(): Promise<string> {
  const answer = await fetch(entra.certificateUrl("next"));
  return new X509Certificate(new Uint8Array(await answer.arrayBuffer())).toString();
}

/** A step of the set-up, in its rail. */
const railStep = (page: Page, slug: string, step: string) => page.locator(`.rail a[href="/teams/${slug}/setup/${step}"]`);

/** Begins a test sign-in. */
const START = 'a[href$="/setup/test/start"]';

/** Tests in a tab of its own, which ends at the report. */
async function runTest(page: Page, user: KeyboardUser): Promise<void> {
  const opened = page.waitForEvent("popup");
  await user.press(page.locator(START));
  const tab = await opened;
  await new KeyboardUser(tab).press(tab.getByRole("button", { name: /b\.simon/i }).first());
  await expect(tab).toHaveURL(/\/sign-ins\/SSO-/);
  await tab.close();
}

test("by keyboard alone a team is set up by hand, with options and a key of its own", async ({ browser }) => {
  test.setTimeout(90_000);
  const email = "ada@contoso.example";
  portal.createAccount(email);
  const page = await signedIn(browser, portal, email);
  const slug = await createTeam(page, portal, "Contoso");
  const user = new KeyboardUser(page);
  const setup = `${portal.url}/teams/${slug}/setup`;

  await user.choose(page.locator("#identity_provider"), "Keycloak");
  await user.submit("/api/setup/save_identity_provider");
  await expect(page.locator("main")).toContainText("your realm > Clients > Create client");
  await user.press(railStep(page, slug, "certificates"));
  const choosing = page.waitForEvent("filechooser");
  await user.press(page.locator('input[type="file"]'));
  await (await choosing).setFiles(entra.certificateFile);
  await expect(page.locator(".drop__previews"), "what is chosen is looked at").toContainText("looks like a certificate in binary form (DER)");
  await user.press(page.getByRole("button", { name: "Add certificate" }));
  await expect(form(page, "/api/setup/remove_certificate")).toHaveCount(1);
  await user.press(railStep(page, slug, "urls"));
  const { idp_entity_id, sso_url } = entra.addresses;
  await user.submit("/api/setup/save_urls", { sso_url, idp_entity_id });
  await expect(page).not.toHaveURL(`${setup}/urls`);

  await user.press(railStep(page, slug, "options"));
  await user.submit("/api/keys/create");
  await expect(notice(page, "The key is created")).toBeVisible();
  const downloading = page.waitForEvent("download");
  await user.press(page.getByRole("link", { name: "Download certificate (.cer)" }));
  await downloading;
  await user.tick(page.locator("#sign_requests"));
  await user.choose(page.locator("#sso_binding"), "HTTP-POST");
  await user.submit("/api/setup/save_options");
  await expect(notice(page, "Saved in revision")).toBeVisible();
  await expect(page.locator("#sign_requests")).toBeChecked();
  await expect(page.locator("#sso_binding")).toHaveValue("post");
  await user.submit("/api/setup/save_email_domains", { email_domains: "contoso.example" });
  await expect(notice(page, "E-mail domains that may sign in")).toBeVisible();

  await user.submit("/api/keys/create");
  await user.submit("/api/keys/promote");
  await expect(notice(page, "The next key is current now")).toBeVisible();
  await user.submit("/api/keys/delete");
  await expect(notice(page, "The retired key is deleted")).toBeVisible();
  await page.context().close();
});

test("by keyboard alone a certificate is rolled over, tested, made live, rolled back and discarded", async ({ browser }) => {
  test.setTimeout(120_000);
  const email = "grace@fabrikam.example";
  const slug = portal.importTeam(entra.team("Fabrikam"), email);
  const overview = `${portal.url}/teams/${slug}`;
  const person = await (await browser.newContext()).newPage();
  const page = await signedIn(browser, portal, email);
  const user = new KeyboardUser(page);
  const listed = page.locator(".certificate");
  const draft = page.locator("section", { has: page.getByRole("heading", { name: "Being edited" }) });

  await test.step("the next certificate is added beside the one that signs", async () => {
    await entra.createNextCertificate();
    await page.goto(overview);
    await user.goTo("Connection");
    await user.press(page.getByRole("link", { name: "Edit", exact: true }));
    await user.press(railStep(page, slug, "certificates"));
    const text = page.locator("#text");
    await user.unfold(text);
    await user.paste(text, await nextCertificate());
    await user.press(page.getByRole("button", { name: "Add another certificate" }));
    await expect(notice(page, "Saved in revision 2")).toBeVisible();
    await expect(form(page, "/api/setup/remove_certificate")).toHaveCount(2);
  });

  await test.step("the draft is tested", async () => {
    await user.press(notice(page, "Saved in revision 2").getByRole("link", { name: "Test it" }));
    await entra.misbehave("wrong-audience");
    await runTest(page, user);
    await expect(page.locator("#finding-wrong-audience")).toBeVisible({ timeout: 15_000 });
    await expect(page.locator(START), "the page came anew, and the focus is where it was").toBeFocused();
    await entra.misbehave("none");
    await runTest(page, user);
    await expect(page.getByText("Ready to go live")).toBeVisible({ timeout: 15_000 });
  });

  await test.step("a newer test takes the place of its report, and the focus stays in it", async () => {
    const report = page.locator("[data-live]");
    const reference = report.getByRole("link", { name: /^SSO-/ }).first();
    const before = await reference.innerText();
    const folded = report.locator("summary").first();
    await user.tabTo(folded);
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(page.url());
    await runTest(elsewhere, new KeyboardUser(elsewhere));
    await elsewhere.close();
    await expect(reference).not.toHaveText(before, { timeout: 15_000 });
    await expect(folded).toBeFocused();
  });

  await test.step("it is made live, and says why", async () => {
    await user.press(page.getByRole("link", { name: "Continue to Go live" }));
    await expect(page).toHaveURL(`${overview}/setup/go-live`);
    await user.submit("/api/setup/make_live", { make_live_reason: "The certificate ends in May." });
    await expect(page).toHaveURL(overview);
    await expect(notice(page, "Revision 2 is live")).toBeVisible();
  });

  await test.step("the card says which certificate signs now", async () => {
    await entra.activateNextCertificate();
    await signPersonIn(person, portal, slug);
    await page.goto(`${overview}/setup/certificates`);
    await expect(page.locator(".card", { has: listed }).filter({ hasText: "Signs now" })).toHaveCount(1);
  });

  await test.step("the old one is removed, and sessions end with it", async () => {
    const old = page.locator(".card", { has: listed }).filter({ hasNotText: "Signs now" });
    const remove = old.getByRole("button", { name: "Remove certificate" });
    await user.unfold(old.locator('form[action="/api/setup/remove_certificate"]'));
    await user.press(remove);
    await expect(notice(page, "Saved in revision 3")).toBeVisible();
    await user.press(page.locator(".breadcrumbs").getByRole("link", { name: "Connection" }));
    await expect(draft).toContainText("may no longer sign");
    await user.press(draft.getByRole("link", { name: "Make live or discard" }));
    const makeLive = form(page, "/api/setup/make_live");
    await user.unfold(makeLive);
    await user.tick(makeLive.getByRole("checkbox", { name: "Also end all sessions of this team" }));
    await user.press(makeLive.getByRole("button"));
    await expect(notice(page, "Revision 3 is live")).toBeVisible();
    await isSignedOut(person, portal);
  });

  await test.step("it is rolled back", async () => {
    await user.goTo("Connection");
    await user.press(page.getByRole("link", { name: "Roll back to revision 2" }));
    await user.submit("/api/setup/roll_back", { roll_back_reason: "Not yet." });
    await expect(notice(page, "Revision 2 is live again")).toBeVisible();
    await user.goTo("Connection");
    await expect(page.locator("main")).toContainText("Not yet.");
  });

  await test.step("a draft that nobody wants is discarded", async () => {
    await user.press(page.locator("main").getByRole("link", { name: "Sign-in options" }));
    await user.tick(page.locator("#force_authn"));
    await user.submit("/api/setup/save_options");
    await expect(notice(page, "Saved in revision 4")).toBeVisible();
    await user.press(notice(page, "Saved in revision 4").getByRole("link", { name: "Make it live" }));
    await user.submit("/api/setup/discard_draft");
    await expect(notice(page, "The changes of revision 4 are discarded")).toBeVisible();
  });
  await person.context().close();
  await page.context().close();
});

test("by keyboard alone a configuration is taken back from review", async ({ browser }) => {
  const slug = portal.importTeam({ ...entra.team("Northwind"), status: "in_review" }, "nell@northwind.example");
  const page = await signedIn(browser, portal, "nell@northwind.example");
  const user = new KeyboardUser(page);
  await page.goto(`${portal.url}/teams/${slug}`);
  await user.press(page.getByRole("link", { name: "See what was submitted" }));
  await user.submit("/api/setup/withdraw");
  await expect(notice(page, "Withdrawn from review")).toBeVisible();
  await expect(form(page, "/api/setup/submit")).toHaveCount(1);
  await page.context().close();
});
