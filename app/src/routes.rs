//! Every page's address, on one screen. The router in `lib.rs` follows this list.

use model::SetupStep;

/// Where one lands: to the team, to support, or to sign-in.
pub const HOME: &str = "/";
/// Sign in to the portal.
pub const LOGIN: &str = "/login";
/// Sign up for a team.
pub const SIGN_UP: &str = "/signup";
/// "We have sent you a link".
pub const CHECK_EMAIL: &str = "/signup/check-email";
/// Where the mailed link leads: `?token=`.
pub const VERIFY: &str = "/verify";
/// The second factor, after the password was right.
pub const SECOND_FACTOR: &str = "/login/factor";
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
/// Proves again who one is, before something sensitive: `?next=`.
pub const CONFIRM: &str = "/account/confirm";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Name a new team.
pub const NEW_TEAM: &str = "/teams/new";
/// Support's queue.
pub const SUPPORT: &str = "/support";

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

/// One's own factors, with a word about what was just done.
#[must_use]
pub fn security_after(done: &'static str) -> String {
    format!("{SECURITY}?done={done}")
}

/// Prove again who one is, then go on to `next`.
#[must_use]
pub fn confirm(next: Option<&str>) -> String {
    next.map_or_else(|| CONFIRM.to_owned(), |next| format!("{CONFIRM}?next={}", query_value(next)))
}

/// Where a mailed link leads.
#[must_use]
pub fn verify(token: &str) -> String {
    format!("{VERIFY}?token={}", query_value(token))
}

/// The first support account, by the one-time link.
#[must_use]
pub fn first_support(token: &str) -> String {
    format!("/support/first?token={}", query_value(token))
}

/// A team's overview.
#[must_use]
pub fn team(slug: &str) -> String {
    format!("/teams/{slug}")
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

/// Where signing out ends: `how_far` is `here`, `everywhere` or `unconfirmed`.
#[must_use]
pub fn signed_out(how_far: &'static str) -> String {
    format!("/me/signed-out?how_far={how_far}")
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
}
