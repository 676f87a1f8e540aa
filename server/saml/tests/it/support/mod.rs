//! An identity provider shaped like Entra, which signs whatever it is told to.

mod draft;
pub mod encrypt;
mod keys;

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use samael::crypto::{Crypto, CryptoProvider};
use saml::certificate::SigningCertificate;
use saml::response::{
    CLOCK_SKEW, ExpectedAuthn, ExpectedRequest, ExpectedResponse, GatedResponse, Rejection, Trust, VerifiedAssertion,
};

pub use draft::{Draft, Signature, sign};
pub use keys::{
    Key, Validity, certificate, ec_key, expired, other_rsa, other_sp_key, p256, p384, rsa, sp_key, unready,
};

pub const IDP: &str = "https://sts.windows.net/8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55/";
pub const SP: &str = "https://portal.example/saml/contoso";
pub const ACS: &str = "https://portal.example/v2/auth/sso/saml/contoso";
pub const REQUEST: &str = "_0123456789abcdef0123456789abcdef";
pub const PERSON: &str = "b.simon@contoso.com";

/// When every test takes place.
pub fn now() -> DateTime<Utc> {
    "2026-11-23T13:00:00Z".parse().unwrap()
}

pub fn encode(xml: impl AsRef<[u8]>) -> String {
    STANDARD.encode(xml)
}

/// Base64 in lines, or in one.
pub fn decode(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64.split_ascii_whitespace().collect::<String>()).unwrap()
}

/// A message as the HTTP-Redirect binding packs it.
pub fn deflated(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(xml.as_bytes()).unwrap();
    encode(encoder.finish().unwrap())
}

/// Gate and verification with those certificates.
pub fn verify_with(
    xml: &(impl AsRef<[u8]> + ?Sized),
    certificates: &[SigningCertificate],
) -> Result<VerifiedAssertion, Rejection> {
    GatedResponse::decode(&encode(xml))?.verify(&Trust::new(IDP, certificates), &expected(), now())
}

/// What every response here must say.
pub fn expected() -> ExpectedResponse<'static> {
    ExpectedResponse {
        sp_entity_id: SP,
        acs_url: ACS,
        request: ExpectedRequest::Id(REQUEST),
        authn: ExpectedAuthn::default(),
        clock_skew: CLOCK_SKEW,
    }
}

/// Gate and verification with the usual certificate.
pub fn verify(xml: &(impl AsRef<[u8]> + ?Sized)) -> Result<VerifiedAssertion, Rejection> {
    verify_with(xml, &[rsa().certificate.clone()])
}

/// Why a response is rejected.
pub fn rejection_of(xml: &(impl AsRef<[u8]> + ?Sized)) -> Rejection {
    verify(xml).expect_err("refused")
}

/// libxmlsec1 finds the document's signature to be made with that certificate's key.
pub fn xmlsec_verifies(xml: &str, der: &[u8]) -> bool {
    <Crypto as CryptoProvider>::verify_signed_xml(xml, &der.to_vec().into(), Some("ID")).is_ok()
}
