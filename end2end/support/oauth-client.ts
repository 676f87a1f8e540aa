/** An application by oauth4webapi, which is strict. */
import { type Page, expect } from "@playwright/test";
import * as oauth from "oauth4webapi";

import { signInAtEntra } from "./mock-entra";
import type { Portal } from "./portal";
import type { RedirectTarget } from "./redirect-target";

/** The portal of the tests has no TLS. */
export const insecure = { [oauth.allowInsecureRequests]: true };

/** What the portal says of itself. */
export async function discover(portal: Portal): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(portal.url);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
}

/** Where an application's people sign in, of which team they are, and where they come back to. */
interface Setting {
  readonly portal: Portal;
  readonly server: oauth.AuthorizationServer;
  readonly slug: string;
  readonly target: RedirectTarget;
}

/** What an application does, one function a request. */
export class OauthClient {
  private verifier = "";
  private nonce = "";
  private state = "";

  private constructor(
    private readonly setting: Setting,
    readonly client: oauth.Client,
    private readonly auth: oauth.ClientAuth,
  ) {}

  /** An application that proves who it is by a key of its own, as oauth4webapi has it. */
  static async register(
    setting: Setting,
    clientId: string,
    keyAlgorithm: string,
    settings: Record<string, unknown> = {},
  ): Promise<OauthClient> {
    const keys = await oauth.generateKeyPair(keyAlgorithm);
    const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey("jwk", keys.publicKey);
    const jwks = JSON.stringify({ keys: [{ kty, crv, x, y, n, e, kid: "own" }] });
    setting.portal.importApplication({
      client_id: clientId,
      name: clientId,
      redirect_uris: [setting.target.url],
      jwks,
      ...settings,
    });
    const client: oauth.Client = { client_id: clientId, require_auth_time: true };
    if (settings.signing_algorithm) client.id_token_signed_response_alg = String(settings.signing_algorithm);
    return new OauthClient(setting, client, oauth.PrivateKeyJwt({ key: keys.privateKey, kid: "own" }));
  }

  /** Pushes a request; answers with where the browser is to go. */
  async push(parameters: Record<string, string> = {}): Promise<string> {
    const { server } = this.setting;
    const pushed = await oauth.pushedAuthorizationRequest(server, this.client, this.auth, await this.request(parameters), insecure);
    const { request_uri } = await oauth.processPushedAuthorizationResponse(server, this.client, pushed);
    return this.address({ client_id: this.client.client_id, request_uri });
  }

  /** The same without a push. */
  async direct(parameters: Record<string, string> = {}): Promise<string> {
    return this.address(await this.request(parameters));
  }

  private async request(parameters: Record<string, string>): Promise<Record<string, string>> {
    [this.verifier, this.nonce, this.state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomNonce(), oauth.generateRandomState()];
    const challenge = await oauth.calculatePKCECodeChallenge(this.verifier);
    return {
      client_id: this.client.client_id,
      redirect_uri: this.setting.target.url,
      response_type: "code",
      scope: "openid profile email groups organization offline_access",
      code_challenge: challenge,
      code_challenge_method: "S256",
      state: this.state,
      nonce: this.nonce,
      organization: this.setting.slug,
      ...parameters,
    };
  }

  private address(query: Record<string, string>): string {
    return `${this.setting.server.authorization_endpoint}?${new URLSearchParams(query)}`;
  }

  /** What the browser brought, with `state` and `iss` checked. */
  async answer(page: Page): Promise<URLSearchParams> {
    const { server, target } = this.setting;
    return oauth.validateAuthResponse(server, this.client, await target.answer(page), this.state);
  }

  /** The answer was this error. */
  async refused(page: Page, error: string): Promise<void> {
    await expect(this.answer(page)).rejects.toMatchObject({ error });
  }

  async redeem(answer: URLSearchParams, maxAge?: number): Promise<oauth.TokenEndpointResponse> {
    const { server, target } = this.setting;
    const response = await oauth.authorizationCodeGrantRequest(server, this.client, this.auth, answer, target.url, this.verifier, insecure);
    const expected = { expectedNonce: this.nonce, requireIdToken: true, maxAge };
    const tokens = await oauth.processAuthorizationCodeResponse(server, this.client, response, expected);
    await oauth.validateApplicationLevelSignature(server, response, insecure);
    return tokens;
  }

  async signIn(page: Page, parameters: Record<string, string> = {}): Promise<oauth.TokenEndpointResponse> {
    await page.goto(await this.push(parameters));
    await signInAtEntra(page);
    return this.redeem(await this.answer(page));
  }

  async userinfo({ access_token }: oauth.TokenEndpointResponse, sub: string): Promise<oauth.UserInfoResponse> {
    const { server } = this.setting;
    return oauth.processUserInfoResponse(server, this.client, sub, await oauth.userInfoRequest(server, this.client, access_token, insecure));
  }

  async refresh(token = ""): Promise<oauth.TokenEndpointResponse> {
    const { server } = this.setting;
    const response = await oauth.refreshTokenGrantRequest(server, this.client, this.auth, token, insecure);
    return oauth.processRefreshTokenResponse(server, this.client, response);
  }

  async introspect(token = ""): Promise<oauth.IntrospectionResponse> {
    const { server } = this.setting;
    const response = await oauth.introspectionRequest(server, this.client, this.auth, token, insecure);
    return oauth.processIntrospectionResponse(server, this.client, response);
  }

  async revoke(token = ""): Promise<void> {
    const { server } = this.setting;
    await oauth.processRevocationResponse(await oauth.revocationRequest(server, this.client, this.auth, token, insecure));
  }
}

/** What an ID token says, which was verified. */
export function claimsOf(tokens: oauth.TokenEndpointResponse): oauth.IDToken {
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (!claims) throw new Error("there is no ID token");
  return claims;
}
