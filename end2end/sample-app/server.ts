/** "Krisp": what a product has to do so that people sign in to it with the portal. `ISSUER`, `CLIENT_ID`, `CLIENT_SECRET`, `PORT`. */
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";

import { createRemoteJWKSet } from "jose";
import * as openid from "openid-client";

import { verifyLogoutToken } from "./logout-token.ts";
import { STYLE, failurePage, signedInPage, signedOutPage } from "./pages.ts";
import * as sessions from "./sessions.ts";

const { ISSUER: issuer = "http://localhost:3000", CLIENT_ID: clientId = "krisp", CLIENT_SECRET: secret, PORT: port = "7200" } = process.env;
const base = `http://localhost:${port}`;
const SCOPE = "openid profile email groups organization";
const COOKIE = "krisp_session";

/** What the portal says of itself, and its keys: asked for at the first sign-in, and again if it did not answer. */
let provider: Promise<{ config: openid.Configuration; keys: ReturnType<typeof createRemoteJWKSet> }> | undefined;
async function discover() {
  const execute = issuer.startsWith("http://localhost") ? [openid.allowInsecureRequests] : []; // elsewhere https only
  const config = await openid.discovery(new URL(issuer), clientId, secret, undefined, { execute });
  return { config, keys: createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri!)) };
}
function asked() {
  provider ??= discover();
  provider.catch(() => (provider = undefined));
  return provider;
}

const cookieOf = (request: IncomingMessage) => new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1];
const setCookie = (response: ServerResponse, id: string) =>
  response.setHeader("Set-Cookie", `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`); // and Secure, where it is not localhost
const redirect = (response: ServerResponse, to: URL | string) => void response.writeHead(303, { Location: String(to) }).end();
const show = (response: ServerResponse, html: string, status = 200) => void response.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(html);

async function startSignIn(request: IncomingMessage, response: ServerResponse, hints: Record<string, string>): Promise<void> {
  const { config } = await asked();
  const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()];
  const known = sessions.find(cookieOf(request));
  const session = known ?? { pending: new Map() };
  session.pending.set(state, { nonce, verifier });
  if (!known) setCookie(response, sessions.keep(session));
  const pkce = { code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" };
  redirect(response, openid.buildAuthorizationUrl(config, { redirect_uri: `${base}/callback`, scope: SCOPE, state, nonce, ...pkce, ...hints }));
}

async function callback(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const state = url.searchParams.get("state") ?? "";
  const session = sessions.find(cookieOf(request));
  const pending = session?.pending.get(state);
  if (!session || !pending) throw new Refused("This sign-in was not started in this browser, or is over. Start it again.");
  session.pending.delete(state);
  const { config } = await asked();
  const checks = { expectedState: state, expectedNonce: pending.nonce, pkceCodeVerifier: pending.verifier, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, url, checks);
  const { sub, sid } = tokens.claims()!;
  const { name, email, groups, org_name } = await openid.fetchUserInfo(config, tokens.access_token, sub);
  const person = { sub, sid: String(sid), idToken: tokens.id_token!, name, email, groups: (groups ?? []) as string[], team: org_name as string };
  // under another name than before, which nobody can have put into the browser
  sessions.end(cookieOf(request));
  setCookie(response, sessions.keep({ pending: session.pending, person }));
  redirect(response, "/");
}

/** OpenID Connect Core §4: a sign-in that began at the portal goes on here. */
async function initiateLogin(request: IncomingMessage, response: ServerResponse, parameters: URLSearchParams): Promise<void> {
  const { config } = await asked();
  if (parameters.get("iss") !== config.serverMetadata().issuer) throw new Refused("This sign-in comes from elsewhere than from our portal.");
  const hint = parameters.get("login_hint");
  await startSignIn(request, response, hint ? { login_hint: hint } : {});
}

async function backchannelLogout(response: ServerResponse, form: URLSearchParams): Promise<void> {
  const { config, keys } = await asked();
  response.setHeader("Content-Type", "application/json");
  try {
    sessions.endSessions(await verifyLogoutToken(form.get("logout_token") ?? "", keys, config.serverMetadata().issuer, clientId));
    response.end("{}");
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ error: "invalid_request", error_description: String(error) }));
  }
}

async function signOutEverywhere(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const person = sessions.find(cookieOf(request))?.person;
  sessions.end(cookieOf(request));
  if (!person) return redirect(response, "/");
  redirect(response, openid.buildEndSessionUrl((await asked()).config, { id_token_hint: person.idToken, post_logout_redirect_uri: `${base}/signed-out` }));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", base);
  const [person, team] = [sessions.find(cookieOf(request))?.person, url.searchParams.get("team")?.trim()];
  const parameters = request.method === "POST" ? new URLSearchParams(await text(request)) : url.searchParams;
  switch (`${request.method} ${url.pathname}`) {
    case "GET /":
      return show(response, person ? signedInPage(person) : signedOutPage());
    case "GET /style.css":
      return void response.writeHead(200, { "Content-Type": "text/css" }).end(STYLE);
    case "GET /sign-in":
      return startSignIn(request, response, team ? { [team.includes("@") ? "login_hint" : "organization"]: team } : {});
    case "GET /callback":
      return callback(request, response, url);
    case "POST /sign-out":
      return signOutEverywhere(request, response);
    case "GET /signed-out":
      return show(response, signedOutPage("You are signed out."));
    case "GET /initiate-login":
    case "POST /initiate-login":
      return initiateLogin(request, response, parameters);
    case "POST /backchannel-logout":
      return backchannelLogout(response, parameters);
    default:
      return show(response, failurePage("There is no such page."), 404);
  }
}

/** A fault of whoever asked, which may be shown. */
class Refused extends Error {}

/** What went wrong, in words that may be shown. */
function failure(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof openid.AuthorizationResponseError) return `The portal answered: ${error.error_description ?? error.error}.`;
  console.error(error);
  return "Something went wrong on our side.";
}

const server = createServer((request, response) => {
  response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'");
  response.setHeader("Cache-Control", "no-store");
  answer(request, response).catch((error) => show(response, failurePage(failure(error)), error instanceof Refused ? 400 : 502));
});
server.listen(Number(port), "127.0.0.1", () => console.log(`Krisp on ${base}`));
