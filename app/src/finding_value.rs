//! The values that a finding quotes, as text.

use messages::{Text as _, text};
use model::attempts::ProfileField;
use model::{FindingValue, NamedCertificate, ProfileChange, Timestamp};

use crate::findings::title;

/// A value as pages show it.
#[must_use]
pub fn value_text(value: &FindingValue) -> String {
    match value {
        FindingValue::Text(text) => text.clone(),
        FindingValue::Diagnostic(diagnostic) => diagnostic.text(),
        FindingValue::Finding(code) => title(*code),
        FindingValue::List { values, more } => list_text(values, *more),
        FindingValue::Certificates(named) => named.iter().map(certificate_text).collect::<Vec<_>>().join(", "),
        FindingValue::Missing => text!("value-missing"),
        FindingValue::Bytes(bytes) => text!("value-bytes", bytes = *bytes),
        FindingValue::AtMostBytes(bytes) => text!("value-at-most-bytes", bytes = *bytes),
        FindingValue::NotUtf8 => text!("value-not-utf-8"),
        FindingValue::UtcInstant => text!("value-utc-instant"),
        FindingValue::Moment(at) => second(*at),
        FindingValue::MomentFromNow { at, seconds } if *seconds < 0 => {
            text!("value-seconds-ago", at = second(*at), seconds = seconds.saturating_neg())
        }
        FindingValue::MomentFromNow { at, seconds } => {
            text!("value-seconds-from-now", at = second(*at), seconds = *seconds)
        }
        FindingValue::ClockOffset { seconds } => clock_offset(*seconds),
        FindingValue::Validity { not_before, not_on_or_after } => {
            validity(not_before.as_deref(), not_on_or_after.as_deref())
        }
        FindingValue::About(at) => text!("value-about", at = second(*at)),
        FindingValue::After(at) => text!("value-after", at = second(*at)),
        FindingValue::AtOrBefore(at) => text!("value-at-or-before", at = second(*at)),
        FindingValue::AtOrAfter(at) => text!("value-at-or-after", at = second(*at)),
        FindingValue::SecondsAfterRequest(seconds) => text!("value-seconds-after-request", seconds = *seconds),
        FindingValue::WithinMinutes(minutes) => text!("value-within-minutes", minutes = *minutes),
        FindingValue::RequestOfThisTeam => text!("value-request-of-this-team"),
        FindingValue::NoRequest => text!("value-no-request"),
        FindingValue::AnswerToRequestOf(reference) => text!("value-answer-to-request", reference = reference.as_str()),
        FindingValue::LogoutRequest(at) => text!("value-logout-request", at = second(*at)),
        FindingValue::SignOutHere => text!("value-sign-out-here"),
        FindingValue::SignedOutByOperator => text!("value-signed-out-by-operator"),
        FindingValue::TeamSessionsEnded => text!("value-team-sessions-ended"),
        FindingValue::PersonSessionsEnded => text!("value-person-sessions-ended"),
        FindingValue::TeamStatus(status) => status.text(),
        FindingValue::CertificateInMetadata(answer) => answer.text(),
        FindingValue::EmailAddress => text!("value-email-address"),
        FindingValue::InClaim { value, claim } => {
            text!("value-in-claim", value = value.as_str(), claim = claim.as_str())
        }
        FindingValue::ClaimValues { claim, values } if values.iter().all(|value| value.trim().is_empty()) => {
            text!("value-empty-claim", claim = claim.as_str())
        }
        FindingValue::ClaimValues { claim, values } => format!("{claim}: {}", values.join(", ")),
        FindingValue::NoAttributes => text!("value-no-attributes"),
        FindingValue::EncryptedAttributes(count) => text!("value-encrypted-attributes", count = *count),
        FindingValue::ProfileChanges(changes) if changes.is_empty() => text!("value-nothing-changed"),
        FindingValue::ProfileChanges(changes) => changes.iter().map(change_text).collect::<Vec<_>>().join("; "),
        FindingValue::Status { code, sub_code, message } => status_text(code, sub_code.as_deref(), message.as_deref()),
        FindingValue::OnceMore => text!("value-once-more"),
    }
}

/// To the minute from two minutes on, to the day from two days on.
fn clock_offset(seconds: i64) -> String {
    const DAY: u64 = 24 * 60 * 60;
    let (is_behind, size) = (seconds < 0, seconds.unsigned_abs());
    let (minutes, days) = ((size + 30) / 60, (size + DAY / 2) / DAY);
    match size {
        ..120 if is_behind => text!("value-clock-seconds-behind", seconds = size),
        ..120 => text!("value-clock-seconds-ahead", seconds = size),
        120.. if size < 2 * DAY && is_behind => text!("value-clock-minutes-behind", minutes = minutes),
        120.. if size < 2 * DAY => text!("value-clock-minutes-ahead", minutes = minutes),
        _ if is_behind => text!("value-clock-days-behind", days = days),
        _ => text!("value-clock-days-ahead", days = days),
    }
}

fn validity(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => text!("value-validity", from = from, until = until),
        (None, Some(until)) => text!("value-validity-without-beginning", until = until),
        (Some(from), None) => text!("value-validity-without-end", from = from),
        (None, None) => text!("value-validity-open"),
    }
}

/// By its thumbprint, with when it is valid.
fn certificate_text(named: &NamedCertificate) -> String {
    let [from, until] = [named.not_before, named.not_after].map(day);
    text!("value-named-certificate", thumbprint = named.thumbprint.as_str(), from = from, until = until)
}

/// A moment to the day, as certificates are spoken of.
#[must_use]
pub fn day(at: Timestamp) -> String {
    at.format("%Y-%m-%d").to_string()
}

/// The codes, by their short names where SAML defines them, and with them always the message.
fn status_text(code: &str, sub_code: Option<&str>, message: Option<&str>) -> String {
    const DEFINED: &str = "urn:oasis:names:tc:SAML:2.0:status:";
    let short = |code: &str| code.strip_prefix(DEFINED).unwrap_or(code).to_owned();
    let codes = std::iter::once(code).chain(sub_code).map(short).collect::<Vec<_>>().join(" / ");
    match message {
        Some(message) => format!("{codes}: {message}"),
        None => codes,
    }
}

fn list_text(values: &[String], more: usize) -> String {
    let name = |value: &String| if value.is_empty() { text!("value-empty-name") } else { value.clone() };
    let listed = values.iter().map(name).collect::<Vec<_>>().join(", ");
    match (listed.is_empty(), more) {
        (_, 0) => listed,
        (true, more) => text!("value-long-names", count = more),
        (false, more) => text!("value-and-more", listed = listed, count = more),
    }
}

fn change_text(change: &ProfileChange) -> String {
    let field = match change.field {
        ProfileField::Email => text!("value-field-email"),
        ProfileField::FirstName => text!("value-field-first-name"),
        ProfileField::LastName => text!("value-field-last-name"),
        ProfileField::DisplayName => text!("value-field-display-name"),
        ProfileField::Groups => text!("value-field-groups"),
        ProfileField::SubjectKey => text!("value-field-subject-key"),
    };
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| text!("value-nothing"));
    format!("{field}: {} → {}", shown(&change.before), shown(&change.after))
}

/// A moment as SAML writes it, to the second.
fn second(moment: Timestamp) -> String {
    moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use model::{Diagnostic, FindingCode};

    use super::*;

    #[test]
    fn lists_say_how_many_are_left_out() {
        let list = |values: &[&str], more| {
            value_text(&FindingValue::List { values: values.iter().map(|value| (*value).to_owned()).collect(), more })
        };
        assert_eq!(list(&["mail", "", "Given Name"], 0), "mail, an empty name, Given Name");
        assert_eq!(list(&["mail"], 5), "mail and 5 more");
        assert_eq!(list(&[], 1), "1 with long names");
    }

    #[test]
    fn a_status_is_shown_with_its_message() {
        let status = |sub_code: Option<&str>, message: Option<&str>| {
            value_text(&FindingValue::Status {
                code: "urn:oasis:names:tc:SAML:2.0:status:Responder".into(),
                sub_code: sub_code.map(str::to_owned),
                message: message.map(str::to_owned),
            })
        };
        let no_passive = Some("urn:oasis:names:tc:SAML:2.0:status:NoPassive");
        assert_eq!(status(no_passive, Some("AADSTS50058")), "Responder / NoPassive: AADSTS50058");
        assert_eq!(status(None, None), "Responder");
        assert_eq!(status(Some("urn:example:own"), None), "Responder / urn:example:own");
    }

    #[test]
    fn a_moment_is_compared_with_now() {
        let at = "2026-11-23T12:10:00Z".parse().unwrap();
        let text = |seconds| value_text(&FindingValue::MomentFromNow { at, seconds });
        assert_eq!(text(600), "2026-11-23T12:10:00Z, 600 seconds from now");
        assert_eq!(text(-900), "2026-11-23T12:10:00Z, 900 seconds ago");
    }

    #[test]
    fn how_long_something_is_valid_is_said_as_it_came() {
        let text = |not_before: Option<&str>, not_on_or_after: Option<&str>| {
            let [not_before, not_on_or_after] = [not_before, not_on_or_after].map(|instant| instant.map(str::to_owned));
            value_text(&FindingValue::Validity { not_before, not_on_or_after })
        };
        let (noon, one) = ("2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z");
        assert_eq!(text(Some(noon), Some(one)), "2026-11-23T12:00:00Z to 2026-11-23T13:00:00Z");
        assert_eq!(text(None, Some(one)), "no beginning to 2026-11-23T13:00:00Z");
        assert_eq!(text(Some(noon), None), "2026-11-23T12:00:00Z to no end");
        assert_eq!(text(None, None), "no beginning to no end");
    }

    #[test]
    fn what_is_wrong_is_said_by_its_code_or_as_it_was_stored() {
        let diagnostic = Diagnostic::new("name_id_too_long", [("value", "aaa".to_owned())]);
        assert_eq!(value_text(&FindingValue::Diagnostic(diagnostic)), "it is longer than 256 bytes: aaa");
        let stored = Diagnostic::Text("the assertion has no ID".to_owned());
        assert_eq!(value_text(&FindingValue::Diagnostic(stored)), "the assertion has no ID");
        assert_eq!(value_text(&FindingValue::Finding(FindingCode::SignatureMissing)), "Nothing is signed");
    }

    #[test]
    fn a_profile_says_what_changed() {
        let change = ProfileChange { field: ProfileField::Groups, before: None, after: Some("g".into()) };
        assert_eq!(value_text(&FindingValue::ProfileChanges(vec![change])), "Groups: nothing → g");
        assert_eq!(value_text(&FindingValue::ProfileChanges(Vec::new())), "nothing changed");
    }
}
