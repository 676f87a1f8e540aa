/**
 * Every form whose answer leaves our origin, in a browser: one that follows no redirect of a form
 * to a place that the page's own policy (`form-action`) does not name, and says nothing of it.
 */
import { type Page, expect, test } from "@playwright/test";

import { chooseOptions, signIn } from "../support/admin";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";

let entra: MockEntra;
let portal: Portal;
let slug: string;

test.beforeAll(async ({ browser }) => {
  entra = await MockEntra.start();
  portal = await Portal.start({ PORTAL_RETURN_TO: `["${entra.url}"]` });
  const { idp_entity_id, sso_url, slo_url } = entra.addresses;
  slug = portal.importTeam({ name: "Forms", idp_entity_id, sso_url, slo_url, certificates: [entra.certificateFile] }, "owner@forms.example");
  const admin = await (await browser.newContext()).newPage();
  await signIn(admin, portal, "owner@forms.example");
  await chooseOptions(admin, portal, slug, { ticked: ["allow_idp_initiated"] });
  await admin.context().close();
});

test.afterAll(async () => {
  await portal.stop();
  await entra.stop();
});

const acsUrl = () => `${portal.url}/v2/auth/sso/saml/${slug}`;

async function register(page: Page): Promise<void> {
  await page.goto(`${entra.url}/app`);
  await page.getByLabel("Identifier (Entity ID)").fill(slug);
  await page.getByLabel("Reply URL").fill(acsUrl());
  await page.getByLabel("Logout URL").fill(`${acsUrl()}/logout`);
  await page.getByRole("button", { name: "Save" }).click();
}

async function isSignedIn(page: Page): Promise<void> {
  await expect(page).toHaveURL(`${portal.url}/me`);
  await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("the page that asks for a team leads to its identity provider, and signing out there too", async ({ page }) => {
      await register(page);
      await page.goto(`${portal.url}/sso`);
      await page.getByLabel("Team slug ID").fill(slug.toUpperCase());
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page).toHaveURL(new RegExp(`^${entra.addresses.sso_url}\\?`));
      await signInAtEntra(page, { scripts });
      await isSignedIn(page);
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.getByText("confirmed that you are signed out there")).toBeVisible();
      // and from there back to the same team's sign-in
      await page.getByRole("link", { name: "Sign in again" }).click();
      await expect(page).toHaveURL(new RegExp(`^${entra.addresses.sso_url}\\?`));
    });

    test("a failed sign-in starts again at its own team", async ({ page }) => {
      await register(page);
      await page.goto(`${portal.url}/sso/${slug}/complete?code=x`);
      await page.getByRole("link", { name: "Start again" }).click();
      await expect(page).toHaveURL(new RegExp(`^${entra.addresses.sso_url}\\?`));
    });

    test("a confirmed sign-in leads to another application", async ({ page }) => {
      await register(page);
      // the mock's tile says nothing of where to go: an identity provider may
      const next = `${entra.url}/myapps`;
      await page.route(acsUrl(), (route) => {
        const form = new URLSearchParams(route.request().postData() ?? "");
        form.set("RelayState", next);
        return route.continue({ postData: form.toString() });
      });
      await page.goto(next);
      await page.getByRole("link", { name: slug }).click();
      await signInAtEntra(page, { scripts });
      await expect(page.getByText("If this is not you")).toBeVisible();
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page).toHaveURL(next);
      await page.goto(`${portal.url}/me`);
      await isSignedIn(page);
    });
  });
}

test("what another site posts is answered with a page of ours", async ({ page }) => {
  await page.goto(`${entra.url}/app`);
  await page.evaluate((action) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action });
    document.body.append(form);
    form.submit();
  }, `${portal.url}/sso`);
  await expect(page.getByRole("heading", { name: "This form was not accepted" })).toBeVisible();
});
