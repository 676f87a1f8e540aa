//! Fixes for the findings of an attempt: values that can be copied into the draft, and findings that the
//! present configuration has fixed already.

use super::{AttemptEvent, AttemptReport, EventKind};
use crate::{Claim, ConnectionView, FindingCode, FindingValue, RevisionState};

/// How many characters are kept of a value that came, at most.
const KEPT_CHARS: usize = 300;

impl AttemptReport {
    /// The configuration that is edited and tested: the draft, or else the live one.
    #[must_use]
    pub fn draft_or_live(&self) -> Option<&ConnectionView> {
        self.draft.as_ref().or(self.live.as_ref())
    }

    /// The state of the configuration that has fixed the finding of this event: it contains the issuer, the
    /// certificate or the claim that the response came with. For a test that is the configuration that is
    /// tested; for a sign-in the live one counts before the draft.
    #[must_use]
    pub fn fixed_in(&self, event: &AttemptEvent) -> Option<RevisionState> {
        let serving = if self.summary.is_test { self.draft_or_live() } else { self.live.as_ref() };
        let candidates = [serving, self.draft.as_ref()];
        let fixed = candidates.into_iter().flatten().find(|connection| self.has_received_value(connection, event))?;
        Some(fixed.state)
    }

    fn has_received_value(&self, connection: &ConnectionView, event: &AttemptEvent) -> bool {
        use FindingCode as Code;
        let came = event.actual.as_ref().map(FindingValue::copyable).unwrap_or_default();
        match event.finding {
            Some(Code::WrongIssuer | Code::IssuerOtherTenant | Code::IssuerWithoutSlash) => {
                connection.idp.as_ref().is_some_and(|idp| came.contains(&idp.entity_id.as_str()))
            }
            Some(Code::CertificateUnknown) => {
                connection.certificates.iter().any(|known| came.contains(&known.thumbprint_sha1.as_str()))
            }
            Some(Code::EmailMissing | Code::EmailEmpty | Code::EmailInvalid) => {
                let mapped = connection.claims.email.as_deref();
                let is_mapped = |claim: &Claim| mapped.is_some_and(|name| claim.name.eq_ignore_ascii_case(name));
                self.claims.iter().any(|came| is_mapped(&came.claim) && came.claim.has_email_address())
            }
            _ => false,
        }
    }
}

/// An issuer that came in a response which a certificate of the connection verified at that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedIssuer<'a> {
    /// The issuer, as it came.
    pub entity_id: &'a str,
    /// The SHA-1 thumbprint of the certificate that verified it. Whoever takes the issuer over checks
    /// that the connection still holds that certificate: it may have been removed since.
    pub signed_by: &'a str,
}

/// The issuer of a response that may be taken over into the draft: it is none of those that stand
/// for several tenants, and a signature covers it that a certificate of the connection verified.
/// Another tenant's needs another Login URL, too, so it is not taken over by itself.
#[must_use]
pub fn issuer_to_take_over(events: &[AttemptEvent]) -> Option<VerifiedIssuer<'_>> {
    let is_safe = |event: &&AttemptEvent| {
        let is_another = matches!(event.finding, Some(FindingCode::WrongIssuer | FindingCode::IssuerWithoutSlash));
        is_another && event.kind == EventKind::Issuer && event.is_verified
    };
    let entity_id = events.iter().find(is_safe)?.actual.as_ref()?.as_text()?;
    let is_signature = |event: &&AttemptEvent| event.kind == EventKind::Signature && event.is_verified;
    let signed_by = events.iter().find(is_signature)?.actual.as_ref()?.as_text()?;
    // what is kept of a longer one, or of one with control characters, is another value
    let is_whole = entity_id.chars().count() < KEPT_CHARS && !entity_id.contains('\u{fffd}');
    is_whole.then_some(VerifiedIssuer { entity_id, signed_by })
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
        let signature = event(EventKind::Signature, FindingCode::SignedAssertion, true, "AA11");
        let came = [signature.clone(), of_response.clone(), verified.clone()];
        assert_eq!(issuer_to_take_over(&came), Some(VerifiedIssuer { entity_id: issuer, signed_by: "AA11" }));
        assert_eq!(issuer_to_take_over(&[verified]), None, "nothing says who signed it");
        for refused in [
            of_response,
            event(EventKind::Issuer, wrong, false, issuer),
            event(EventKind::Issuer, FindingCode::CommonTenant, true, issuer),
            event(EventKind::Issuer, FindingCode::IssuerOtherTenant, true, issuer),
            event(EventKind::Issuer, wrong, true, &"x".repeat(400)),
            event(EventKind::Issuer, wrong, true, "https://idp.example/\u{fffd}"),
        ] {
            assert_eq!(issuer_to_take_over(&[signature.clone(), refused.clone()]), None, "{refused:?}");
        }
    }
}
