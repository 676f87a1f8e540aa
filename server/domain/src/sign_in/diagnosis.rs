//! From the rejections of the protocol to findings: what an administrator can compare and fix.

use chrono::{DateTime, TimeDelta};
use model::{FindingCode, FindingValue, Timestamp};
use saml::authn_request::RequestId;
use saml::response::{Construct, Rejection};
use url::Url;

use super::evidence::{CLOCK_TOLERANCE, Evidence};
use super::finding::{Finding, named_certificates, thumbprints};
use crate::diagnostics::{coded, coded_with, encrypted_name_id};

/// What a rejection means, with the values that an administrator can compare.
pub(super) fn diagnose(rejection: &Rejection, evidence: &Evidence<'_>) -> Finding {
    let finding = Finding { code: code(rejection), expected: expected(rejection), actual: actual(rejection) };
    match rejection {
        Rejection::SignatureInvalid => diagnose_signature(evidence),
        Rejection::WrongIssuer { expected, actual, .. } => {
            Finding { code: diagnose_issuer(expected, actual), ..finding }
        }
        Rejection::Expired { .. } | Rejection::NotYetValid { .. } => {
            diagnose_clock(evidence).unwrap_or_else(|| diagnose_validity(rejection, evidence, finding))
        }
        Rejection::ImplausibleTime { value, now, .. } => {
            let by_clock = diagnose_clock(evidence).or_else(|| diagnose_issue_instant(value, *now));
            by_clock.unwrap_or(finding)
        }
        Rejection::AuthnTooOld { authenticated_at, forced_at } => {
            diagnose_authentication_by_clock(evidence, *authenticated_at, *forced_at).unwrap_or(finding)
        }
        Rejection::CertificateExpired { .. } | Rejection::CertificateNotYetValid { .. } => {
            Finding { actual: evidence.signer_out_of_time(rejection).or(finding.actual), ..finding }
        }
        Rejection::WrongAudience { actual, .. } if actual.is_empty() => {
            Finding { code: FindingCode::AudienceMissing, ..finding }
        }
        Rejection::Encrypted => Finding { actual: evidence.recipients(), ..finding },
        Rejection::EncryptedForOther | Rejection::DecryptionFailed => {
            Finding { expected: evidence.own_key(), actual: evidence.recipients(), ..finding }
        }
        _ => finding,
    }
}

/// What is wrong with another message of the protocol, in one value: which part of it, or else what the
/// finding says.
pub(crate) fn rejection_summary(rejection: &Rejection) -> FindingValue {
    let part = actual(rejection).filter(|value| matches!(value, FindingValue::Diagnostic(_)));
    part.unwrap_or_else(|| FindingValue::Finding(code(rejection)))
}

/// What should have come, where that can be said.
fn expected(rejection: &Rejection) -> Option<FindingValue> {
    Some(match rejection {
        Rejection::TooLarge { limit, .. } => FindingValue::AtMostBytes(*limit),
        Rejection::WrongVersion { .. } => FindingValue::text("2.0"),
        Rejection::MalformedTime { .. } => FindingValue::UtcInstant,
        Rejection::WhiteSpace { expected, .. }
        | Rejection::WrongIssuer { expected, .. }
        | Rejection::WrongAudience { expected, .. }
        | Rejection::WrongDestination { expected, .. }
        | Rejection::WrongRecipient { expected, .. }
        | Rejection::UnknownRequest { expected: Some(expected), .. } => FindingValue::text(expected.as_str()),
        Rejection::UnknownRequest { expected: None, .. } => FindingValue::NoRequest,
        Rejection::Expired { now, .. } => FindingValue::After(*now),
        Rejection::NotYetValid { now, .. } => FindingValue::AtOrBefore(*now),
        Rejection::ImplausibleTime { now, .. } => FindingValue::About(*now),
        Rejection::AuthnTooOld { forced_at, .. } => FindingValue::AtOrAfter(*forced_at),
        Rejection::AuthnContextNotRequested { expected, .. } => FindingValue::list(expected.iter().map(String::as_str)),
        _ => return None,
    })
}

/// What came instead, where that helps.
fn actual(rejection: &Rejection) -> Option<FindingValue> {
    Some(match rejection {
        Rejection::TooLarge { actual, .. } => FindingValue::Bytes(*actual),
        Rejection::NotUtf8 => FindingValue::NotUtf8,
        Rejection::NotXml { what } => coded(what),
        Rejection::ForbiddenConstruct { what } => coded(what),
        Rejection::WrongShape { what } => coded(what),
        Rejection::NoBearerConfirmation { what } => coded(what),
        Rejection::Internal { what } => coded(what),
        Rejection::EncryptedNameId => encrypted_name_id(),
        Rejection::NameIdUnusable { what, value } => coded_with(what, value),
        Rejection::MalformedTime { what, value } => coded_with(what, value),
        Rejection::StatusNotSuccess { code, sub_code, message } => {
            let [sub_code, message] = [sub_code, message].map(Clone::clone);
            FindingValue::Status { code: code.clone(), sub_code, message }.bounded()
        }
        Rejection::AlgorithmNotAllowed { algorithm: actual }
        | Rejection::EncryptionNotAllowed { algorithm: actual }
        | Rejection::WrongVersion { actual }
        | Rejection::WhiteSpace { actual, .. }
        | Rejection::WrongIssuer { actual, .. }
        | Rejection::UnknownRequest { actual, .. }
        | Rejection::UnknownCondition { name: actual }
        | Rejection::ImplausibleTime { value: actual, .. } => FindingValue::text(actual.as_str()),
        Rejection::WrongAudience { actual, .. } if actual.is_empty() => FindingValue::Missing,
        Rejection::WrongAudience { actual, .. } => FindingValue::list(actual.iter().map(String::as_str)),
        Rejection::WrongDestination { actual, .. }
        | Rejection::WrongRecipient { actual, .. }
        | Rejection::AuthnContextNotRequested { actual, .. } => FindingValue::text_or_missing(actual.as_deref()),
        Rejection::CertificateExpired { not_after } => FindingValue::Moment(*not_after),
        Rejection::CertificateNotYetValid { not_before } => FindingValue::Moment(*not_before),
        Rejection::NotYetValid { not_before: at, now, .. } | Rejection::Expired { not_on_or_after: at, now, .. } => {
            from_now(*at, *now)
        }
        Rejection::AuthnTooOld { authenticated_at, .. } => FindingValue::Moment(*authenticated_at),
        _ => return None,
    })
}

/// Signed with a certificate that nobody gave us, or not signed with the one that it names.
fn diagnose_signature(evidence: &Evidence<'_>) -> Finding {
    let expected = Some(thumbprints(evidence.certificates.iter()));
    let (unknown, named) = (evidence.unknown_certificates(), evidence.named_certificates());
    let (code, actual) = match (unknown.is_empty(), named.is_empty()) {
        (false, _) => (FindingCode::CertificateUnknown, Some(named_certificates(unknown.into_iter()))),
        (true, false) => (FindingCode::SignedByOtherKey, Some(named_certificates(named.iter()))),
        (true, true) => (FindingCode::SignatureInvalid, None),
    };
    Finding { code, expected, actual }
}

fn diagnose_issuer(expected: &str, actual: &str) -> FindingCode {
    if actual.contains("{tenantid}") {
        return FindingCode::CommonTenant;
    }
    if format!("{actual}/") == expected || format!("{expected}/") == actual {
        return FindingCode::IssuerWithoutSlash;
    }
    match (microsoft_tenant(expected), microsoft_tenant(actual)) {
        (Some(expected), Some(actual)) if expected != actual => FindingCode::IssuerOtherTenant,
        _ => FindingCode::WrongIssuer,
    }
}

/// The tenant in one of Microsoft's identifiers.
fn microsoft_tenant(entity_id: &str) -> Option<String> {
    let url = Url::parse(entity_id).ok()?;
    let is_microsofts =
        url.host_str().is_some_and(|host| host == "sts.windows.net" || host.starts_with("login.microsoftonline."));
    let first = url.path_segments()?.next().map(str::to_ascii_lowercase);
    first.filter(|tenant| is_microsofts && !tenant.is_empty())
}

fn from_now(at: Timestamp, now: Timestamp) -> FindingValue {
    FindingValue::MomentFromNow { at, seconds: (at - now).num_seconds() }
}

/// A message from a little while ago or from a moment ahead is one whose clock is wrong or that
/// somebody kept; nothing that a clock does explains a date that is further away.
fn diagnose_issue_instant(value: &str, now: Timestamp) -> Option<Finding> {
    let issued = DateTime::parse_from_rfc3339(value).ok()?.to_utc();
    if (issued - now).abs() > TimeDelta::days(1) {
        return None;
    }
    let code = if issued > now { FindingCode::NotYetValid } else { FindingCode::Expired };
    Some(Finding { code, expected: Some(FindingValue::About(now)), actual: Some(from_now(issued, now)) })
}

/// A message that was made just now, by a clock that is right, is valid at another time: its validity is
/// wrong. Neither a person who takes their time nor a clock makes that.
fn diagnose_validity(rejection: &Rejection, evidence: &Evidence<'_>, finding: Finding) -> Finding {
    let is_wrong = rejection.is_out_of_validity() && evidence.is_made_just_now();
    let code = if is_wrong { FindingCode::ValidityWrong } else { finding.code };
    Finding { code, ..finding }
}

/// The clock that wrote the message is off. Where it answers a request of ours that is open, by however much;
/// otherwise somebody may have kept it, and more than a day is no clock.
fn diagnose_clock(evidence: &Evidence<'_>) -> Option<Finding> {
    let is_answer = evidence.is_answer();
    let offset = evidence.clock_offset().filter(|offset| is_answer || offset.abs() <= TimeDelta::days(1))?;
    let code = if offset > TimeDelta::zero() { FindingCode::ClockAhead } else { FindingCode::ClockBehind };
    let actual = FindingValue::ClockOffset { seconds: offset.num_seconds() };
    Some(Finding { code, expected: evidence.received_at().map(FindingValue::About), actual: Some(actual) })
}

/// By a clock that is behind, somebody who authenticated after our request seems to have done so before
/// it. Whoever did so long before has an old session there, whatever the clock.
fn diagnose_authentication_by_clock(
    evidence: &Evidence<'_>,
    authenticated_at: Timestamp,
    forced_at: Timestamp,
) -> Option<Finding> {
    let behind = evidence.clock_offset().filter(|offset| *offset < TimeDelta::zero())?;
    let by_our_clock = authenticated_at - behind;
    let is_new = by_our_clock + CLOCK_TOLERANCE >= forced_at;
    if is_new { diagnose_clock(evidence) } else { None }
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
        Rejection::WrongShape { what } if what.is_logout_message() => Code::LogoutAtReplyUrl,
        Rejection::WrongShape { .. } => Code::WrongShape,
        Rejection::SeveralAssertions => Code::SeveralAssertions,
        Rejection::Encrypted => Code::Encrypted,
        Rejection::EncryptedNameId => Code::EncryptedPart,
        Rejection::EncryptedForOther => Code::EncryptedForOther,
        Rejection::EncryptionNotAllowed { .. } => Code::EncryptionNotAllowed,
        Rejection::DecryptionFailed => Code::DecryptionFailed,
        Rejection::StatusNotSuccess { code, sub_code, .. } => status_code(code, sub_code.as_deref()),
        Rejection::SignatureMissing => Code::SignatureMissing,
        Rejection::AlgorithmNotAllowed { algorithm } if is_sha1(algorithm) => Code::AlgorithmSha1,
        Rejection::AlgorithmNotAllowed { .. } => Code::AlgorithmNotAllowed,
        Rejection::SignatureInvalid => Code::SignatureInvalid,
        Rejection::DigestMismatch => Code::DigestMismatch,
        Rejection::EnginesDisagree => Code::EnginesDisagree,
        Rejection::SecondEngineUnreadable => Code::SecondEngineUnreadable,
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
        Rejection::AuthnContextNotRequested { .. } => Code::AuthnContextNotRequested,
        Rejection::UnknownCondition { .. } => Code::UnknownCondition,
        Rejection::MalformedTime { .. } => Code::MalformedTime,
        Rejection::NameIdMissing => Code::NameIdMissing,
        Rejection::NameIdEmpty => Code::NameIdEmpty,
        Rejection::NameIdUnusable { .. } => Code::NameIdUnusable,
        // the request is known by what came with the response, or the response is of no use
        Rejection::Unsolicited => Code::InResponseToMissing,
        Rejection::UnknownRequest { expected, actual } => unknown_request(expected.as_deref(), actual),
        Rejection::NotConfigured => Code::NotConfigured,
        Rejection::Internal { .. } => Code::Internal,
    }
}

/// What is not in the form of our IDs names no request at all.
fn unknown_request(expected: Option<&str>, actual: &str) -> FindingCode {
    match (RequestId::has_form(actual), expected.is_some_and(RequestId::has_form)) {
        (true, _) => FindingCode::RequestUnknown,
        (false, true) => FindingCode::InResponseToMissing,
        // no request was open
        (false, false) => FindingCode::IdpInitiatedResponse,
    }
}

/// By the code that says most; the one above it where that is none of SAML's, or says only who
/// is to blame.
fn status_code(code: &str, sub_code: Option<&str>) -> FindingCode {
    sub_code.and_then(known_status).or_else(|| known_status(code)).unwrap_or(FindingCode::StatusNotSuccess)
}

/// The status codes that are explained (core §3.2.2.2).
fn known_status(code: &str) -> Option<FindingCode> {
    Some(match code.strip_prefix("urn:oasis:names:tc:SAML:2.0:status:")? {
        "NoPassive" => FindingCode::NoPassive,
        "NoAuthnContext" => FindingCode::NoAuthnContext,
        "InvalidNameIDPolicy" => FindingCode::InvalidNameIdPolicy,
        "RequestUnsupported" => FindingCode::RequestUnsupported,
        "RequestDenied" => FindingCode::RequestDenied,
        "AuthnFailed" | "UnknownPrincipal" => FindingCode::AuthnFailed,
        "UnsupportedBinding" => FindingCode::UnsupportedBinding,
        "VersionMismatch" | "RequestVersionTooHigh" | "RequestVersionTooLow" | "RequestVersionDeprecated" => {
            FindingCode::StatusVersionMismatch
        }
        "Requester" => FindingCode::StatusRequester,
        "Responder" => FindingCode::StatusResponder,
        _ => return None,
    })
}

/// RSA and ECDSA with SHA-1, and SHA-1 itself. With DSA and HMAC another hash would not help.
fn is_sha1(algorithm: &str) -> bool {
    let is_of_sha1 = |name: &str| name.ends_with("sha1") && !name.starts_with("dsa") && !name.starts_with("hmac");
    algorithm.rsplit('#').next().is_some_and(is_of_sha1)
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
            assert_eq!(diagnose_issuer(ours, actual), code, "{actual}");
        }
        assert_eq!(diagnose_issuer("https://idp.example.com/a", "https://idp.example.com/b"), FindingCode::WrongIssuer);
    }

    #[test]
    fn each_status_is_told_by_the_code_that_says_most() {
        let saml = |name: &str| format!("urn:oasis:names:tc:SAML:2.0:status:{name}");
        for (top, sub, expected) in [
            ("Responder", Some("NoPassive"), FindingCode::NoPassive),
            ("Requester", Some("NoAuthnContext"), FindingCode::NoAuthnContext),
            ("Responder", Some("InvalidNameIDPolicy"), FindingCode::InvalidNameIdPolicy),
            ("Requester", Some("RequestUnsupported"), FindingCode::RequestUnsupported),
            ("Responder", Some("RequestDenied"), FindingCode::RequestDenied),
            ("Responder", Some("AuthnFailed"), FindingCode::AuthnFailed),
            ("Responder", Some("UnknownPrincipal"), FindingCode::AuthnFailed),
            ("Requester", Some("UnsupportedBinding"), FindingCode::UnsupportedBinding),
            ("VersionMismatch", Some("RequestVersionTooHigh"), FindingCode::StatusVersionMismatch),
            ("VersionMismatch", None, FindingCode::StatusVersionMismatch),
            ("Requester", None, FindingCode::StatusRequester),
            ("Responder", None, FindingCode::StatusResponder),
            ("Responder", Some("ProxyCountExceeded"), FindingCode::StatusResponder),
            ("Unheard", None, FindingCode::StatusNotSuccess),
        ] {
            let sub_code = sub.map(saml);
            assert_eq!(status_code(&saml(top), sub_code.as_deref()), expected, "{top} {sub:?}");
        }
        assert_eq!(status_code("denied", Some("urn:own:denied")), FindingCode::StatusNotSuccess);
    }

    #[test]
    fn a_wrong_clock_is_told_from_a_date_that_cannot_be() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let diagnosed = |value: &str| diagnose_issue_instant(value, now).map(|finding| (finding.code, finding.actual));
        for (value, code, seconds) in [
            ("2026-11-23T12:10:00Z", FindingCode::NotYetValid, 600),
            ("2026-11-23T11:45:00Z", FindingCode::Expired, -900),
        ] {
            let from_now = FindingValue::MomentFromNow { at: value.parse().unwrap(), seconds };
            assert_eq!(diagnosed(value), Some((code, Some(from_now))));
        }
        for value in ["2000-01-01T00:00:00Z", "2026-11-25T00:00:00Z", "soon"] {
            assert_eq!(diagnosed(value), None, "{value}");
        }
    }

    #[test]
    fn sha_1_is_known_under_its_names() {
        for (algorithm, yes) in [
            ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", true),
            ("http://www.w3.org/2000/09/xmldsig#sha1", true),
            ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", true),
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-md5", false),
            ("http://www.w3.org/2000/09/xmldsig#dsa-sha1", false),
            ("http://www.w3.org/2000/09/xmldsig#hmac-sha1", false),
        ] {
            assert_eq!(is_sha1(algorithm), yes, "{algorithm}");
        }
    }
}
