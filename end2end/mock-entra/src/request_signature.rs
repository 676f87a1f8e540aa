//! Verification certificates: requests whose signature counts, as Entra's "Require
//! verification certificates" has it. RSA-SHA256 only, wherever the binding puts it: in the
//! query by HTTP-Redirect, in the document by HTTP-POST.

use samael::crypto::{AllowedSignatureAlgorithm, CertificateDer, Crypto, CryptoProvider, ReduceMode};
use samael::schema::AuthnRequest;
use saml::bindings::redirect::{self, RedirectSignatureError};
use saml::certificate::SigningCertificate;
use saml::response::{Trust, ValidityPolicy};
use url::form_urlencoded;

use crate::aad_sts::{AadSts, aad_sts};
use crate::clock::now;

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// Refuses a query whose signature is not good.
pub(crate) fn verify_query(query: &str, certificates: &[SigningCertificate]) -> Result<(), AadSts> {
    let trust = Trust { validity: ValidityPolicy::Ignored, ..Trust::new("", certificates) };
    redirect::verify(query, &trust, now()).map_err(|error| match error {
        RedirectSignatureError::Unsigned => unsigned(),
        error => invalid(&error),
    })?;
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    if parameters.any(|(name, value)| name == "SigAlg" && value == RSA_SHA256) {
        Ok(())
    } else {
        Err(invalid(&"it is not RSA-SHA256"))
    }
}

/// What was signed of a posted request, and nothing else.
pub(crate) fn verify_posted(xml: &str, certificates: &[SigningCertificate]) -> Result<String, AadSts> {
    // a signature in the query of a posted form is in the wrong place, and so none
    if xml.parse::<AuthnRequest>().is_ok_and(|request| request.signature.is_none()) {
        return Err(unsigned());
    }
    let signed = certificates.iter().find_map(|certificate| signed_part(xml, certificate));
    signed.ok_or_else(|| invalid(&"no verification certificate fits"))
}

fn signed_part(xml: &str, certificate: &SigningCertificate) -> Option<String> {
    let reduced = <Crypto as CryptoProvider>::reduce_xml_to_signed_with_allowed_algorithms(
        xml,
        &[CertificateDer::from(certificate.der().to_vec())],
        ReduceMode::PreDigest,
        Some(&[AllowedSignatureAlgorithm::RsaSha256]),
    );
    reduced.ok().filter(|signed| !signed.is_empty())
}

fn unsigned() -> AadSts {
    aad_sts(76_021, "The request sent by client is not signed while the application requires signed requests.")
}

fn invalid(why: &dyn std::fmt::Display) -> AadSts {
    aad_sts(50_006, format!("Signature verification failed because of an invalid signature: {why}."))
}
