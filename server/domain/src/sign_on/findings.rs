//! From the protocol's verdicts to findings: stable codes with the values that an
//! administrator can compare.

use chrono::{DateTime, TimeDelta};
use model::{FindingCode, TeamStatus, Timestamp};
use saml::certificate::SigningCertificate;
use saml::response::{Construct, Rejection};
use url::Url;

use super::evidence::Evidence;

/// A finding with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Which.
    pub(crate) code: FindingCode,
    /// What we expected.
    pub(crate) expected: Option<String>,
    /// What came.
    pub(crate) actual: Option<String>,
}

impl Told {
    /// A finding that its code says all about.
    pub(crate) const fn of(code: FindingCode) -> Self {
        Self { code, expected: None, actual: None }
    }

    /// The identity provider signed the person out while they signed in.
    pub(crate) fn signed_out(asked_at: Timestamp) -> Self {
        let actual = Some(format!("a logout request of {}", second(asked_at)));
        Self { actual, ..Self::of(FindingCode::SignedOut) }
    }

    /// The operator ended the sessions, and this before it was one.
    pub(crate) fn signed_out_by_operator() -> Self {
        Self { actual: Some("the operator ended the sessions".to_owned()), ..Self::of(FindingCode::SignedOut) }
    }

    /// The person signed out here meanwhile.
    pub(crate) fn signed_out_here() -> Self {
        Self { actual: Some("a sign-out on this site".to_owned()), ..Self::of(FindingCode::SignedOut) }
    }

    /// A team that nobody may sign in to.
    pub(crate) fn not_active(status: TeamStatus) -> Self {
        Self { actual: Some(status.as_str().to_owned()), ..Self::of(FindingCode::TeamNotActive) }
    }

    /// With values that may be stored and shown.
    pub(super) fn cut(self) -> Self {
        Self { expected: self.expected.map(cut), actual: self.actual.map(cut), ..self }
    }
}

/// A value that is stored and shown: no longer than 300 characters, and all of it to be seen.
pub(super) fn cut(text: String) -> String {
    if text.len() <= 300 && !text.contains(char::is_control) {
        return text;
    }
    text.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// How long a list of names is, at the most.
const NAMES: usize = 280;

/// Names in a row, as many as can be stored, and how many more there are.
pub(super) fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let mut listed = String::new();
    let mut more = 0_usize;
    for name in all {
        let name = if name.is_empty() { "an empty name" } else { name };
        let length = listed.len().saturating_add(name.len());
        if more > 0 || length > NAMES {
            more = more.saturating_add(1);
            continue;
        }
        if !listed.is_empty() {
            listed.push_str(", ");
        }
        listed.push_str(name);
    }
    match (listed.is_empty(), more) {
        (_, 0) => listed,
        (true, more) => format!("{more} with long names"),
        (false, more) => format!("{listed} and {more} more"),
    }
}

/// What a rejection says to an administrator.
pub(super) fn told(rejection: &Rejection, evidence: &Evidence<'_>) -> Told {
    let told = Told { code: code(rejection), expected: rejection.expected(), actual: rejection.actual() };
    match rejection {
        Rejection::SignatureInvalid => of_signature(evidence),
        Rejection::WrongIssuer { expected, actual, .. } => Told { code: of_issuer(expected, actual), ..told },
        Rejection::NotYetValid { not_before, now, .. } => Told { actual: Some(ahead(*not_before, *now)), ..told },
        Rejection::Expired { not_on_or_after, now, .. } => Told { actual: Some(ago(*not_on_or_after, *now)), ..told },
        Rejection::ImplausibleTime { value, now, .. } => of_instant(value, *now).unwrap_or(told),
        Rejection::Encrypted => Told { actual: evidence.recipients(), ..told },
        Rejection::EncryptedForOther | Rejection::DecryptionFailed => {
            Told { expected: evidence.own_key(), actual: evidence.recipients(), ..told }
        }
        _ => told,
    }
}

/// Signed with a certificate that nobody gave us, or not signed with the one that it names.
fn of_signature(evidence: &Evidence<'_>) -> Told {
    let unknown = evidence.unknown_certificates();
    let expected = Some(thumbprints(evidence.certificates.iter()));
    if unknown.is_empty() {
        return Told { expected, ..Told::of(FindingCode::SignatureInvalid) };
    }
    Told { code: FindingCode::CertificateUnknown, expected, actual: Some(thumbprints(unknown.into_iter())) }
}

/// Certificates as Entra shows them.
pub(super) fn thumbprints<'a>(certificates: impl Iterator<Item = &'a SigningCertificate>) -> String {
    let all: Vec<_> = certificates.map(SigningCertificate::thumbprint_sha1).collect();
    all.join(", ")
}

fn of_issuer(expected: &str, actual: &str) -> FindingCode {
    if actual.contains("{tenantid}") {
        return FindingCode::CommonTenant;
    }
    if format!("{actual}/") == expected || format!("{expected}/") == actual {
        return FindingCode::IssuerWithoutSlash;
    }
    match (tenant(expected), tenant(actual)) {
        (Some(expected), Some(actual)) if expected != actual => FindingCode::IssuerOtherTenant,
        _ => FindingCode::WrongIssuer,
    }
}

/// The tenant in one of Microsoft's identifiers.
fn tenant(entity_id: &str) -> Option<String> {
    let url = Url::parse(entity_id).ok()?;
    let is_microsofts =
        url.host_str().is_some_and(|host| host == "sts.windows.net" || host.starts_with("login.microsoftonline."));
    let first = url.path_segments()?.next().map(str::to_ascii_lowercase);
    first.filter(|tenant| is_microsofts && !tenant.is_empty())
}

fn ahead(moment: Timestamp, now: Timestamp) -> String {
    format!("{}, {} seconds from now", second(moment), (moment - now).num_seconds())
}

fn ago(moment: Timestamp, now: Timestamp) -> String {
    format!("{}, {} seconds ago", second(moment), (now - moment).num_seconds())
}

/// A message from a little while ago or from a moment ahead is one whose clock is wrong or that
/// somebody kept; nothing that a clock does explains a date that is further away.
fn of_instant(value: &str, now: Timestamp) -> Option<Told> {
    let issued = DateTime::parse_from_rfc3339(value).ok()?.to_utc();
    if (issued - now).abs() > TimeDelta::days(1) {
        return None;
    }
    let expected = Some(format!("about {}", second(now)));
    Some(if issued > now {
        Told { code: FindingCode::NotYetValid, expected, actual: Some(ahead(issued, now)) }
    } else {
        Told { code: FindingCode::Expired, expected, actual: Some(ago(issued, now)) }
    })
}

/// A moment as SAML writes it, to the second.
pub(super) fn second(moment: Timestamp) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The stable code of each of the protocol's verdicts, as far as the verdict alone says it.
fn code(rejection: &Rejection) -> FindingCode {
    use FindingCode as Code;
    match rejection {
        Rejection::NotBase64 => Code::NotBase64,
        Rejection::TooLarge { .. } => Code::TooLarge,
        Rejection::NotUtf8 | Rejection::NotXml { .. } => Code::NotXml,
        Rejection::ForbiddenConstruct { what: Construct::Doctype } => Code::DoctypePresent,
        Rejection::ForbiddenConstruct { what } if what.is_limit() => Code::LimitExceeded,
        Rejection::ForbiddenConstruct { .. } => Code::ForbiddenConstruct,
        Rejection::WrongShape { .. } => Code::WrongShape,
        Rejection::SeveralAssertions => Code::SeveralAssertions,
        Rejection::Encrypted => Code::Encrypted,
        Rejection::EncryptedPart { .. } => Code::EncryptedPart,
        Rejection::EncryptedForOther => Code::EncryptedForOther,
        Rejection::EncryptionNotAllowed { .. } => Code::EncryptionNotAllowed,
        Rejection::DecryptionFailed => Code::DecryptionFailed,
        Rejection::StatusNotSuccess { .. } => Code::StatusNotSuccess,
        Rejection::SignatureMissing => Code::SignatureMissing,
        Rejection::AlgorithmNotAllowed { algorithm } if is_sha1(algorithm) => Code::AlgorithmSha1,
        Rejection::AlgorithmNotAllowed { .. } => Code::AlgorithmNotAllowed,
        Rejection::SignatureInvalid => Code::SignatureInvalid,
        Rejection::DigestMismatch => Code::DigestMismatch,
        Rejection::EnginesDisagree => Code::EnginesDisagree,
        Rejection::SecondEngineUnread => Code::SecondEngineUnread,
        Rejection::CertificateExpired { .. } => Code::CertificateExpired,
        Rejection::CertificateNotYetValid { .. } => Code::CertificateNotYetValid,
        Rejection::WrongVersion { .. } => Code::WrongVersion,
        Rejection::WrongIssuer { .. } => Code::WrongIssuer,
        Rejection::WrongAudience { .. } => Code::WrongAudience,
        Rejection::WrongDestination { .. } => Code::WrongDestination,
        Rejection::WrongRecipient { .. } => Code::WrongRecipient,
        Rejection::WhiteSpace { .. } => Code::WhiteSpace,
        Rejection::NoBearerConfirmation { .. } => Code::NoBearerConfirmation,
        Rejection::Expired { .. } => Code::Expired,
        Rejection::NotYetValid { .. } => Code::NotYetValid,
        Rejection::ImplausibleTime { .. } => Code::ImplausibleTime,
        Rejection::AuthnTooOld { .. } => Code::AuthnInstantTooOld,
        Rejection::AuthnContextNotAsked { .. } => Code::AuthnContextNotAskedFor,
        Rejection::UnknownCondition { .. } => Code::UnknownCondition,
        Rejection::MalformedTime { .. } => Code::MalformedTime,
        Rejection::NameIdMissing => Code::NameIdMissing,
        Rejection::NameIdUnusable { .. } => Code::NameIdUnusable,
        Rejection::Unsolicited => Code::Unsolicited,
        Rejection::UnknownRequest { .. } => Code::RequestUnknown,
        Rejection::NotConfigured => Code::NotConfigured,
        Rejection::Internal { .. } => Code::Internal,
    }
}

/// RSA, DSA, ECDSA and HMAC with SHA-1, and SHA-1 itself.
fn is_sha1(algorithm: &str) -> bool {
    algorithm.rsplit('#').next().is_some_and(|name| name.ends_with("sha1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_are_told_apart() {
        let ours = "https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/";
        for (actual, code) in [
            ("https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", FindingCode::IssuerWithoutSlash),
            ("https://sts.windows.net/8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55/", FindingCode::IssuerOtherTenant),
            ("https://sts.windows.net/{tenantid}/", FindingCode::CommonTenant),
            ("https://idp.example.com/metadata", FindingCode::WrongIssuer),
            ("contoso", FindingCode::WrongIssuer),
        ] {
            assert_eq!(of_issuer(ours, actual), code, "{actual}");
        }
        assert_eq!(of_issuer("https://idp.example.com/a", "https://idp.example.com/b"), FindingCode::WrongIssuer);
    }

    #[test]
    fn a_wrong_clock_is_told_from_a_date_that_cannot_be() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let told = |value| of_instant(value, now).map(|told| (told.code, told.actual.unwrap()));
        let ahead = "2026-11-23T12:10:00Z, 600 seconds from now".to_owned();
        assert_eq!(told("2026-11-23T12:10:00Z"), Some((FindingCode::NotYetValid, ahead)));
        let ago = "2026-11-23T11:45:00Z, 900 seconds ago".to_owned();
        assert_eq!(told("2026-11-23T11:45:00Z"), Some((FindingCode::Expired, ago)));
        for value in ["2000-01-01T00:00:00Z", "2026-11-25T00:00:00Z", "soon"] {
            assert_eq!(told(value), None, "{value}");
        }
    }

    #[test]
    fn names_are_listed_as_far_as_they_can_be_stored() {
        assert_eq!(names(["mail", "", "Given Name"].into_iter()), "mail, an empty name, Given Name");
        let long = ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"; 9];
        let listed = names(long.iter().copied());
        assert!(listed.ends_with(" and 5 more") && listed.len() <= 300, "{listed}");
        assert_eq!(names(["a".repeat(400).as_str()].into_iter()), "1 with long names");
        assert_eq!(names([].into_iter()), "");
    }

    #[test]
    fn sha_1_is_known_under_its_names() {
        for (algorithm, yes) in [
            ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", true),
            ("http://www.w3.org/2000/09/xmldsig#sha1", true),
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-md5", false),
        ] {
            assert_eq!(is_sha1(algorithm), yes, "{algorithm}");
        }
    }
}
