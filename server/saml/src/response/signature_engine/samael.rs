//! samael's engine, for a second opinion: libxml2 and xmlsec, behind the same gate.

use libxml::parser::{Parser, ParserOptions};
use openssl::error::ErrorStack;
use samael::crypto::{AllowedSignatureAlgorithm, CertificateDer, Crypto, CryptoError, CryptoProvider, ReduceMode};

use super::signed_element::SignedElement;
use crate::certificate::SigningCertificate;
use crate::response::document::ParsedDocument;
use crate::response::rejection::Rejection;
use crate::xml::XmlError;

/// What samael lets xmlsec use. The gate sees to the digests and transforms, which samael
/// would not.
const ALLOWED: [AllowedSignatureAlgorithm; 6] = [
    AllowedSignatureAlgorithm::RsaSha256,
    AllowedSignatureAlgorithm::RsaSha384,
    AllowedSignatureAlgorithm::RsaSha512,
    AllowedSignatureAlgorithm::EcdsaSha256,
    AllowedSignatureAlgorithm::EcdsaSha384,
    AllowedSignatureAlgorithm::EcdsaSha512,
];

/// Verifies every signature of a gated document, each with any one of the certificates, and
/// returns the bytes that the outermost was over.
///
/// One certificate is tried at a time, because xmlsec may take a key that does not fit for a
/// broken document; all together only where that does not help, and two signatures may be of
/// two keys.
pub(super) fn verify(
    parsed: &ParsedDocument,
    signed: &[SignedElement<'_>],
    certificates: &[SigningCertificate],
) -> Result<String, Rejection> {
    let methods = signed.iter().map(|signed| signed.signature.algorithms()).collect::<Result<Vec<_>, _>>()?;
    let (method, _) = methods.first().ok_or(Rejection::SignatureMissing)?;
    let xml = parsed.borrow_owner();
    check_well_formed(xml)?;
    // xmlsec takes a key of the wrong kind for an error of the document's
    let fits = |certificate: &&SigningCertificate| certificate.key().is_rsa() == method.is_rsa();
    let mut last = Rejection::SignatureInvalid;
    let fitting: Vec<_> = certificates.iter().filter(fits).collect();
    for certificate in &fitting {
        match reduce_to_signed(xml, &[certificate]) {
            Ok(canonical) => return Ok(canonical),
            Err(rejection) => last = rejection,
        }
    }
    if signed.len() > 1 && fitting.len() > 1 { reduce_to_signed(xml, &fitting) } else { Err(last) }
}

/// samael parses with libxml2 in its recovering mode, which repairs what is broken. This
/// parses with the same libxml2 strictly, so that there is nothing to repair.
fn check_well_formed(xml: &str) -> Result<(), Rejection> {
    let strict = ParserOptions { recover: false, no_net: true, ..ParserOptions::default() };
    match Parser::default().parse_string_with_options(xml, strict) {
        Ok(_) => Ok(()),
        Err(_) => Err(Rejection::NotXml { what: XmlError::UnreadByLibxml }),
    }
}

/// One call of samael. `PreDigest` returns the very bytes that were
/// digested; the other modes leak memory and look for them again in the document.
///
/// xmlsec writes its failures to stderr. Only `xmlSecErrorsDefaultCallbackEnableOutput`,
/// a C function, would silence it; this project calls none itself.
fn reduce_to_signed(xml: &str, certificates: &[&SigningCertificate]) -> Result<String, Rejection> {
    let ders: Vec<_> =
        certificates.iter().map(|certificate| CertificateDer::from(certificate.der().to_vec())).collect();
    let reduced = <Crypto as CryptoProvider>::reduce_xml_to_signed_with_allowed_algorithms(
        xml,
        &ders,
        ReduceMode::PreDigest,
        Some(&ALLOWED),
    );
    // OpenSSL leaves errors in this thread's queue, where its next caller would find them
    drop(ErrorStack::get());
    match reduced {
        Ok(canonical) if !canonical.is_empty() => Ok(canonical),
        Ok(_) | Err(CryptoError::InvalidSignature) => Err(Rejection::SignatureInvalid),
        Err(_) => Err(Rejection::NotXml { what: XmlError::UnreadByXmlsec }),
    }
}
