//! The patterns that routes are registered with.

// ---- the start, signing in and signing up ----

/// Leads on to the team, to support, or to sign-in.
pub const HOME: &str = "/";
/// Sign in to the portal.
pub const LOGIN: &str = "/login";
/// The second factor, after the password was right.
pub const SECOND_FACTOR: &str = "/login/second-factor";
/// Sign up for a team.
pub const SIGN_UP: &str = "/signup";
/// "We have sent you a link".
pub const CHECK_EMAIL: &str = "/signup/check-email";
/// Where the mailed link of a sign-up leads: `?token=`.
pub const VERIFY_EMAIL: &str = "/verify-email";
/// Asks for a link to a new password.
pub const FORGOT_PASSWORD: &str = "/forgot-password";
/// "If the address has an account, we have sent a link".
pub const FORGOT_PASSWORD_SENT: &str = "/forgot-password/sent";
/// A new password, by the mailed link: `?token=`.
pub const RESET_PASSWORD: &str = "/reset-password";
/// An invitation, by its mailed link.
pub const INVITE: &str = "/invite/{token}";

// ---- one's own account ----

/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Change one's own password.
pub const PASSWORD: &str = "/account/password";
/// Change one's own e-mail address.
pub const EMAIL: &str = "/account/email";
/// Confirm the new address, by the link mailed to it: `?token=`.
pub const EMAIL_CONFIRM: &str = "/account/email/confirm";
/// Undo the change, by the link mailed to the old address: `?token=`.
pub const EMAIL_UNDO: &str = "/account/email/undo";
/// Re-authentication before something sensitive: `?next=`.
pub const REAUTHENTICATE: &str = "/account/reauthenticate";
/// One's own factors.
pub const SECURITY: &str = "/account/security";
/// An authenticator app that is being set up.
pub const TOTP_SETUP: &str = "/account/security/totp";
/// New recovery codes, to be saved.
pub const RECOVERY_CODES: &str = "/account/security/recovery-codes";
/// One's own sessions.
pub const SESSIONS: &str = "/account/sessions";

// ---- a team ----

/// Name a new team.
pub const NEW_TEAM: &str = "/teams/new";
/// A team's overview.
pub const TEAM: &str = "/teams/{slug}";
/// A team's connection: what is live, what is edited, and how it came to be.
pub const TEAM_CONNECTION: &str = "/teams/{slug}/connection";
/// A team's name, and its sessions.
pub const TEAM_SETTINGS: &str = "/teams/{slug}/settings";
/// A team's members.
pub const MEMBERS: &str = "/teams/{slug}/members";
/// A team's people.
pub const PEOPLE: &str = "/teams/{slug}/people";
/// The same as CSV.
pub const PEOPLE_CSV: &str = "/teams/{slug}/people.csv";
/// One of them.
pub const PERSON: &str = "/teams/{slug}/people/{person}";
/// The sessions of a team's people.
pub const TEAM_SESSIONS: &str = "/teams/{slug}/sessions";
/// A team's audit trail.
pub const TEAM_AUDIT: &str = "/teams/{slug}/audit";
/// The same as JSON Lines.
pub const TEAM_AUDIT_EXPORT: &str = "/teams/{slug}/audit.jsonl";
/// What an error that the identity provider showed means.
pub const IDP_ERROR: &str = "/teams/{slug}/idp-error";
/// A step of a team's set-up.
pub const SETUP: &str = "/teams/{slug}/setup/{step}";
/// The step that certificates are also posted to.
pub const SETUP_CERTIFICATES: &str = "/teams/{slug}/setup/certificates";
/// A team's sign-in options and its own keys.
pub const SETUP_OPTIONS: &str = "/teams/{slug}/setup/options";
/// Starts a test sign-in, in a new tab.
pub const START_TEST: &str = "/teams/{slug}/setup/test/start";
/// The certificate of one of a team's keys, as DER.
pub const KEY_CERTIFICATE_DER: &str = "/teams/{slug}/keys/{key}/certificate.cer";
/// The same as PEM.
pub const KEY_CERTIFICATE_PEM: &str = "/teams/{slug}/keys/{key}/certificate.pem";
/// A team's sign-in attempts.
pub const TEAM_ATTEMPTS: &str = "/teams/{slug}/sign-ins";
/// The same as CSV.
pub const TEAM_ATTEMPTS_CSV: &str = "/teams/{slug}/sign-ins.csv";
/// The same as JSON.
pub const TEAM_ATTEMPTS_JSON: &str = "/teams/{slug}/sign-ins.json";
/// The stream that says when they have changed.
pub const TEAM_ATTEMPTS_LIVE: &str = "/teams/{slug}/sign-ins/live";
/// One of them.
pub const TEAM_ATTEMPT: &str = "/teams/{slug}/sign-ins/{reference}";
/// Its XML.
pub const TEAM_ATTEMPT_XML: &str = "/teams/{slug}/sign-ins/{reference}/xml";

// ---- support ----

/// Support's overview.
pub const SUPPORT: &str = "/support";
/// The first support account, by the one-time link: `?token=`.
pub const FIRST_SUPPORT_ACCOUNT: &str = "/support/first-account";
/// Support's accounts: for administrators.
pub const SUPPORT_ACCOUNTS: &str = "/support/accounts";
/// The vendor's applications: for administrators.
pub const SUPPORT_APPLICATIONS: &str = "/support/applications";
/// Registers an application.
pub const NEW_APPLICATION: &str = "/support/applications/new";
/// An application's page.
pub const SUPPORT_APPLICATION: &str = "/support/applications/{client_id}";
/// A trial of it: what the application asks for.
pub const APPLICATION_TRIAL: &str = "/support/applications/{client_id}/trial";
/// Its logo, as administrators change it.
pub const SUPPORT_APPLICATION_LOGO: &str = "/support/applications/{client_id}/logo";
/// Where the browser comes back to in a trial of whatever application.
pub const APPLICATION_TRIAL_CALLBACK: &str = "/support/applications/trial/callback";
/// An application's logo, for everybody.
pub const APPLICATION_LOGO: &str = "/applications/{client_id}/logo/{version}";
/// The vendor's logo.
pub const BRAND_LOGO: &str = "/brand/logo/{version}";
/// Mail that could not be delivered.
pub const SUPPORT_MAIL: &str = "/support/mail";
/// The vendor's audit trail.
pub const SUPPORT_AUDIT: &str = "/support/audit";
/// The same as JSON Lines.
pub const SUPPORT_AUDIT_EXPORT: &str = "/support/audit.jsonl";
/// Support creates a team and sends its first owner a link.
pub const ONBOARDING: &str = "/support/teams/new";
/// A team's page for support.
pub const SUPPORT_TEAM: &str = "/support/teams/{slug}";
/// All teams: searched, filtered, sorted.
pub const SUPPORT_TEAMS: &str = "/support/teams";
/// What support does to several teams of the list at once.
pub const SUPPORT_BULK: &str = "/support/teams/bulk";
/// All teams as CSV.
pub const SUPPORT_TEAMS_CSV: &str = "/support/teams.csv";
/// What an error that the identity provider showed means, for support.
pub const SUPPORT_IDP_ERROR: &str = "/support/teams/{slug}/idp-error";
/// Sign-in attempts of all teams.
pub const SUPPORT_ATTEMPTS: &str = "/support/sign-ins";
/// The same as CSV.
pub const SUPPORT_ATTEMPTS_CSV: &str = "/support/sign-ins.csv";
/// The same as JSON.
pub const SUPPORT_ATTEMPTS_JSON: &str = "/support/sign-ins.json";
/// The stream that says when they have changed.
pub const SUPPORT_ATTEMPTS_LIVE: &str = "/support/sign-ins/live";
/// One of them.
pub const SUPPORT_ATTEMPT: &str = "/support/sign-ins/{reference}";
/// Its XML.
pub const SUPPORT_ATTEMPT_XML: &str = "/support/sign-ins/{reference}/xml";

// ---- the sign-in itself ----

/// Asks for the team, where the address names none.
pub const CHOOSE_TEAM: &str = "/sso";
/// A team's Sign on URL.
pub const SIGN_ON: &str = "/sso/{slug}";
/// Redeems the one-time code: `?code=`.
pub const SIGN_ON_COMPLETE: &str = "/sso/{slug}/complete";
/// The interstitial: `?code=`.
pub const SIGN_ON_CONTINUE: &str = "/sso/{slug}/continue";
/// A team's Reply URL (ACS), on the API host.
pub const ACS: &str = "/v2/auth/sso/saml/{slug}";
/// The same with a slash behind it, as it is mistyped at identity providers: what comes there is told by its address.
pub const ACS_WITH_SLASH: &str = "/v2/auth/sso/saml/{slug}/";
/// A team's service provider metadata, on the API host.
pub const SP_METADATA: &str = "/v2/auth/sso/saml/{slug}/metadata";
/// A team's Logout Url (SLO), on the API host.
pub const SLO: &str = "/v2/auth/sso/saml/{slug}/logout";
/// Who signed in.
pub const ME: &str = "/me";
/// Leads a person on to the application that their sign-in was for.
pub const ME_CONTINUE: &str = "/me/continue";
/// Signs a person out.
pub const SIGN_OUT: &str = "/me/sign-out";
/// Where signing out ends.
pub const SIGNED_OUT: &str = "/me/signed-out";

// ---- the OpenID provider ----

/// What the provider can do (OpenID Connect Discovery §4).
pub const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";
/// The same at the address of RFC 8414.
pub const AUTHORIZATION_SERVER_METADATA: &str = "/.well-known/oauth-authorization-server";
/// The keys that tokens are signed with.
pub const JWKS: &str = "/oauth2/jwks";
/// Where an application sends a browser to sign in.
pub const AUTHORIZE: &str = "/oauth2/authorize";
/// Where the sign-in that an application asked for goes on: `{reference}` finds the attempt.
pub const AUTHORIZE_RESUME: &str = "/oauth2/authorize/{reference}";
/// Where an application pushes its request before (RFC 9126).
pub const PUSHED_AUTHORIZATION_REQUEST: &str = "/oauth2/par";
/// Where codes and refresh tokens become tokens.
pub const TOKEN: &str = "/oauth2/token";
/// Who signed in.
pub const USERINFO: &str = "/oauth2/userinfo";
/// Whether a token works (RFC 7662).
pub const INTROSPECTION: &str = "/oauth2/introspect";
/// Ends a token (RFC 7009).
pub const REVOCATION: &str = "/oauth2/revoke";
/// Where an application sends a browser to sign out.
pub const END_SESSION: &str = "/oauth2/logout";
/// The person's answer to whether they want that.
pub const END_SESSION_CONFIRMED: &str = "/oauth2/logout/confirm";

/// The same for applications of Ory Polis.
pub const POLIS_AUTHORIZE: &str = "/api/oauth/authorize";
/// The same for applications of Ory Polis.
pub const POLIS_TOKEN: &str = "/api/oauth/token";
/// The same for applications of Ory Polis.
pub const POLIS_USERINFO: &str = "/api/oauth/userinfo";

// ---- help ----

/// Everything that a sign-in report can show: for everybody.
pub const HELP_FINDINGS: &str = "/help/findings";

// ---- files and probes ----

/// The vendor's colour.
pub const BRAND_CSS: &str = "/brand.css";
/// The icon.
pub const FAVICON: &str = "/favicon.svg";
/// The script that keeps a page up to date (`app/assets/live.js`).
pub const LIVE_SCRIPT: &str = "/live.js";
/// The script that asks a device for a passkey (`app/assets/passkey.js`).
pub const PASSKEY_SCRIPT: &str = "/passkey.js";
/// The script that copies texts (`app/assets/copy.js`).
pub const COPY_SCRIPT: &str = "/copy.js";
/// The script by which the key `/` leads to the search box of support (`app/assets/search-key.js`).
pub const SEARCH_KEY_SCRIPT: &str = "/search-key.js";
/// The script that shows times in the viewer's zone (`app/assets/local-times.js`).
pub const LOCAL_TIMES_SCRIPT: &str = "/local-times.js";
/// The script that closes the menus of the top bar (`app/assets/menus.js`).
pub const MENUS_SCRIPT: &str = "/menus.js";
/// Style, loader and WebAssembly as `script/build` makes them.
pub const PACKAGE: &str = "/pkg";
/// Whether the process answers.
pub const HEALTH: &str = "/healthz";
/// Whether it can serve.
pub const READY: &str = "/readyz";
