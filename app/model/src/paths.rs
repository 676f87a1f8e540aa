//! Every path of the portal, once: the pattern that a route is registered with, and the
//! function that makes a link of it. Pages (`app`), axum's routes (`server/src/router.rs`) and
//! mails (`domain`) all take them from here.
//!
//! A pattern has its parameters in braces, as axum writes them. A link's parameters are
//! percent-encoded, so that a value can end neither its segment nor its query parameter.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::attempts::AttemptFilter;
use crate::audit::AuditFilter;
use crate::{SetupStep, TeamSlug};

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
/// A team's members.
pub const MEMBERS: &str = "/teams/{slug}/members";
/// The sessions of a team's people.
pub const TEAM_SESSIONS: &str = "/teams/{slug}/sessions";
/// A team's audit trail.
pub const TEAM_AUDIT: &str = "/teams/{slug}/audit";
/// The same as JSON Lines.
pub const TEAM_AUDIT_EXPORT: &str = "/teams/{slug}/audit.jsonl";
/// What an error that Microsoft showed means.
pub const ENTRA_ERROR: &str = "/teams/{slug}/entra-error";
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

/// Support's queue.
pub const SUPPORT: &str = "/support";
/// The first support account, by the one-time link: `?token=`.
pub const FIRST_SUPPORT_ACCOUNT: &str = "/support/first-account";
/// Support's accounts: for administrators.
pub const SUPPORT_ACCOUNTS: &str = "/support/accounts";
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
/// What an error that Microsoft showed means, for support.
pub const SUPPORT_ENTRA_ERROR: &str = "/support/teams/{slug}/entra-error";
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
/// A team's service provider metadata, on the API host.
pub const SP_METADATA: &str = "/v2/auth/sso/saml/{slug}/metadata";
/// A team's Logout Url (SLO), on the API host.
pub const SLO: &str = "/v2/auth/sso/saml/{slug}/logout";
/// Who signed in.
pub const ME: &str = "/me";
/// Signs a person out.
pub const SIGN_OUT: &str = "/me/sign-out";
/// Where signing out ends.
pub const SIGNED_OUT: &str = "/me/signed-out";

// ---- files and probes ----

/// The vendor's colour.
pub const BRAND_CSS: &str = "/brand.css";
/// The icon.
pub const FAVICON: &str = "/favicon.svg";
/// The script that keeps a page up to date (`app/assets/live.js`).
pub const LIVE_SCRIPT: &str = "/live.js";
/// The script that asks a device for a passkey (`app/assets/passkey.js`).
pub const PASSKEY_SCRIPT: &str = "/passkey.js";
/// The script that shows times in the viewer's zone (`app/assets/local-times.js`).
pub const LOCAL_TIMES_SCRIPT: &str = "/local-times.js";
/// Style, loader and WebAssembly as cargo-leptos built them.
pub const PACKAGE: &str = "/pkg";
/// Whether the process answers.
pub const HEALTH: &str = "/healthz";
/// Whether it can serve.
pub const READY: &str = "/readyz";

/// Sign in, then go on to `next`.
#[must_use]
pub fn login(next: Option<&str>) -> String {
    with_next(LOGIN, next)
}

/// Enter the second factor, then go on to `next`.
#[must_use]
pub fn second_factor(next: Option<&str>) -> String {
    with_next(SECOND_FACTOR, next)
}

/// Where the mailed link of a sign-up leads.
#[must_use]
pub fn verify_email(token: &str) -> String {
    with_query(VERIFY_EMAIL, [("token", token)])
}

/// Where the mailed link to a new password leads.
#[must_use]
pub fn reset_password(token: &str) -> String {
    with_query(RESET_PASSWORD, [("token", token)])
}

/// Where the link of an invitation leads.
#[must_use]
pub fn invite(token: &str) -> String {
    fill(INVITE, &[token])
}

/// Where the link to a new address leads.
#[must_use]
pub fn confirm_email(token: &str) -> String {
    with_query(EMAIL_CONFIRM, [("token", token)])
}

/// Where the link to the old address leads.
#[must_use]
pub fn undo_email(token: &str) -> String {
    with_query(EMAIL_UNDO, [("token", token)])
}

/// Re-authenticate, then go on to `next`.
#[must_use]
pub fn reauthenticate(next: Option<&str>) -> String {
    with_next(REAUTHENTICATE, next)
}

/// A team's overview.
#[must_use]
pub fn team(slug: &str) -> String {
    fill(TEAM, &[slug])
}

/// The team that an address is about, if it is about one.
#[must_use]
pub fn team_in(path: &str) -> Option<&str> {
    let (folder, _) = TEAM.split_once('{')?;
    let slug = path.strip_prefix(folder)?.split('/').next()?;
    (!slug.is_empty() && path != NEW_TEAM).then_some(slug)
}

/// A team's members.
#[must_use]
pub fn members(slug: &str) -> String {
    fill(MEMBERS, &[slug])
}

/// The sessions of a team's people.
#[must_use]
pub fn team_sessions(slug: &str) -> String {
    fill(TEAM_SESSIONS, &[slug])
}

/// The same, which says how many were ended.
#[must_use]
pub fn team_sessions_after(slug: &str, ended: u64) -> String {
    format!("{}?ended={ended}", team_sessions(slug))
}

/// A team's audit trail.
#[must_use]
pub fn team_audit(slug: &str) -> String {
    fill(TEAM_AUDIT, &[slug])
}

/// A filtered page of the audit trail at this address.
#[must_use]
pub fn audit(address: &str, filter: &AuditFilter) -> String {
    let AuditFilter { actor, action, from, until, team, older } = filter;
    let values =
        [("team", team), ("actor", actor), ("action", action), ("from", from), ("until", until), ("older", older)];
    with_query(address, values.into_iter().map(|(name, value)| (name, value.as_str())))
}

/// All of what such a page shows, as JSON Lines.
#[must_use]
pub fn audit_export(address: &str, filter: &AuditFilter) -> String {
    audit(&format!("{address}.jsonl"), &AuditFilter { older: String::new(), ..filter.clone() })
}

/// What an error that Microsoft showed means, for a team's members. The address carries the
/// number, and nothing else of what was pasted.
#[must_use]
pub fn entra_error(slug: &str, number: Option<u32>) -> String {
    with_number(fill(ENTRA_ERROR, &[slug]), number)
}

/// A step of a team's set-up.
#[must_use]
pub fn setup(slug: &str, step: SetupStep) -> String {
    fill(SETUP, &[slug, step.as_str()])
}

/// The page after a step of the set-up.
#[must_use]
pub fn setup_after(slug: &str, step: SetupStep) -> String {
    step.next().map_or_else(|| team(slug), |next| setup(slug, next))
}

/// A team's sign-in options and its own keys.
#[must_use]
pub fn sign_in_options(slug: &str) -> String {
    fill(SETUP_OPTIONS, &[slug])
}

/// Where the certificate form posts its file to.
#[must_use]
pub fn upload_certificate(slug: &str) -> String {
    fill(SETUP_CERTIFICATES, &[slug])
}

/// Starts a test sign-in.
#[must_use]
pub fn start_test(slug: &str) -> String {
    fill(START_TEST, &[slug])
}

/// The certificate of one of a team's keys, as DER.
#[must_use]
pub fn key_certificate_der(slug: &str, key: &str) -> String {
    fill(KEY_CERTIFICATE_DER, &[slug, key])
}

/// The same as PEM.
#[must_use]
pub fn key_certificate_pem(slug: &str, key: &str) -> String {
    fill(KEY_CERTIFICATE_PEM, &[slug, key])
}

/// A team's sign-in attempts.
#[must_use]
pub fn team_attempts(slug: &str) -> String {
    fill(TEAM_ATTEMPTS, &[slug])
}

/// A team's tests, the latest first.
#[must_use]
pub fn team_tests(slug: &str) -> String {
    with_query(&team_attempts(slug), [("kind", "tests")])
}

/// A filtered page of the list of attempts at this address.
#[must_use]
pub fn attempts(list: &str, filter: &AttemptFilter) -> String {
    with_query(list, filter.query())
}

/// All of what such a page lists, as `csv` or `json`.
#[must_use]
pub fn attempts_export(list: &str, filter: &AttemptFilter, ending: &str) -> String {
    attempts(&format!("{list}.{ending}"), &AttemptFilter { older: String::new(), ..filter.clone() })
}

/// The stream that says when the list, the latest test or an attempt has changed.
#[must_use]
pub fn attempts_live(list: &str, topic: &str) -> String {
    with_query(&format!("{list}/live"), [("watch", topic)])
}

/// An attempt of the list at this address.
#[must_use]
pub fn attempt(list: &str, reference: &str) -> String {
    format!("{list}/{}", encode_segment(reference))
}

/// An attempt's XML.
#[must_use]
pub fn attempt_xml(list: &str, reference: &str) -> String {
    format!("{}/xml", attempt(list, reference))
}

/// The first support account, by the one-time link.
#[must_use]
pub fn first_support_account(token: &str) -> String {
    with_query(FIRST_SUPPORT_ACCOUNT, [("token", token)])
}

/// A team's page for support.
#[must_use]
pub fn support_team(slug: &str) -> String {
    fill(SUPPORT_TEAM, &[slug])
}

/// What an error that Microsoft showed means, for support.
#[must_use]
pub fn support_entra_error(slug: &str, number: Option<u32>) -> String {
    with_number(fill(SUPPORT_ENTRA_ERROR, &[slug]), number)
}

/// A team's Sign on URL; without a team, where one is asked for it.
#[must_use]
pub fn sign_on(team: Option<&TeamSlug>) -> String {
    team.map_or_else(|| CHOOSE_TEAM.to_owned(), |team| sign_on_url(team.as_str()))
}

/// A team's Sign on URL, by its slug as it is stored.
#[must_use]
pub fn sign_on_url(slug: &str) -> String {
    fill(SIGN_ON, &[slug])
}

/// A Sign on URL that has the person authenticate again and leads back to `next`.
#[must_use]
pub fn sign_on_again(sign_on: &str, next: &str) -> String {
    with_query(sign_on, [("return_to", next), ("force_authn", "true")])
}

/// Where the browser redeems a one-time code.
#[must_use]
pub fn sign_on_complete(slug: &str, code: &str) -> String {
    with_query(&fill(SIGN_ON_COMPLETE, &[slug]), [("code", code)])
}

/// Where a sign-in asks before it goes on: with its one-time code, or without one for the
/// answer, which carries it in its form.
#[must_use]
pub fn sign_on_continue(slug: &str, code: Option<&str>) -> String {
    with_query(&fill(SIGN_ON_CONTINUE, &[slug]), code.map(|code| ("code", code)))
}

/// A team's Reply URL, on the API host.
#[must_use]
pub fn acs(slug: &str) -> String {
    fill(ACS, &[slug])
}

/// A team's service provider metadata, on the API host.
#[must_use]
pub fn sp_metadata(slug: &str) -> String {
    fill(SP_METADATA, &[slug])
}

/// A team's Logout Url, on the API host.
#[must_use]
pub fn slo(slug: &str) -> String {
    fill(SLO, &[slug])
}

/// Where signing out ends: `how_far` is `here`, `everywhere` or `unconfirmed`; `team` is the
/// one whose sign-in the page leads to.
#[must_use]
pub fn signed_out(how_far: &'static str, team: Option<&TeamSlug>) -> String {
    with_query(SIGNED_OUT, [("how_far", how_far), ("team", team.map_or("", TeamSlug::as_str))])
}

/// A page that says what was just done there.
#[must_use]
pub fn with_done(page: &str, done: impl Into<&'static str>) -> String {
    with_query(page, [("done", done.into())])
}

/// Whether a path is one that a pattern stands for: each parameter is one segment, not empty.
#[must_use]
pub fn matches(pattern: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    let fits = pattern.split('/').all(|expected| {
        let is_parameter = expected.starts_with('{');
        segments.next().is_some_and(|segment| if is_parameter { !segment.is_empty() } else { segment == expected })
    });
    fits && segments.next().is_none()
}

/// What a pattern begins with, before its first parameter.
#[must_use]
pub fn fixed_part(pattern: &'static str) -> &'static str {
    pattern.split('{').next().unwrap_or(pattern)
}

/// A pattern with its parameters in place, in order.
fn fill(pattern: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let segments = pattern.split('/').map(|segment| {
        if segment.starts_with('{') {
            values.next().map(|value| encode_segment(value)).unwrap_or_default()
        } else {
            segment.to_owned()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// An address with a query. Values that are empty are left out.
fn with_query<'a>(address: &str, values: impl IntoIterator<Item = (&'static str, &'a str)>) -> String {
    let mut separator = '?';
    values.into_iter().filter(|(_, value)| !value.is_empty()).fold(address.to_owned(), |mut address, (name, value)| {
        address.push(separator);
        separator = '&';
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(value, &QUERY_VALUE));
        address
    })
}

fn with_next(address: &str, next: Option<&str>) -> String {
    with_query(address, next.map(|next| ("next", next)))
}

fn with_number(address: String, number: Option<u32>) -> String {
    match number {
        Some(number) => format!("{address}?code={number}"),
        None => address,
    }
}

/// All but unreserved characters (RFC 3986 §2.3).
const SEGMENT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// All but those and the slash, which a query may hold as it is.
const QUERY_VALUE: AsciiSet = SEGMENT.remove(b'/');

fn encode_segment(text: &str) -> String {
    utf8_percent_encode(text, &SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_can_end_neither_its_parameter_nor_its_segment() {
        assert_eq!(login(Some("/teams/a?b=c&d")), "/login?next=/teams/a%3Fb%3Dc%26d");
        assert_eq!(invite("a/b?c"), "/invite/a%2Fb%3Fc");
        assert_eq!(login(None), "/login");
    }

    #[test]
    fn a_list_carries_its_filter_and_an_export_all_its_pages() {
        let filter = AttemptFilter { outcome: "failed".into(), older: "x".into(), ..AttemptFilter::default() };
        assert_eq!(attempts(SUPPORT_ATTEMPTS, &filter), "/support/sign-ins?outcome=failed&older=x");
        assert_eq!(attempts_export(SUPPORT_ATTEMPTS, &filter, "csv"), "/support/sign-ins.csv?outcome=failed");
    }

    #[test]
    fn links_below_a_list_are_what_the_routes_are_registered_with() {
        let filter = AttemptFilter::default();
        for (list, [csv, json, live, one, xml]) in [
            (
                team_attempts("a"),
                [TEAM_ATTEMPTS_CSV, TEAM_ATTEMPTS_JSON, TEAM_ATTEMPTS_LIVE, TEAM_ATTEMPT, TEAM_ATTEMPT_XML],
            ),
            (
                SUPPORT_ATTEMPTS.to_owned(),
                [
                    SUPPORT_ATTEMPTS_CSV,
                    SUPPORT_ATTEMPTS_JSON,
                    SUPPORT_ATTEMPTS_LIVE,
                    SUPPORT_ATTEMPT,
                    SUPPORT_ATTEMPT_XML,
                ],
            ),
        ] {
            assert!(matches(csv, &attempts_export(&list, &filter, "csv")));
            assert!(matches(json, &attempts_export(&list, &filter, "json")));
            assert!(matches(live, &attempts_live(&list, "")));
            assert!(matches(one, &attempt(&list, "SSO-7F3K-2Q9M")));
            assert!(matches(xml, &attempt_xml(&list, "SSO-7F3K-2Q9M")));
        }
        for (export, page) in [(TEAM_AUDIT_EXPORT, team_audit("a")), (SUPPORT_AUDIT_EXPORT, SUPPORT_AUDIT.to_owned())] {
            assert!(matches(export, &audit_export(&page, &AuditFilter::default())));
        }
        assert!(matches(SETUP, &setup("a", SetupStep::Certificates)));
        assert_eq!(setup("a", SetupStep::Certificates), upload_certificate("a"));
    }

    #[test]
    fn a_parameter_is_one_segment() {
        assert!(
            matches(ACS, "/v2/auth/sso/saml/contoso-7k2m9q") && matches(SLO, "/v2/auth/sso/saml/contoso-7k2m9q/logout")
        );
        for path in ["/v2/auth/sso/saml/", "/v2/auth/sso/saml/a/b", "/v2/auth/sso/saml", "/x/v2/auth/sso/saml/a"] {
            assert!(!matches(ACS, path), "{path}");
        }
        assert!(!matches(SLO, "/v2/auth/sso/saml//logout"));
    }

    #[test]
    fn a_teams_pages_name_their_team() {
        assert_eq!(team_in("/teams/contoso-7k2m9q/members"), Some("contoso-7k2m9q"));
        assert_eq!(team_in("/teams/contoso-7k2m9q"), Some("contoso-7k2m9q"));
        for path in ["/teams/new", "/teams/", "/support/teams/contoso-7k2m9q", "/"] {
            assert_eq!(team_in(path), None, "{path}");
        }
    }
}
