//! Which engine checks what.

use chrono::{DateTime, Utc};

use super::signed_element::{SignedElement, VerifiedBytes};
use super::{primary, samael};
use crate::certificate::SigningCertificate;
use crate::response::document::ParsedDocument;
use crate::response::rejection::Rejection;
use crate::trust::{Trust, ValidityPolicy};

/// What checks a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureEngine {
    /// Our canonicalisation with OpenSSL. It decides.
    Primary,
    /// samael, with libxml2 and xmlsec.
    Samael,
}

/// Verifies one signature, and looks at the validity of the certificate.
pub(in crate::response) fn verify<'t>(
    parsed: &ParsedDocument,
    signed: SignedElement<'_>,
    trust: &Trust<'t>,
    now: DateTime<Utc>,
) -> Result<VerifiedBytes<'t>, Rejection> {
    let verified = primary::verify(parsed, signed, trust.certificates, now)?;
    if trust.validity == ValidityPolicy::Enforced {
        check_validity(verified.certificate, now)?;
    }
    Ok(verified)
}

/// The bytes that an engine finds signed in a whole document: the response's if the response
/// is signed, otherwise the assertion's. Every signature must verify.
pub(in crate::response) fn signed_bytes(
    engine: SignatureEngine,
    parsed: &ParsedDocument,
    signed: &[SignedElement<'_>],
    certificates: &[SigningCertificate],
    now: DateTime<Utc>,
) -> Result<String, Rejection> {
    match engine {
        SignatureEngine::Primary => {
            let verified = signed.iter().map(|one| primary::verify(parsed, *one, certificates, now));
            let verified: Vec<_> = verified.collect::<Result<_, _>>()?;
            verified.into_iter().next_back().map(|outermost| outermost.canonical).ok_or(Rejection::SignatureMissing)
        }
        SignatureEngine::Samael => samael::verify(parsed, signed, certificates),
    }
}

/// Verifies with samael what the primary engine has verified: it must find the same bytes signed.
pub(in crate::response) fn second_opinion(
    parsed: &ParsedDocument,
    signed: &[SignedElement<'_>],
    certificates: &[SigningCertificate],
    canonical: &str,
) -> Result<(), Rejection> {
    compare_bytes(samael::verify(parsed, signed, certificates), canonical)
}

/// A different result is told apart from no result.
fn compare_bytes(second: Result<String, Rejection>, canonical: &str) -> Result<(), Rejection> {
    match second {
        Ok(bytes) if bytes == canonical => Ok(()),
        Ok(_) | Err(Rejection::SignatureInvalid) => Err(Rejection::EnginesDisagree),
        Err(_) => Err(Rejection::SecondEngineUnreadable),
    }
}

fn check_validity(certificate: &SigningCertificate, now: DateTime<Utc>) -> Result<(), Rejection> {
    if now > certificate.not_after() {
        return Err(Rejection::CertificateExpired { not_after: certificate.not_after() });
    }
    if now < certificate.not_before() {
        return Err(Rejection::CertificateNotYetValid { not_before: certificate.not_before() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::xml::XmlError;

    use super::*;

    #[test]
    fn a_different_result_is_told_apart_from_none() {
        assert_eq!(compare_bytes(Ok("<a></a>".into()), "<a></a>"), Ok(()));
        assert_eq!(compare_bytes(Ok("<b></b>".into()), "<a></a>"), Err(Rejection::EnginesDisagree));
        assert_eq!(compare_bytes(Err(Rejection::SignatureInvalid), "<a></a>"), Err(Rejection::EnginesDisagree));
        let unread = Err(Rejection::NotXml { what: XmlError::UnreadByLibxml });
        assert_eq!(compare_bytes(unread, "<a></a>"), Err(Rejection::SecondEngineUnreadable));
    }
}
