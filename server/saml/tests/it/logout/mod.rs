//! Single logout, both ways.

mod posted;
mod received;
mod written;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use saml::logout::{ExpectedLogoutMessage, LogoutMessage, LogoutRejection};
use saml::response::{CLOCK_SKEW, Trust};

use crate::support::*;

const SLO: &str = "https://portal.example/saml/contoso/logout";
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// Entra's request, as its documentation shows it.
fn request() -> String {
    format!(
        "<samlp:LogoutRequest xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_idp1\" Version=\"2.0\" IssueInstant=\"2026-11-23T12:59:58.123Z\" NotOnOrAfter=\"2026-11-23T13:05:00Z\" Destination=\"{SLO}\"><Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{IDP}</Issuer><NameID xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" Format=\"urn:f\" NameQualifier=\"q\" SPNameQualifier=\"s\">{PERSON}</NameID><samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex></samlp:LogoutRequest>"
    )
}

fn response() -> String {
    format!(
        "<samlp:LogoutResponse ID=\"_idp2\" Version=\"2.0\" IssueInstant=\"2026-11-23T12:59:58.123Z\" Destination=\"{SLO}\" InResponseTo=\"{REQUEST}\" xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"><Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{IDP}</Issuer><samlp:Status><samlp:StatusCode Value=\"{SUCCESS}\"/></samlp:Status></samlp:LogoutResponse>"
    )
}

fn plain(parameter: &str, xml: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair(parameter, &deflated(xml)).append_pair("RelayState", "state").finish()
}

fn signed_by(key: &Key, parameter: &str, xml: &str) -> String {
    let algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    let octets = url::form_urlencoded::Serializer::new(plain(parameter, xml)).append_pair("SigAlg", algorithm).finish();
    let mut signer = Signer::new(MessageDigest::sha256(), &key.private).unwrap();
    let signature = STANDARD.encode(signer.sign_oneshot_to_vec(octets.as_bytes()).unwrap());
    url::form_urlencoded::Serializer::new(octets).append_pair("Signature", &signature).finish()
}

fn signed(parameter: &str, xml: &str) -> String {
    signed_by(rsa(), parameter, xml)
}

fn receive_from(idp_entity_id: &str, query: &str) -> Result<LogoutMessage, LogoutRejection> {
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(idp_entity_id, &certificates);
    let expected = ExpectedLogoutMessage { slo_url: SLO, in_response_to: Some(REQUEST), clock_skew: CLOCK_SKEW };
    LogoutMessage::from_redirect(query, &trust, &expected, now())
}

pub fn receive(query: &str) -> Result<LogoutMessage, LogoutRejection> {
    receive_from(IDP, query)
}

/// A good request, signed.
pub fn signed_request() -> String {
    signed_request_of(str::to_owned)
}

/// A request, changed, then signed.
pub fn signed_request_of(change: impl FnOnce(&str) -> String) -> String {
    signed("SAMLRequest", &change(&request()))
}
