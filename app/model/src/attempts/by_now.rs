//! What an attempt's report offers by now: a value to be taken over, or one that was since.

use super::{AttemptEvent, AttemptReport, EventKind};
use crate::{Claim, FindingCode, FindingValue, RevisionState};

/// How many characters are kept of a value that came, at most.
const KEPT_CHARS: usize = 300;

impl AttemptReport {
    /// In which state a configuration has by now what this event says was missing in the one that
    /// judged: the issuer, the certificate or the claim that came.
    #[must_use]
    pub fn fixed_by_now(&self, event: &AttemptEvent) -> Option<RevisionState> {
        use FindingCode as Code;
        let current = self.current.as_ref()?;
        let came = event.actual.as_ref().map(FindingValue::copyable).unwrap_or_default();
        let has_it = match event.finding? {
            Code::WrongIssuer | Code::IssuerOtherTenant | Code::IssuerWithoutSlash => {
                current.idp.as_ref().is_some_and(|idp| came.contains(&idp.entity_id.as_str()))
            }
            Code::CertificateUnknown => {
                current.certificates.iter().any(|known| came.contains(&known.thumbprint_sha1.as_str()))
            }
            Code::EmailMissing | Code::EmailEmpty | Code::EmailInvalid => {
                let mapped = current.claims.email.as_deref();
                let is_mapped = |claim: &Claim| mapped.is_some_and(|name| claim.name.eq_ignore_ascii_case(name));
                self.claims.iter().any(|came| is_mapped(&came.claim) && came.claim.has_email_address())
            }
            _ => false,
        };
        has_it.then_some(current.state)
    }
}

/// The issuer of a response that may be taken over into the draft: it is none of those that stand
/// for several tenants, and a signature covers it that a certificate of the connection verifies.
/// Another tenant's needs another Login URL, too, so it is not taken over by itself.
#[must_use]
pub fn issuer_to_take_over(events: &[AttemptEvent]) -> Option<&str> {
    let is_safe = |event: &&AttemptEvent| {
        let is_another = matches!(event.finding, Some(FindingCode::WrongIssuer | FindingCode::IssuerWithoutSlash));
        is_another && event.kind == EventKind::Issuer && event.is_verified
    };
    let issuer = events.iter().find(is_safe)?.actual.as_ref()?.as_text()?;
    // what is kept of a longer one, or of one with control characters, is another value
    (issuer.chars().count() < KEPT_CHARS && !issuer.contains('\u{fffd}')).then_some(issuer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Timestamp, Verdict};

    fn event(kind: EventKind, code: FindingCode, is_verified: bool, actual: &str) -> AttemptEvent {
        AttemptEvent {
            sequence: 0,
            at: Timestamp::from_timestamp_nanos(0),
            kind,
            verdict: Verdict::Failed,
            finding: Some(code),
            expected: None,
            actual: Some(FindingValue::text(actual)),
            is_verified,
        }
    }

    #[test]
    fn only_a_verified_issuer_that_came_whole_is_taken_over() {
        let issuer = "https://idp.example/metadata";
        let wrong = FindingCode::WrongIssuer;
        let of_response = event(EventKind::ResponseIssuer, wrong, false, "https://other.example");
        let verified = event(EventKind::Issuer, wrong, true, issuer);
        assert_eq!(issuer_to_take_over(&[of_response.clone(), verified]), Some(issuer));
        for refused in [
            of_response,
            event(EventKind::Issuer, wrong, false, issuer),
            event(EventKind::Issuer, FindingCode::CommonTenant, true, issuer),
            event(EventKind::Issuer, FindingCode::IssuerOtherTenant, true, issuer),
            event(EventKind::Issuer, wrong, true, &"x".repeat(400)),
            event(EventKind::Issuer, wrong, true, "https://idp.example/\u{fffd}"),
        ] {
            assert_eq!(issuer_to_take_over(std::slice::from_ref(&refused)), None, "{refused:?}");
        }
    }
}
