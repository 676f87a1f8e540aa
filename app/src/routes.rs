//! Every page's address, on one screen. The router in `lib.rs` follows this list.

use model::attempts::SignInFilter;
use model::audit::AuditFilter;
use model::{SetupStep, TeamSlug};

use crate::done::Done;

/// Where one lands: to the team, to support, or to sign-in.
pub const HOME: &str = "/";
/// Sign in to the portal.
pub const LOGIN: &str = "/login";
/// Sign up for a team.
pub const SIGN_UP: &str = "/signup";
/// "We have sent you a link".
pub const CHECK_EMAIL: &str = "/signup/check-email";
/// Where the mailed link that confirms an address leads: `?token=`.
pub const VERIFY_EMAIL: &str = "/verify-email";
/// Asks for a link to a new password.
pub const FORGOT_PASSWORD: &str = "/forgot-password";
/// "If the address has an account, we have sent a link".
pub const FORGOT_PASSWORD_SENT: &str = "/forgot-password/sent";
/// Change one's own password.
pub const PASSWORD: &str = "/account/password";
/// Change one's own e-mail address.
pub const EMAIL: &str = "/account/email";
/// The second factor, after the password was right.
pub const SECOND_FACTOR: &str = "/login/second-factor";
/// One's own factors: set up, taken away.
pub const SECURITY: &str = "/account/security";
/// An authenticator app that is being set up.
pub const TOTP_SETUP: &str = "/account/security/totp";
/// New recovery codes, to be kept.
pub const RECOVERY_CODES: &str = "/account/security/recovery-codes";
/// One's own sessions.
pub const SESSIONS: &str = "/account/sessions";
/// The script that asks a device for a passkey (`app/assets/passkey.js`).
pub const PASSKEY_SCRIPT: &str = "/passkey.js";
/// Re-authentication before something sensitive: `?next=`.
pub const REAUTHENTICATE: &str = "/account/reauthenticate";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Name a new team.
pub const NEW_TEAM: &str = "/teams/new";
/// Mail that could not be delivered.
pub const SUPPORT_MAIL: &str = "/support/mail";
/// The vendor's audit trail.
pub const SUPPORT_AUDIT: &str = "/support/audit";
/// Sign-ins of all teams, for support.
pub const SUPPORT_SIGN_INS: &str = "/support/sign-ins";
/// The script that keeps a page up to date (`app/assets/live.js`).
pub const LIVE_SCRIPT: &str = "/live.js";
/// Support's queue.
pub const SUPPORT: &str = "/support";

/// Support's accounts: for administrators.
pub const SUPPORT_ACCOUNTS: &str = "/support/accounts";
/// Support creates a team and sends its first owner a link.
pub const ONBOARDING: &str = "/support/teams/new";

/// Sign in, then go on to `next`.
#[must_use]
pub fn login(next: Option<&str>) -> String {
    next.map_or_else(|| LOGIN.to_owned(), |next| format!("{LOGIN}?next={}", query_value(next)))
}

/// Enter the second factor, then go on to `next`.
#[must_use]
pub fn second_factor(next: Option<&str>) -> String {
    next.map_or_else(|| SECOND_FACTOR.to_owned(), |next| format!("{SECOND_FACTOR}?next={}", query_value(next)))
}

/// Re-authenticate, then go on to `next`.
#[must_use]
pub fn reauthenticate(next: Option<&str>) -> String {
    next.map_or_else(|| REAUTHENTICATE.to_owned(), |next| format!("{REAUTHENTICATE}?next={}", query_value(next)))
}

/// A Sign on URL that has the person authenticate again and leads back to `next`.
#[must_use]
pub fn sign_on_again(sign_on: &str, next: &str) -> String {
    format!("{sign_on}?return_to={}&force_authn=true", query_value(next))
}

/// Where the mailed link that confirms an address leads.
#[must_use]
pub fn verify_email(token: &str) -> String {
    format!("{VERIFY_EMAIL}?token={}", query_value(token))
}

/// Where the mailed link to a new password leads.
#[must_use]
pub fn reset_password(token: &str) -> String {
    format!("/reset-password?token={}", query_value(token))
}

/// Where the link to a new address leads.
#[must_use]
pub fn confirm_email(token: &str) -> String {
    format!("{EMAIL}/confirm?token={}", query_value(token))
}

/// Where the link to the old address leads.
#[must_use]
pub fn undo_email(token: &str) -> String {
    format!("{EMAIL}/undo?token={}", query_value(token))
}

/// The first support account, by the one-time link.
#[must_use]
pub fn first_support_account(token: &str) -> String {
    format!("/support/first-account?token={}", query_value(token))
}

/// A team's overview.
#[must_use]
pub fn team(slug: &str) -> String {
    format!("/teams/{slug}")
}

/// The sessions of a team's people.
#[must_use]
pub fn team_sessions(slug: &str) -> String {
    format!("/teams/{slug}/sessions")
}

/// The same, which says how many were ended.
#[must_use]
pub fn team_sessions_after(slug: &str, ended: u64) -> String {
    format!("/teams/{slug}/sessions?ended={ended}")
}

/// A team's audit trail.
#[must_use]
pub fn team_audit(slug: &str) -> String {
    format!("/teams/{slug}/audit")
}

/// A filtered page of the audit trail at this address.
#[must_use]
pub fn audit(address: &str, filter: &AuditFilter) -> String {
    let AuditFilter { actor, action, from, until, team, older } = filter;
    let values =
        [("team", team), ("actor", actor), ("action", action), ("from", from), ("until", until), ("older", older)];
    with_query(address, values.into_iter().map(|(name, value)| (name, value.as_str())))
}

/// All of what such a page shows, as JSON Lines (`server/src/http/audit.rs`).
#[must_use]
pub fn audit_export(address: &str, filter: &AuditFilter) -> String {
    audit(&format!("{address}.jsonl"), &AuditFilter { older: String::new(), ..filter.clone() })
}

/// A team's sign-ins.
#[must_use]
pub fn team_sign_ins(slug: &str) -> String {
    format!("/teams/{slug}/sign-ins")
}

/// A filtered page of the list of sign-ins at this address.
#[must_use]
pub fn sign_ins(list: &str, filter: &SignInFilter) -> String {
    with_query(list, filter.query())
}

/// A team's tests, the latest first.
#[must_use]
pub fn tests(slug: &str) -> String {
    with_query(&team_sign_ins(slug), [("kind", "tests")])
}

/// All of what such a page lists, as `csv` or `json` (`server/src/http/sign_ins.rs`).
#[must_use]
pub fn sign_ins_export(list: &str, filter: &SignInFilter, ending: &str) -> String {
    sign_ins(&format!("{list}.{ending}"), &SignInFilter { older: String::new(), ..filter.clone() })
}

/// An attempt of the list at this address.
#[must_use]
pub fn sign_in(list: &str, reference: &str) -> String {
    format!("{list}/{}", path_segment(reference))
}

/// An attempt's XML.
#[must_use]
pub fn sign_in_xml(list: &str, reference: &str) -> String {
    format!("{}/xml", sign_in(list, reference))
}

/// The stream that says when the list, the latest test or an attempt has changed
/// (`server/src/http/live.rs`).
#[must_use]
pub fn live(list: &str, watch: &str) -> String {
    with_query(&format!("{list}/live"), [("watch", watch)])
}

fn with_query<'a>(address: &str, values: impl IntoIterator<Item = (&'static str, &'a str)>) -> String {
    let mut separator = '?';
    values.into_iter().filter(|(_, value)| !value.is_empty()).fold(address.to_owned(), |mut address, (name, value)| {
        address.push(separator);
        separator = '&';
        address.push_str(name);
        address.push('=');
        address.push_str(&query_value(value));
        address
    })
}

/// A team's members.
#[must_use]
pub fn members(slug: &str) -> String {
    format!("/teams/{slug}/members")
}

/// Where the link of an invitation leads.
#[must_use]
pub fn invite(token: &str) -> String {
    format!("/invite/{}", path_segment(token))
}

/// A page that says what was just done there.
#[must_use]
pub fn with_done(page: &str, done: Done) -> String {
    format!("{page}?done={}", done.as_str())
}

/// A step of a team's set-up.
#[must_use]
pub fn setup(slug: &str, step: SetupStep) -> String {
    format!("/teams/{slug}/setup/{}", step.as_str())
}

/// The page after a step of the set-up.
#[must_use]
pub fn setup_after(slug: &str, step: SetupStep) -> String {
    step.next().map_or_else(|| team(slug), |next| setup(slug, next))
}

/// A team's sign-in options and its own keys.
#[must_use]
pub fn sign_in_options(slug: &str) -> String {
    format!("/teams/{slug}/setup/options")
}

/// The certificate of one of a team's keys, as `cer` or `pem` (`server/src/http/keys.rs`).
#[must_use]
pub fn key_certificate(slug: &str, key: &str, ending: &str) -> String {
    format!("/teams/{slug}/keys/{key}/certificate.{ending}")
}

/// Where signing out ends: `how_far` is `here`, `everywhere` or `unconfirmed`; `team` is the
/// one whose sign-in the page leads to.
#[must_use]
pub fn signed_out(how_far: &'static str, team: Option<&TeamSlug>) -> String {
    let team = team.map(|team| format!("&team={team}")).unwrap_or_default();
    format!("/me/signed-out?how_far={how_far}{team}")
}

/// A team's Sign on URL; without a team, where one is asked for it.
#[must_use]
pub fn sign_on(team: Option<&TeamSlug>) -> String {
    team.map_or_else(|| "/sso".to_owned(), |team| format!("/sso/{team}"))
}

/// Where the certificate form posts its file to (`server/src/http/uploads.rs`).
#[must_use]
pub fn upload_certificate(slug: &str) -> String {
    format!("/teams/{slug}/setup/certificates")
}

/// Starts a test sign-in, in a new tab (`server/src/http/sso.rs`).
#[must_use]
pub fn start_test(slug: &str) -> String {
    format!("/teams/{slug}/setup/test/start")
}

/// A team's page for support.
#[must_use]
pub fn support_team(slug: &str) -> String {
    format!("/support/teams/{slug}")
}

/// What an error of Entra's means, for a team's members. The address carries the number, and
/// nothing else of what was pasted.
#[must_use]
pub fn entra_error(slug: &str, number: Option<u32>) -> String {
    with_code(format!("{}/entra-error", team(slug)), number)
}

/// The same for support.
#[must_use]
pub fn support_entra_error(slug: &str, number: Option<u32>) -> String {
    with_code(format!("{}/entra-error", support_team(slug)), number)
}

fn with_code(address: String, number: Option<u32>) -> String {
    match number {
        Some(number) => format!("{address}?code={number}"),
        None => address,
    }
}

/// One part of a path.
fn path_segment(text: &str) -> String {
    query_value(text).replace('/', "%2F")
}

/// Percent-encodes all but unreserved characters and `/` (RFC 3986 §2.3).
fn query_value(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_value_cannot_end_its_parameter() {
        assert_eq!(login(Some("/teams/a?b=c&d")), "/login?next=/teams/a%3Fb%3Dc%26d");
    }

    #[test]
    fn a_list_carries_its_filter_and_an_export_all_its_pages() {
        let filter = SignInFilter { outcome: "failed".into(), older: "x".into(), ..SignInFilter::default() };
        assert_eq!(sign_ins("/support/sign-ins", &filter), "/support/sign-ins?outcome=failed&older=x");
        assert_eq!(sign_ins_export("/support/sign-ins", &filter, "csv"), "/support/sign-ins.csv?outcome=failed");
    }
}
