//! Whatever is posted, the answer is a verdict.

use proptest::collection::vec;
use proptest::prelude::*;
use saml::bindings::redirect;
use saml::logout::LogoutMessage;
use saml::metadata::IdpMetadata;
use saml::response::GatedResponse;

use crate::logout;
use crate::support::*;

/// A piece of XML, or of what looks like it.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[<>/=\"' a-c:&;!?#-]{0,12}",
        Just("<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"a\">".to_owned()),
        Just("<Assertion xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"b\">".to_owned()),
        Just("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">".to_owned()),
        Just("</samlp:Response>".to_owned()),
        Just("</Assertion>".to_owned()),
        Just("</Signature>".to_owned()),
        Just("<?xml version='1.0'?>".to_owned()),
        "\\PC{0,8}",
    ]
}

/// A change to a document: where, how much is taken out, what is put in.
fn change() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    (any::<prop::sample::Index>(), 0_usize..40, prop_oneof![piece(), Just(String::new())])
}

fn changed(xml: &str, changes: &[(prop::sample::Index, usize, String)]) -> String {
    let mut characters: Vec<char> = xml.chars().collect();
    for (place, length, text) in changes {
        let start = place.index(characters.len().max(1)).min(characters.len());
        let end = (start + length).min(characters.len());
        characters.splice(start..end, text.chars());
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_gate_panic_or_let_anybody_in(bytes in vec(any::<u8>(), 0..400)) {
        let verdict = GatedResponse::decode(&encode(&bytes));
        prop_assert!(verdict.is_err());
        prop_assert!(IdpMetadata::parse(&bytes).is_err());
        prop_assert!(saml::upload::read_certificates(&bytes).is_err());
    }

    #[test]
    fn no_form_value_makes_the_gate_panic(value in "\\PC{0,200}") {
        prop_assert!(GatedResponse::decode(&value).is_err());
        let message = redirect::decode(&value);
        prop_assert!(message.is_err());
    }

    #[test]
    fn no_pile_of_tags_is_verified(pieces in vec(piece(), 0..30)) {
        prop_assert!(verify(&pieces.concat()).is_err());
    }

    #[test]
    fn a_changed_response_never_signs_anybody_else_in(changes in vec(change(), 1..4)) {
        let xml = changed(&Draft::entra().signed(), &changes);
        if let Ok(assertion) = verify(&xml) {
            prop_assert_eq!(assertion.name_id(), PERSON);
            prop_assert_eq!(assertion.assertion_id(), "_a1");
        }
    }

    #[test]
    fn a_changed_query_never_signs_anybody_else_out(changes in vec(change(), 1..4)) {
        if let Ok(LogoutMessage::Request(read)) = logout::receive(&changed(&logout::signed_request(), &changes)) {
            prop_assert_eq!((read.id.as_str(), read.name_id.value.as_str()), ("_idp1", PERSON));
            prop_assert_eq!(read.relay_state.as_deref(), Some("state"));
        }
    }

    #[test]
    fn a_changed_document_never_makes_logout_panic(changes in vec(change(), 1..4)) {
        // signed after the change: an identity provider that writes nonsense
        drop(logout::receive(&logout::signed_request_of(|xml| changed(xml, &changes))));
    }
}
