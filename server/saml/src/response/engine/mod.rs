//! The signature check behind the gate, by either of two engines that share no code: ours
//! (`own`: canonicalisation of the gated tree, and OpenSSL), and samael's (`samael`: libxml2
//! and xmlsec). Ours decides; the other is the oracle of the tests and of the fuzzer, and the
//! second opinion on what ours has accepted (`docs/decisions/0009`).

mod own;
mod samael;

use chrono::{DateTime, Utc};
use roxmltree::NodeId;

use super::document::Parsed;
use super::signature::Signature;
use super::{Rejection, Trust, ValidityPolicy};
use crate::certificate::SigningCertificate;

/// Who checks a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Our canonicalisation, and OpenSSL.
    Own,
    /// samael, with libxml2 and xmlsec.
    Samael,
}

/// A signed element and its signature, as the gate saw them.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) element: NodeId,
    pub(super) signature: &'a Signature,
}

/// The bytes that were digested, and what they were verified with.
#[derive(Clone, Debug)]
pub(super) struct Verified<'t> {
    /// The signed element in canonical XML, without its signature. Nothing else may be read
    /// from here on.
    pub(super) canonical: String,
    /// Whose key verified.
    pub(super) certificate: &'t SigningCertificate,
}

/// Verifies one signature, and looks at the validity of the certificate.
pub(super) fn verify<'t>(
    parsed: &Parsed,
    signed: Signed<'_>,
    trust: &Trust<'t>,
    now: DateTime<Utc>,
) -> Result<Verified<'t>, Rejection> {
    let verified = own::verify(parsed, signed, trust.certificates, now)?;
    if trust.validity == ValidityPolicy::Enforced {
        within_validity(verified.certificate, now)?;
    }
    Ok(verified)
}

/// The bytes that an engine finds signed in a whole document: the response's if the response
/// is signed, otherwise the assertion's. Every signature must verify.
pub(super) fn signed_bytes(
    engine: Engine,
    parsed: &Parsed,
    signed: &[Signed<'_>],
    certificates: &[SigningCertificate],
    now: DateTime<Utc>,
) -> Result<String, Rejection> {
    match engine {
        Engine::Own => {
            let verified = signed.iter().map(|one| own::verify(parsed, *one, certificates, now));
            let verified: Vec<_> = verified.collect::<Result<_, _>>()?;
            verified.into_iter().next_back().map(|outermost| outermost.canonical).ok_or(Rejection::SignatureMissing)
        }
        Engine::Samael => samael::verify(parsed, signed, certificates),
    }
}

/// Asks samael too, about what ours has verified: it must find the very same bytes signed.
pub(super) fn second_opinion(
    parsed: &Parsed,
    signed: &[Signed<'_>],
    certificates: &[SigningCertificate],
    canonical: &str,
) -> Result<(), Rejection> {
    compare(samael::verify(parsed, signed, certificates), canonical)
}

/// Another view of what is signed is told from none at all.
fn compare(second: Result<String, Rejection>, canonical: &str) -> Result<(), Rejection> {
    match second {
        Ok(bytes) if bytes == canonical => Ok(()),
        Ok(_) | Err(Rejection::SignatureInvalid) => Err(Rejection::EnginesDisagree),
        Err(_) => Err(Rejection::SecondEngineUnread),
    }
}

/// The certificates whose kind of key fits: those that the sender names first, then the
/// valid ones, since a certificate may be renewed with its old key and the valid one is the
/// one that counts.
fn candidates<'t>(
    certificates: &'t [SigningCertificate],
    is_rsa: bool,
    hints: &[String],
    now: DateTime<Utc>,
) -> Vec<&'t SigningCertificate> {
    let fits = |certificate: &&SigningCertificate| certificate.key().is_rsa() == is_rsa;
    let mut candidates: Vec<_> = certificates.iter().filter(fits).collect();
    if candidates.len() > 1 {
        candidates.sort_by_key(|certificate| {
            let hinted = hints.iter().any(|hint| *hint == certificate.base64());
            (!certificate.is_valid_at(now), !hinted)
        });
    }
    candidates
}

fn within_validity(certificate: &SigningCertificate, now: DateTime<Utc>) -> Result<(), Rejection> {
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
    use super::*;

    #[test]
    fn another_view_is_told_from_none() {
        assert_eq!(compare(Ok("<a></a>".into()), "<a></a>"), Ok(()));
        assert_eq!(compare(Ok("<b></b>".into()), "<a></a>"), Err(Rejection::EnginesDisagree));
        assert_eq!(compare(Err(Rejection::SignatureInvalid), "<a></a>"), Err(Rejection::EnginesDisagree));
        let unread = Err(Rejection::NotXml { detail: "too long".into() });
        assert_eq!(compare(unread, "<a></a>"), Err(Rejection::SecondEngineUnread));
    }
}
