/**
 * Signed requests, encryption, logout and sign-ins begun elsewhere, against three identity
 * providers: saml-idp, samlp by itself, and the mock Entra.
 */
import { readFileSync } from "node:fs";

import { type Browser, type Page, expect, test } from "@playwright/test";

import { chooseOptions, createKey, signIn } from "../support/admin";
import { MockEntra } from "../support/mock-entra";
import { Portal } from "../support/portal";
import { SamlIdp } from "../support/saml-idp";
import { SamlpIdp } from "../support/samlp-idp";

const CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.start();
});

test.afterAll(() => portal.stop());

/** The addresses of a team, as its admin copies them into the identity provider. */
function addresses(slug: string) {
  const acsUrl = `${portal.url}/v2/auth/sso/saml/${slug}`;
  return { entityId: slug, acsUrl, logoutUrl: `${acsUrl}/logout`, signOnUrl: `${portal.url}/sso/${slug}` };
}

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

async function admin(browser: Browser, email: string): Promise<Page> {
  const page = await newPage(browser);
  await signIn(page, portal, email);
  return page;
}

async function isSignedIn(page: Page): Promise<void> {
  await expect(page).toHaveURL(`${portal.url}/me`);
  await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
}

async function isSignedOut(page: Page): Promise<void> {
  await page.goto(`${portal.url}/me`);
  await expect(page).toHaveURL(`${portal.url}/sso`);
}

/** Signs out at the portal; the identity provider's answer comes back. */
async function signOut(page: Page): Promise<void> {
  await page.goto(`${portal.url}/me`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("confirmed that you are signed out there")).toBeVisible();
  await isSignedOut(page);
}

test("saml-idp: signing out here signs out there, answered by HTTP-POST", async ({ page }) => {
  // the identity provider has to know the team's addresses before the team knows its own
  const sp = addresses("saml-2345ab");
  const idp = await SamlIdp.start(sp.entityId, sp.acsUrl, sp.logoutUrl);
  try {
    portal.importTeam(
      { name: "Saml", idp_entity_id: idp.entityId, sso_url: idp.ssoUrl, slo_url: idp.sloUrl, certificates: [idp.certificateFile] },
      "owner@saml.example",
    );
    await page.goto(sp.signOnUrl);
    await page.getByRole("button", { name: /sign in/i }).first().click();
    await isSignedIn(page);
    await signOut(page);
  } finally {
    await idp.stop();
  }
});

test("samlp: signed requests, encrypted assertions, logout in both directions", async ({ browser }) => {
  const idp = await SamlpIdp.start();
  try {
    const slug = portal.importTeam(
      { name: "Samlp", idp_entity_id: idp.entityId, sso_url: idp.ssoUrl, slo_url: idp.sloUrl, certificates: [idp.certificateFile] },
      "owner@samlp.example",
    );
    const sp = addresses(slug);
    idp.serviceProvider = sp;
    const page = await admin(browser, "owner@samlp.example");
    await createKey(page, portal, slug);
    await chooseOptions(page, portal, slug, { ticked: ["sign_requests"] });
    const person = await newPage(browser);
    const metadata = await (await person.request.get(`${sp.acsUrl}/metadata`)).text();
    const certificates = [...metadata.matchAll(/use="(\w+)".*?X509Certificate>([^<]+)</gs)];
    expect(certificates.map((found) => found[1])).toEqual(["signing", "encryption"]);
    idp.serviceProvider = { ...sp, certificate: certificates[0]?.[2] as string };

    await test.step("samlp verifies: a changed or unsigned request is refused", async () => {
      const started = await person.request.get(sp.signOnUrl, { maxRedirects: 0 });
      const location = new URL(started.headers().location as string);
      expect(location.searchParams.get("SigAlg")).toContain("rsa-sha256");
      location.searchParams.set("RelayState", "another");
      expect(await (await person.request.get(location.href)).text()).toContain("Signature check errors");
      for (const name of ["SigAlg", "Signature"]) location.searchParams.delete(name);
      expect((await person.request.get(location.href)).status()).toBe(400);
    });

    for (const binding of ["redirect", "post"] as const) {
      await test.step(`signs in with a request by ${binding}`, async () => {
        if (binding === "post") {
          await chooseOptions(page, portal, slug, { ticked: ["sign_requests"], binding });
          idp.encryption = CBC;
        }
        await person.goto(sp.signOnUrl);
        await isSignedIn(person);
        await expect(person.getByText("s.jackson@example.com").first()).toBeVisible();
        expect(idp.sent.at(-1)).toContain(`EncryptionMethod Algorithm="${idp.encryption}"`);
        expect(idp.sent.at(-1)).not.toContain("s.jackson@example.com");
        await signOut(person);
      });
    }

    await test.step("signing out there signs out here", async () => {
      await person.goto(sp.signOnUrl);
      await isSignedIn(person);
      const done = await person.goto(idp.sloUrl);
      expect([done?.url(), done?.status()]).toEqual([expect.stringContaining(`${idp.sloUrl}?SAMLResponse=`), 200]);
      await isSignedOut(person);
    });
  } finally {
    await idp.stop();
  }
});

/** Fills in the application's page of the mock Entra. */
async function register(page: Page, entra: MockEntra, slug: string, more: (page: Page) => Promise<void>): Promise<void> {
  const sp = addresses(slug);
  await page.goto(`${entra.url}/app`);
  await page.getByLabel("Identifier (Entity ID)").fill(sp.entityId);
  await page.getByLabel("Reply URL").fill(sp.acsUrl);
  await page.getByLabel("Logout URL").fill(sp.logoutUrl);
  await more(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Only this application may ask")).toBeVisible();
}

async function pickSimon(page: Page): Promise<void> {
  await page.getByRole("button", { name: /b\.simon/i }).first().click();
}

// in this order: what one has registered, the next one changes
test.describe.serial("the mock Entra", () => {
  let entra: MockEntra;
  let slug: string;
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    entra = await MockEntra.start();
    const { idp_entity_id, sso_url, slo_url } = entra.addresses;
    const owner = "owner@entra.example";
    slug = portal.importTeam({ name: "Entra", idp_entity_id, sso_url, slo_url, certificates: [entra.certificateFile] }, owner);
    page = await admin(browser, owner);
  });

  test.afterAll(() => entra.stop());

  test("takes a signed request by HTTP-POST, encrypts, and refuses an unsigned one", async ({ browser }) => {
    const certificate = { name: "contoso.cer", mimeType: "application/pkix-cert", buffer: readFileSync(await createKey(page, portal, slug)) };
    await chooseOptions(page, portal, slug, { ticked: ["sign_requests"], binding: "post" });
    const person = await newPage(browser);
    await register(person, entra, slug, async (form) => {
      await form.getByLabel("Signing Option").selectOption("both");
      await form.getByLabel("Require verification certificates").check();
      await form.getByLabel("Upload certificate").setInputFiles(certificate);
      await form.getByLabel("Import certificate").setInputFiles(certificate);
    });
    const posted = person.waitForRequest((request) => request.url() === addresses(slug).acsUrl && request.method() === "POST");
    await person.goto(addresses(slug).signOnUrl);
    await expect(person).toHaveURL(entra.addresses.sso_url);
    await pickSimon(person);
    await isSignedIn(person);
    const response = new URLSearchParams((await posted).postData() ?? "").get("SAMLResponse") ?? "";
    expect(Buffer.from(response, "base64").toString()).toContain("EncryptedAssertion");

    await chooseOptions(page, portal, slug, { ticked: [], binding: "post" });
    await person.goto(addresses(slug).signOnUrl);
    await expect(person.getByRole("alert")).toContainText("AADSTS76021");
  });

  test("starts sign-ins from its tile, which a team has to allow", async ({ browser }) => {
    const person = await newPage(browser);
    await register(person, entra, slug, async (form) => {
      await form.getByLabel("Require verification certificates").uncheck();
      await form.getByLabel("Remove it, and encrypt nothing").check();
    });
    const openTile = async () => {
      await person.goto(`${entra.url}/myapps`);
      await person.getByRole("link", { name: slug }).click();
      await pickSimon(person);
    };
    await openTile();
    await expect(person.getByText("Sign in from your company's sign-in page instead.", { exact: true })).toBeVisible();

    await chooseOptions(page, portal, slug, { ticked: ["allow_idp_initiated"] });
    await openTile();
    await expect(person).toHaveURL(new RegExp(`/sso/${slug}/continue\\?code=`));
    await expect(person.getByText("If this is not you")).toBeVisible();
    await person.getByRole("button", { name: "Continue" }).click();
    await isSignedIn(person);

    await test.step("with a Sign on URL the tile begins here instead", async () => {
      await register(person, entra, slug, (form) => form.getByLabel("Sign on URL").fill(addresses(slug).signOnUrl));
      await openTile();
      await isSignedIn(person);
    });
  });

  test("signs out everywhere, and answers a sign-out under either of its names", async ({ browser }) => {
    const person = await newPage(browser);
    for (const alias of [false, true]) {
      await register(person, entra, slug, (form) => form.getByLabel("Logout responses come from").setChecked(alias));
      await person.goto(addresses(slug).signOnUrl);
      await pickSimon(person);
      await isSignedIn(person);
      await signOut(person);
    }
    await person.goto(addresses(slug).signOnUrl);
    await pickSimon(person);
    await isSignedIn(person);
    await person.goto(`${entra.url}/myapps`);
    await person.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(person.getByText(`${slug} confirmed it.`)).toBeVisible();
    await isSignedOut(person);
  });
});
