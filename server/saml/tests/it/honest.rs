//! The honest responses of the corpus.

use saml::response::{Engine, GatedResponse, SignedParts};

use crate::corpus::bases::{self, Base, Signs};
use crate::corpus::disk;
use crate::support::*;

fn assert_accepted(base: &Base) {
    let name = base.name();
    let assertion = verify(&base.signed()).unwrap_or_else(|rejection| panic!("{name}: {rejection:?}"));
    assert_eq!(assertion.name_id(), PERSON, "{name}");
    assert_eq!(assertion.name_id_format(), base.name_id_format, "{name}");
    assert_eq!(assertion.assertion_id(), base.assertion_id, "{name}");
    assert!(assertion.session_index().is_some(), "{name}");
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
        let own = gated.signed_bytes(Engine::Own, &certificates, now()).unwrap();
        assert_eq!(Ok(own), gated.signed_bytes(Engine::Samael, &certificates, now()), "{}", base.name());
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
