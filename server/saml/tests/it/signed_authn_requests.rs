//! Our requests, signed, before verifiers that are not ours: OpenSSL over the octets of the
//! address, xmlsec over the posted document.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Public};
use openssl::sign::Verifier;
use openssl::x509::X509;
use saml::authn_request::{AuthnRequest, ReceivedAuthnRequest, RequestId, RequestOptions};
use saml::bindings::SendError;
use saml::bindings::redirect;
use saml::response::Trust;

use crate::schema::assert_valid;
use crate::support::*;

const SSO: &str = "https://accounts.google.com/o/saml2/idp?idpid=C0%2f1";
const AWKWARD: &str = "urn:a&b<c>\"d'\r\n\t\u{e9}";

fn id() -> RequestId {
    RequestId::from_random([0xab; 16])
}

fn request<'a>(id: &'a RequestId, options: &'a RequestOptions) -> AuthnRequest<'a> {
    AuthnRequest { id, issuer: AWKWARD, acs_url: ACS, destination: SSO, issue_instant: now(), options }
}

fn everything() -> RequestOptions {
    RequestOptions {
        force_authn: true,
        is_passive: true,
        name_id_format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".into()),
        authn_context: vec![
            "urn:oasis:names:tc:SAML:2.0:ac:classes:X509".into(),
            "urn:oasis:names:tc:SAML:2.0:ac:classes:Password".into(),
        ],
    }
}

fn public() -> PKey<Public> {
    X509::from_der(sp_key().certificate_der()).unwrap().public_key().unwrap()
}

fn names(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    document.root_element().children().map(|child| child.tag_name().name().to_owned()).collect()
}

#[test]
fn the_octets_of_the_address_are_what_is_signed() {
    let (id, options) = (id(), everything());
    let url = request(&id, &options).redirect_url("a b&c/é", Some("b.simon@contoso.com"), Some(sp_key())).unwrap();
    let signed = url.as_str().strip_prefix(&format!("{SSO}&")).expect("the address's own query stays in front");
    assert!(signed.starts_with("SAMLRequest="), "{signed}");
    let (octets, rest) = signed.split_once("&Signature=").unwrap();
    let (signature, hint) = rest.split_once('&').unwrap();
    assert_eq!(hint, "login_hint=b.simon%40contoso.com");
    let parts: Vec<_> = octets.split('&').map(|part| part.split_once('=').unwrap().0).collect();
    assert_eq!(parts, ["SAMLRequest", "RelayState", "SigAlg"]);
    assert!(octets.ends_with("&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256"), "{octets}");
    let signature: Vec<u8> = percent_decoded(signature);
    let public = public();
    let mut verifier = Verifier::new(MessageDigest::sha256(), &public).unwrap();
    assert!(verifier.verify_oneshot(&STANDARD.decode(signature).unwrap(), octets.as_bytes()).unwrap());
    let message =
        redirect::verify(url.query().unwrap(), &Trust::new(SP, &[sp_key().certificate().clone()]), now()).unwrap();
    assert_eq!(message.relay_state.as_deref(), Some("a b&c/é"));
    assert_eq!(message.xml, request(&id, &options).to_xml());
    assert!(!message.xml.contains("Signature"));
}

fn percent_decoded(value: &str) -> Vec<u8> {
    let mut pairs = url::form_urlencoded::parse(value.as_bytes());
    pairs.next().unwrap().0.into_owned().into_bytes()
}

#[test]
fn without_a_relay_state_there_is_no_such_parameter() {
    let (id, options) = (id(), RequestOptions::NONE);
    let url = request(&id, &options).redirect_url("", None, Some(sp_key())).unwrap();
    assert!(!url.as_str().contains("RelayState"), "{url}");
    assert!(redirect::verify(url.query().unwrap(), &Trust::new(SP, &[sp_key().certificate().clone()]), now()).is_ok());
    let form = request(&id, &options).post_form("", None).unwrap();
    assert_eq!(form.relay_state, "");
}

#[test]
fn options_are_written_in_the_order_of_the_schema() {
    let (id, options) = (id(), everything());
    let xml = request(&id, &options).to_xml();
    assert_eq!(names(&xml), ["Issuer", "NameIDPolicy", "RequestedAuthnContext"]);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!((root.attribute("ForceAuthn"), root.attribute("IsPassive")), (Some("true"), Some("true")));
    let policy = root.children().nth(1).unwrap();
    assert_eq!(policy.attribute("Format"), options.name_id_format.as_deref());
    assert_eq!(policy.attribute("AllowCreate"), Some("true"));
    let context = root.last_child().unwrap();
    assert_eq!(context.attribute("Comparison"), Some("exact"));
    let classes: Vec<_> = context.children().filter_map(|class| class.text()).collect();
    assert_eq!(classes, options.authn_context);
    assert_valid("protocol", &xml);
    assert_valid("protocol", &request(&id, &RequestOptions::NONE).to_xml());
}

#[test]
fn a_transient_name_is_not_allowed_to_be_created() {
    let format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    let options = RequestOptions { name_id_format: Some(format.into()), ..RequestOptions::NONE };
    let xml = request(&id(), &options).to_xml();
    assert!(xml.contains(&format!("<samlp:NameIDPolicy Format=\"{format}\"/>")), "{xml}");
}

#[test]
fn a_posted_request_holds_a_signature_that_xmlsec_verifies() {
    let (id, options) = (id(), everything());
    let form = request(&id, &options).post_form("state", Some(sp_key())).unwrap();
    assert_eq!((form.action.as_str(), form.parameter, form.relay_state.as_str()), (SSO, "SAMLRequest", "state"));
    let xml = String::from_utf8(STANDARD.decode(&form.message).unwrap()).unwrap();
    assert_eq!(names(&xml), ["Issuer", "Signature", "NameIDPolicy", "RequestedAuthnContext"]);
    assert_valid("protocol", &xml);
    assert!(xml.contains(&format!("<ds:X509Certificate>{}</ds:X509Certificate>", sp_key().certificate_base64())));
    assert!(xml.contains(&format!("<ds:Reference URI=\"#{id}\">")));
    assert_eq!(ReceivedAuthnRequest::parse(&xml).unwrap().issuer, AWKWARD);
    assert!(xmlsec_verifies(&xml, sp_key().certificate_der()));
    for (from, to) in [("ForceAuthn=\"true\"", "ForceAuthn=\"false\""), ("X509<", "PPT<"), ("urn:a&amp;b", "urn:a")] {
        assert!(xml.contains(from), "{from}");
        assert!(!xmlsec_verifies(&xml.replace(from, to), sp_key().certificate_der()), "{from}");
    }
    assert!(!xmlsec_verifies(&xml, other_rsa().certificate.der()));
}

#[test]
fn an_unsigned_form_holds_the_plain_request() {
    let (id, options) = (id(), RequestOptions::NONE);
    let form = request(&id, &options).post_form("state", None).unwrap();
    assert_eq!(STANDARD.decode(form.message).unwrap(), request(&id, &options).to_xml().into_bytes());
}

#[test]
fn a_form_goes_to_web_addresses_only_with_a_short_relay_state() {
    let (id, options) = (id(), RequestOptions::NONE);
    let at = |destination| AuthnRequest { destination, ..request(&id, &options) };
    let script = at("javascript:alert(1)").post_form("", None).unwrap_err();
    assert_eq!(script, SendError::NotHttp { scheme: "javascript".into() });
    let long = at(SSO).post_form(&"a".repeat(81), None).unwrap_err();
    assert_eq!(long, SendError::RelayStateTooLong { actual: 81 });
}
