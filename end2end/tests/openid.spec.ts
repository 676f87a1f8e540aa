/**
 * The OpenID provider, asked by software of others: the sample application with openid-client,
 * oauth4webapi, which is strict, next-auth, and Debian's mod_auth_openidc.
 */
import { type BrowserContext, type Page, expect, test } from "@playwright/test";
import * as oauth from "oauth4webapi";

import { Apache } from "../support/apache";
import { MockEntra, signInAtEntra } from "../support/mock-entra";
import { NextAuthApp } from "../support/next-auth-app";
import { OauthClient, claimsOf, discover, insecure } from "../support/oauth-client";
import { Portal } from "../support/portal";
import { RedirectTarget } from "../support/redirect-target";
import { SampleApp } from "../support/sample-app";

let portal: Portal;
let entra: MockEntra;
let slug: string;

test.beforeAll(async () => {
  portal = await Portal.start({ PORTAL_OPENID__POLIS_COMPATIBLE: "true" });
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

test.beforeEach(() => entra.misbehave("none"));

/** Ends the session at the portal, in a tab of its own. */
async function signOutAtPortal(context: BrowserContext): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(`${portal.url}/me`);
  await tab.getByRole("button", { name: "Sign out" }).click();
  await expect(tab.getByText("confirmed that you are signed out there")).toBeVisible();
  await tab.close();
}

/** A sign-in has to have asked at the identity provider. */
async function isAsked(page: Page): Promise<void> {
  await expect(page).toHaveURL((url) => url.href.startsWith(entra.url));
}

test.describe("the sample application, by openid-client", () => {
  let app: SampleApp;

  test.beforeAll(async () => {
    app = await SampleApp.start(portal);
  });

  test.afterAll(() => app.stop());

  async function signIn(page: Page): Promise<void> {
    await page.goto(app.url);
    await page.getByLabel("Team or work e-mail").fill(slug);
    await page.getByRole("button", { name: "Sign in with single sign-on" }).click();
    await signInAtEntra(page);
    await isSignedIn(page);
  }

  async function isSignedIn(page: Page): Promise<void> {
    await expect(page.getByRole("heading", { name: "Hello, B.Simon" })).toBeVisible();
    await expect(page).toHaveURL(`${app.url}/`);
  }

  test("a person signs in, and signs out of everything", async ({ page }) => {
    // 140, or 0x8c
    await entra.misbehave("many-groups");
    await signIn(page);
    const fact = (label: string) => page.locator("dt", { hasText: label }).locator("+ dd");
    await expect(fact("E-mail")).toHaveText("b.simon@contoso.com");
    await expect(fact("Team")).toHaveText("Contoso");
    await expect(fact("Groups")).toContainText("9b0f5c1e-7d24-4c3a-8e61-00000000008c");
    await expect(fact("sub")).not.toBeEmpty();
    await expect(fact("sid")).not.toBeEmpty();
    const sub = await fact("sub").innerText();

    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(page).toHaveURL(`${app.url}/signed-out`);
    await expect(page.getByRole("status")).toHaveText("You are signed out.");
    await page.goto(`${portal.url}/me`);
    await expect(page).toHaveURL(`${portal.url}/sso`);

    // nobody is signed in anywhere: a new sign-in asks, and it is the same person
    await signIn(page);
    await expect(fact("sub")).toHaveText(sub);
  });

  test("without a team the portal asks for it", async ({ page }) => {
    await page.goto(app.url);
    await page.getByLabel("Team or work e-mail").fill("b.simon@contoso.com");
    await page.getByRole("button", { name: "Sign in with single sign-on" }).click();
    await page.locator('[name="team"]').fill("nowhere-2345ab");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.locator('[name="team"]')).toHaveValue("nowhere-2345ab");
    await page.locator('[name="team"]').fill(slug);
    await page.getByRole("button", { name: "Continue" }).click();
    await signInAtEntra(page);
    await isSignedIn(page);
  });

  test("a team that does not exist is said in the application", async ({ page }) => {
    await page.goto(`${app.url}/sign-in?team=nowhere-2345ab`);
    await expect(page.getByRole("alert")).toContainText("there is no such organization");
  });

  test("a session that ends at the portal ends in the application, and in this browser alone", async ({ browser, page }) => {
    await signIn(page);
    const other = await browser.newContext();
    const tab = await other.newPage();
    await signIn(tab);

    await signOutAtPortal(other);
    await expect(async () => {
      await tab.reload();
      await expect(tab.getByText("You are not signed in.")).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 15_000 });
    await page.reload();
    await isSignedIn(page);
    await other.close();
  });

  test("the Sign on URL, opened directly, ends in the application without a second question", async ({ page }) => {
    await page.goto(`${portal.url}/sso/${slug}`);
    await signInAtEntra(page);
    await isSignedIn(page);
  });

  test("a sign-in that somebody else began is not taken", async ({ page }) => {
    await page.goto(`${app.url}/initiate-login?iss=https://evil.example`);
    await expect(page.getByRole("alert")).toBeVisible();
    await page.goto(`${app.url}/callback?code=a&state=b`);
    await expect(page.getByRole("alert")).toContainText("was not started in this browser");
  });
});

test.describe("oauth4webapi", () => {
  let target: RedirectTarget;
  let server: oauth.AuthorizationServer;

  test.beforeAll(async () => {
    target = await RedirectTarget.start();
    server = await discover(portal);
  });

  test.afterAll(() => target.stop());

  async function register(clientId: string, keyAlgorithm: string, settings: Record<string, unknown> = {}): Promise<OauthClient> {
    return OauthClient.register({ portal, server, slug, target }, clientId, keyAlgorithm, settings);
  }

  const invalidGrant = { error: "invalid_grant" };

  for (const algorithm of ["RS256", "ES256", "EdDSA"]) {
    test(`a pushed request, and tokens signed with ${algorithm}`, async ({ page }) => {
      const client = await register(`tokens-${algorithm.toLowerCase()}`, "ES256", { signing_algorithm: algorithm });
      const tokens = await client.signIn(page);
      const claims = claimsOf(tokens);
      expect(claims).toMatchObject({ email: "b.simon@contoso.com", name: "B.Simon", org_slug: slug, amr: ["pwd", "mfa"] });
      expect(tokens.scope?.split(" ").sort()).toEqual(["email", "groups", "offline_access", "openid", "organization", "profile"]);
      const userinfo = await client.userinfo(tokens, claims.sub);
      expect(userinfo).toMatchObject({ email: "b.simon@contoso.com", name: "B.Simon", org_name: "Contoso" });
      expect(await client.introspect(tokens.access_token)).toMatchObject({ active: true, sub: claims.sub, iss: server.issuer });
    });
  }

  // oauth4webapi names keys of Ed25519 as RFC 9864 does
  for (const algorithm of ["RS256", "Ed25519"]) {
    test(`a client proves who it is with ${algorithm}`, async () => {
      const client = await register(`key-${algorithm.toLowerCase()}`, algorithm);
      expect(await client.push()).toContain("request_uri=");
      expect(await client.introspect("nobody knows this one")).toEqual({ active: false });
    });
  }

  test("refresh tokens are good once, and whoever uses one again ends them all", async ({ page }) => {
    const client = await register("refreshing", "ES256");
    const first = await client.signIn(page);
    const second = await client.refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(claimsOf(second)).toMatchObject({ sub: claimsOf(first).sub, auth_time: claimsOf(first).auth_time, sid: claimsOf(first).sid });
    const third = await client.refresh(second.refresh_token);
    expect(await client.introspect(third.refresh_token)).toMatchObject({ active: true });

    await expect(client.refresh(first.refresh_token)).rejects.toMatchObject(invalidGrant);
    await expect(client.refresh(third.refresh_token)).rejects.toMatchObject(invalidGrant);
    for (const token of [second.access_token, third.access_token, third.refresh_token]) {
      expect(await client.introspect(token)).toEqual({ active: false });
    }
    await expect(client.userinfo(third, claimsOf(first).sub)).rejects.toThrow();
  });

  test("a code is good once", async ({ page }) => {
    const client = await register("redeeming", "ES256");
    await page.goto(await client.direct());
    await signInAtEntra(page);
    const answer = await client.answer(page);
    const tokens = await client.redeem(answer);
    await expect(client.redeem(answer)).rejects.toMatchObject(invalidGrant);
    expect(await client.introspect(tokens.access_token)).toEqual({ active: false });
  });

  test("what is revoked works no more, and nobody asks about another's tokens", async ({ page }) => {
    const client = await register("revoking", "ES256");
    const other = await register("looking-on", "ES256");
    const tokens = await client.signIn(page);
    expect(await other.introspect(tokens.access_token)).toEqual({ active: false });
    await other.revoke(tokens.access_token);
    await client.userinfo(tokens, claimsOf(tokens).sub);

    await client.revoke(tokens.access_token);
    expect(await client.introspect(tokens.access_token)).toEqual({ active: false });
    const refreshed = await client.refresh(tokens.refresh_token);
    await client.revoke(refreshed.refresh_token);
    expect(await client.introspect(refreshed.access_token)).toEqual({ active: false });
    await expect(client.refresh(refreshed.refresh_token)).rejects.toMatchObject(invalidGrant);
    await client.revoke("nobody knows this one");
  });

  test("an access token for an application's own service is a JWT", async ({ page }) => {
    const audience = "https://api.krisp.example";
    const client = await register("with-service", "ES256", { access_token_format: "jwt", audience, signing_algorithm: "ES256" });
    const tokens = await client.signIn(page);
    const request = new Request(audience, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    const claims = await oauth.validateJwtAccessToken(server, request, audience, { ...insecure, signingAlgorithms: ["ES256"] });
    expect(claims).toMatchObject({ client_id: "with-service", sub: claimsOf(tokens).sub });
    await client.userinfo(tokens, claimsOf(tokens).sub);
  });

  test("prompt and max_age decide whether the person is asked", async ({ page }) => {
    const client = await register("prompting", "ES256");
    await page.goto(await client.direct({ prompt: "none" }));
    await client.refused(page, "login_required");
      await page.goto(await client.push({ prompt: "none", organization: "" }));
    await client.refused(page, "login_required");

    const first = claimsOf(await client.signIn(page));
    await page.goto(await client.direct({ prompt: "none" }));
    const silent = claimsOf(await client.redeem(await client.answer(page)));
    expect(silent).toMatchObject({ sub: first.sub, sid: first.sid, auth_time: first.auth_time });
    await page.goto(await client.direct({ max_age: "3600" }));
    await client.redeem(await client.answer(page), 3600);

    // auth_time is in whole seconds
    await page.waitForTimeout(1_100);
    await page.goto(await client.direct({ prompt: "login" }));
    await isAsked(page);
    await signInAtEntra(page);
    const again = claimsOf(await client.redeem(await client.answer(page)));
    expect(again.sub).toBe(first.sub);
    expect(again.auth_time).toBeGreaterThan(first.auth_time ?? Infinity);
    await page.goto(await client.direct({ max_age: "0" }));
    await isAsked(page);
  });

  test("an answer can be posted", async ({ page }) => {
    const client = await register("posting", "ES256");
    await page.goto(await client.push({ response_mode: "form_post" }));
    await signInAtEntra(page);
    await client.redeem(await client.answer(page));
  });

  test("a request without PKCE is refused, and an unknown address gets nothing", async ({ page }) => {
    const client = await register("careless", "ES256");
    await page.goto(await client.direct({ code_challenge: "" }));
    await client.refused(page, "invalid_request");
    await expect(client.push({ code_challenge_method: "plain" })).rejects.toMatchObject({ error: "invalid_request" });
    await page.goto(await client.direct({ redirect_uri: `${target.url}/elsewhere` }));
    await expect(page.getByRole("heading")).toBeVisible();
    expect(page.url()).toContain(portal.url);
  });
});

test("next-auth: a person signs in and out", async ({ page }) => {
  const app = await NextAuthApp.start(portal, slug);
  const session = async () => (await page.request.get(`${app.url}/api/auth/session`)).json();
  try {
    await page.goto(`${app.url}/api/auth/signin`);
    await page.getByRole("button", { name: "Sign in with the portal" }).click();
    await signInAtEntra(page);
    await expect(page.getByText("The application")).toBeVisible();
    expect((await session()).user).toMatchObject({ name: "B.Simon", email: "b.simon@contoso.com" });

    await page.goto(`${app.url}/api/auth/signout`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByText("The application")).toBeVisible();
    expect(await session()).toEqual({});
  } finally {
    await app.stop();
  }
});

test("next-auth's own provider for Ory Polis works as it is", async ({ page }) => {
  const app = await NextAuthApp.start(portal, slug);
  try {
    await page.goto(`${app.url}/api/auth/signin`);
    await page.getByRole("button", { name: "Sign in with BoxyHQ SAML" }).click();
    await signInAtEntra(page);
    await expect(page.getByText("The application")).toBeVisible();
    const session = await (await page.request.get(`${app.url}/api/auth/session`)).json();
    expect(session.user).toMatchObject({ name: "B. Simon", email: "b.simon@contoso.com" });
  } finally {
    await app.stop();
  }
});

test("mod_auth_openidc: a protected page, and logout from both sides", async ({ page }) => {
  const apache = await Apache.start(portal, slug);
  const signIn = async () => {
    await page.goto(`${apache.url}/protected/`);
    await signInAtEntra(page);
    await expect(page.getByText("b.simon@contoso.com")).toBeVisible();
  };
  try {
    await signIn();
    await page.goto(`${apache.url}/protected/callback?logout=${encodeURIComponent(`${apache.url}/`)}`);
    await expect(page.getByText("For everybody")).toBeVisible();
    await expect(page).toHaveURL((url) => url.origin === apache.url && url.pathname === "/");
    await page.goto(`${portal.url}/me`);
    await expect(page).toHaveURL(`${portal.url}/sso`);

    await signIn();
    await signOutAtPortal(page.context());
    await expect(async () => {
      await page.goto(`${apache.url}/protected/`);
      await isAsked(page);
    }).toPass({ timeout: 15_000 });
  } finally {
    await apache.stop();
  }
});
