/** Managing applications, as a support administrator. */
import { expect, test } from "@playwright/test";

import { form, signIn, submit } from "../support/admin";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";

const ADMINISTRATOR = "root@krisp.example";
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="20" fill="#5b4ce0"/></svg>`;

let portal: Portal;
let entra: MockEntra;
let slug: string;

test.beforeAll(async () => {
  portal = await Portal.start();
  portal.createAccount(ADMINISTRATOR, "--role", "administrator");
  entra = await MockEntra.start();
  const { idp_entity_id, sso_url, slo_url } = entra.addresses;
  const certificates = [entra.certificateFile];
  slug = portal.importTeam({ name: "Contoso", idp_entity_id, sso_url, slo_url, certificates }, "owner@contoso.example");
  const reply_url = `${portal.url}/v2/auth/sso/saml/${slug}`;
  await entra.register({ identifier: slug, reply_url, sign_on_url: `${portal.url}/sso/${slug}`, logout_url: `${reply_url}/logout` });
});

test.afterAll(async () => {
  await entra.stop();
  await portal.stop();
});

test("an application is registered, gets a logo, and is tried: each token is shown with where its claims come from", async ({ page }) => {
  await signIn(page, portal, ADMINISTRATOR);
  await page.goto(`${portal.url}/support/applications/new`);
  await page.locator('[name="team_choice"][value="all"]').check();
  await submit(page, "/api/applications/register", {
    name: "Notes",
    redirect_uris: "https://notes.example/callback",
  });
  await expect(page.getByText("The application was registered")).toBeVisible();
  const application = new URL(page.url()).pathname;

  await page.locator('input[name="logo"]').setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from(LOGO) });
  await form(page, `${application}/logo`).getByRole("button", { name: "Save logo" }).click();
  await expect(page.getByText("The logo was saved")).toBeVisible();
  const logo = page.locator("img.logo").first();
  expect(await logo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(40);

  await page.getByRole("link", { name: "Try a sign-in" }).click();
  await page.getByRole("textbox", { name: "Team" }).fill(slug);
  await page.getByRole("button", { name: "Build the request" }).click();
  await expect(page.getByRole("cell", { name: slug, exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Sign in with this request" }).click();
  await signInAtEntra(page);
  await expect(page.getByText(`A person of ${slug} signed in`)).toBeVisible();
  const email = page.getByRole("row").filter({ has: page.getByRole("cell", { name: "email", exact: true }) }).first();
  await expect(email).toContainText("b.simon@contoso.com", { ignoreCase: true });
  await expect(email).toContainText("An attribute of the assertion");
  await page.reload();
  await expect(page.getByRole("heading", { name: "This trial is over" })).toBeVisible();
});
