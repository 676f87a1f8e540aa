//! The document as it is sent, and how.

use mock_entra::app::SigningOption;
use mock_entra::encrypt::ContentCipher;
use mock_entra::fault::{Delivery, Fault};
use mock_entra::response::ResponseProtection;

use super::{SP_KEY, made, xml};
use crate::support::fields;

#[test]
fn what_is_too_large_still_fits_into_a_form_of_350_kib() {
    for encryption in [None, Some((SP_KEY.certificate().clone(), ContentCipher::Aes256Cbc))] {
        let answer = made(Fault::TooLarge, &ResponseProtection { signing: SigningOption::Both, encryption });
        let state = "s".repeat(80);
        let form = fields(&[("SAMLResponse", &answer.saml_response), ("RelayState", &state)]);
        assert!(form.len() < 350 * 1024, "{}", form.len());
        assert!(xml(&answer).len() > 256 * 1024);
    }
}

#[test]
fn documents_are_broken_where_they_say() {
    let protection = ResponseProtection::default();
    assert!(xml(&made(Fault::Doctype, &protection)).starts_with("<!DOCTYPE "));
    assert!(made(Fault::NotBase64, &protection).saml_response.starts_with("<samlp:Response"));
    assert_eq!(xml(&made(Fault::TwoAssertions, &protection)).matches("<Assertion ").count(), 2);
    let delivery = |fault| made(fault, &protection).delivery;
    assert_eq!(delivery(Fault::ByGet), Delivery::Query);
    assert_eq!(delivery(Fault::Hold), Delivery::Held);
    assert_eq!(delivery(Fault::None), Delivery::Post);
    assert_eq!(delivery(Fault::WsFederation), Delivery::WsFederation);
    assert_eq!(made(Fault::ByArtifact, &protection).fields(None)[0].0, "SAMLart");
    let relay_state = |fault| made(fault, &protection).fields(Some("_state"))[1].1.clone();
    assert_eq!(relay_state(Fault::ForeignRelayState), "https://intranet.contoso.example/start");
    assert_eq!(relay_state(Fault::None), "_state");
    let address = |fault| made(fault, &protection).address("https://a.example/acs");
    assert_eq!(address(Fault::ReplyUrlMistyped), "https://a.example/acsx");
    assert_eq!(address(Fault::None), "https://a.example/acs");
    let compressed = made(Fault::Compressed, &protection).saml_response;
    assert!(saml::response::decode_deflated(&compressed).is_some_and(|xml| xml.starts_with("<samlp:Response")));
    assert!(saml::response::is_logout_message(&xml(&made(Fault::LogoutAnswer, &protection))));
}
