// npm install express express-session openid-client
// SSO_CLIENT_SECRET and SESSION_SECRET come from the environment.
import express from "express";
import session from "express-session";
import * as client from "openid-client";

const redirectUri = "{redirect_uri}";
// over plain http, on a trial, add: undefined, { execute: [client.allowInsecureRequests] }
const sso = await client.discovery(new URL("{issuer}"), "{client_id}", process.env.SSO_CLIENT_SECRET);

const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));

app.get("/login", async (request, response) => {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  request.session.login = { verifier, state, nonce };
  const address = client.buildAuthorizationUrl(sso, {
    redirect_uri: redirectUri,
    scope: "{scopes}",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    // organization: "contoso-7k2m9q", // if you know the customer; the person is asked otherwise
  });
  response.redirect(address.href);
});

app.get(new URL(redirectUri).pathname, async (request, response) => {
  const login = request.session.login;
  if (!login) return response.redirect("/login");
  const tokens = await client.authorizationCodeGrant(sso, new URL(request.originalUrl, redirectUri), {
    pkceCodeVerifier: login.verifier,
    expectedState: login.state,
    expectedNonce: login.nonce,
  });
  const person = tokens.claims(); // sub, email, name, org_id …
  request.session.regenerate(() => {
    request.session.person = person;
    response.redirect("/");
  });
});

app.get("/", (request, response) => response.json(request.session.person ?? null));
app.listen(8080);
