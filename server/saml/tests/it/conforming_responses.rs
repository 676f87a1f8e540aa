//! The honest responses of the corpus.

use saml::response::{GatedResponse, SignatureEngine, SignedParts, Trust};

use crate::corpus::bases::{self, Base, Signs};
use crate::corpus::disk;
use crate::support::encrypt::{AES128_CBC, AES128_GCM, AES256_GCM, Encryption, KeyPlace, RSA_OAEP};
use crate::support::*;

fn assert_accepted(base: &Base) {
    let name = base.name();
    let assertion = verify(&base.signed()).unwrap_or_else(|rejection| panic!("{name}: {rejection:?}"));
    assert_eq!(assertion.name_id(), PERSON, "{name}");
    assert_eq!(assertion.name_id_format(), base.name_id_format, "{name}");
    assert_eq!(assertion.assertion_id(), base.assertion_id, "{name}");
    assert!(assertion.session_indexes().iter().next().is_some(), "{name}");
    let parts = match base.signs {
        Signs::Assertion => SignedParts::Assertion,
        Signs::Response => SignedParts::Response,
        Signs::Both => SignedParts::Both,
    };
    assert_eq!(assertion.signed_parts(), parts, "{name}");
    let read: Vec<_> = assertion.attributes().iter().map(|a| (a.name.as_str(), a.values.clone())).collect();
    let written: Vec<_> =
        base.attributes.iter().map(|(n, v)| (*n, v.iter().map(ToString::to_string).collect())).collect();
    assert_eq!(read, written, "{name}");
}

#[test]
fn the_engines_agree_on_every_style() {
    let certificates = [rsa().certificate.clone()];
    for base in bases::all() {
        let gated = GatedResponse::decode(&encode(base.signed())).unwrap();
        let own = gated.signed_bytes(SignatureEngine::Primary, &certificates, now()).unwrap();
        assert_eq!(Ok(own), gated.signed_bytes(SignatureEngine::Samael, &certificates, now()), "{}", base.name());
    }
}

#[test]
fn every_style_is_accepted_whatever_it_signs() {
    for base in bases::all() {
        assert_accepted(&base);
        disk::compare(&format!("good/{}.xml", base.name()), base.signed().as_bytes());
    }
}

#[test]
fn the_certificates_on_disk_are_those_of_the_keys() {
    for (name, key) in [("idp", rsa()), ("other", other_rsa())] {
        disk::compare(&format!("keys/{name}.crt.pem"), key.certificate.to_pem().as_bytes());
    }
}

/// How each provider encrypts, where it can.
fn encryption(vendor: &str) -> Option<Encryption> {
    let sha256 = Some("http://www.w3.org/2001/04/xmlenc#sha256");
    let entra = Encryption::entra();
    match vendor {
        "google" | "jumpcloud" => None,
        "okta" => Some(Encryption { content: AES256_GCM, ..entra }),
        "keycloak" => {
            let mask = Some("http://www.w3.org/2009/xmlenc11#mgf1sha256");
            Some(Encryption { content: AES256_GCM, transport: RSA_OAEP, digest: sha256, mask, ..entra })
        }
        "onelogin" => Some(Encryption { place: KeyPlace::Beside, names_recipient: false, ..entra }),
        "shibboleth" => Some(Encryption { content: AES128_GCM, ..entra }),
        "simplesamlphp" => Some(Encryption { content: AES128_CBC, digest: None, names_recipient: false, ..entra }),
        _ => Some(entra),
    }
}

/// The assertion as a document of its own, which is how providers encrypt it: with the
/// namespaces that the response around it declares.
fn by_itself(assertion: &str, response: &str) -> String {
    let (start, rest) = assertion.split_once('>').unwrap();
    let (around, _) = response.split_once('>').unwrap();
    let declared = around.split_ascii_whitespace().filter(|part| part.starts_with("xmlns:"));
    let missing = declared.filter(|part| !start.contains(part.split_once('=').unwrap().0));
    let missing: Vec<_> = missing.map(|part| format!(" {part}")).collect();
    format!("{start}{}>{rest}", missing.concat())
}

/// Signed inside, encrypted, and signed outside, as the base says.
fn encrypted(base: &Base, encryption: &Encryption) -> String {
    let inner = Base { signs: Signs::Assertion, ..base.clone() };
    let inner = if base.signs == Signs::Response { base.unsigned() } else { inner.signed() };
    let assertion = base.cut(&inner, "Assertion");
    let hidden = encryption.of(&by_itself(&assertion, &base.response), sp_key().certificate_der());
    if base.signs == Signs::Assertion {
        return inner.replace(&assertion, &hidden);
    }
    Base { signs: Signs::Response, assertion: format!("{hidden}{}", bases::SIGNATURE_HERE), ..base.clone() }.signed()
}

#[test]
fn every_style_is_accepted_encrypted_as_its_provider_does() {
    let certificates = [rsa().certificate.clone()];
    let keys = [sp_key().clone()];
    let trust = Trust { decryption_keys: &keys, ..Trust::new(IDP, &certificates) };
    let mut count = 0;
    for base in bases::all() {
        let Some(encryption) = encryption(base.vendor) else { continue };
        let name = base.name();
        let gated = GatedResponse::decode(&encode(encrypted(&base, &encryption))).unwrap();
        let assertion = gated.verify(&trust, &expected(), now());
        let assertion = assertion.unwrap_or_else(|rejection| panic!("{name}: {rejection:?}"));
        assert_eq!((assertion.name_id(), assertion.was_encrypted()), (PERSON, true), "{name}");
        count += 1;
    }
    assert_eq!(count, 8 * 3);
}
