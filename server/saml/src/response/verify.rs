//! The signature check: libxml2 and xmlsec, by way of samael, behind the gate.

use chrono::{DateTime, Utc};
use libxml::parser::{Parser, ParserOptions};
use openssl::error::ErrorStack;
use samael::crypto::{AllowedSignatureAlgorithm, CertificateDer, Crypto, CryptoProvider, ReduceMode};

use super::Rejection;
use super::gate::RESPONSE_LIMIT;
use super::signature::Algorithms;
use crate::certificate::SigningCertificate;

/// What samael lets xmlsec use. The gate has already refused everything else, and has seen
/// to the digests and transforms, which samael would not.
const ALLOWED: [AllowedSignatureAlgorithm; 6] = [
    AllowedSignatureAlgorithm::RsaSha256,
    AllowedSignatureAlgorithm::RsaSha384,
    AllowedSignatureAlgorithm::RsaSha512,
    AllowedSignatureAlgorithm::EcdsaSha256,
    AllowedSignatureAlgorithm::EcdsaSha384,
    AllowedSignatureAlgorithm::EcdsaSha512,
];
/// Canonical XML is longer than what it was made from, but not by much in an honest response.
const CANONICAL_LIMIT: usize = 4 * RESPONSE_LIMIT;

/// The bytes that were digested, and what they were verified with.
pub(super) struct Verified<'a> {
    /// The one signed element in canonical XML: the response if it is signed, otherwise the
    /// assertion; without its signature. Nothing else may be read from here on.
    pub(super) canonical: String,
    /// Whose key verified.
    pub(super) certificate: &'a SigningCertificate,
}

/// Verifies every signature of a response that passed the gate, all with one certificate.
pub(super) fn verify<'a>(
    xml: &str,
    signatures: &[&Algorithms],
    certificates: &'a [SigningCertificate],
    now: DateTime<Utc>,
) -> Result<Verified<'a>, Rejection> {
    let needs = signatures.iter().map(|signature| signature.needs_rsa()).collect::<Result<Vec<_>, _>>()?;
    // samael verifies nothing where it finds no signature or no certificate
    if needs.is_empty() {
        return Err(Rejection::SignatureMissing);
    }
    well_formed(xml)?;
    // xmlsec takes a key of the wrong kind for an error of the document's
    let fits = |certificate: &&SigningCertificate| needs.iter().all(|rsa| *rsa == certificate.key().is_rsa());
    // a certificate may be renewed with its old key; the valid one is the one that counts
    let (valid, other): (Vec<_>, Vec<_>) = certificates.iter().filter(fits).partition(|c| c.is_valid_at(now));
    for certificate in valid.into_iter().chain(other) {
        if let Some(canonical) = reduce(xml, certificate) {
            within_validity(certificate, now)?;
            if canonical.len() > CANONICAL_LIMIT {
                return Err(Rejection::TooLarge { limit: CANONICAL_LIMIT, actual: canonical.len() });
            }
            return Ok(Verified { canonical, certificate });
        }
    }
    Err(Rejection::SignatureInvalid)
}

/// samael parses with libxml2 in its recovering mode, which mends what is broken; this
/// parses with the same libxml2 strictly, so that there is nothing to mend. The gate has
/// already refused every DTD, so nothing external could be loaded.
fn well_formed(xml: &str) -> Result<(), Rejection> {
    let strict = ParserOptions { recover: false, no_net: true, ..ParserOptions::default() };
    match Parser::default().parse_string_with_options(xml, strict) {
        Ok(_) => Ok(()),
        Err(_) => Err(Rejection::NotXml { detail: "libxml2 does not accept it".to_owned() }),
    }
}

/// One call of samael, with one certificate. `PreDigest` returns the very bytes that were
/// digested; the other modes leak memory and look for them again in the document.
///
/// xmlsec writes its failures to stderr. Only `xmlSecErrorsDefaultCallbackEnableOutput`,
/// a C function, would silence it; this project calls none itself.
fn reduce(xml: &str, certificate: &SigningCertificate) -> Option<String> {
    let ders = [CertificateDer::from(certificate.der().to_vec())];
    let reduced = <Crypto as CryptoProvider>::reduce_xml_to_signed_with_allowed_algorithms(
        xml,
        &ders,
        ReduceMode::PreDigest,
        Some(&ALLOWED),
    );
    // what a failure leaves in this thread's queue would be taken for somebody else's
    drop(ErrorStack::get());
    reduced.ok().filter(|canonical| !canonical.is_empty())
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
