//! Signature wrapping: a signature that verifies, beside content that was never signed.
//!
//! The numbers are those of "On Breaking SAML" (Somorovsky and others, 2012).

use saml::response::{Construct, Rejection};

use crate::support::*;

const EVIL: &str = "admin@contoso.com";

/// The parts of a response, for putting together differently.
struct Parts {
    /// The whole, well signed.
    whole: String,
    /// Its signature.
    signature: String,
    /// What is signed, without the signature.
    naked: String,
    /// The same with another person and another ID.
    evil: String,
}

fn cut<'a>(xml: &'a str, from: &str, to: &str) -> &'a str {
    let start = xml.find(from).unwrap();
    let end = xml[start..].rfind(to).unwrap() + start + to.len();
    &xml[start..end]
}

fn parts(whole: String, element: &str, id: &str) -> Parts {
    let signature = cut(&whole, "<ds:Signature ", "</ds:Signature>").to_owned();
    let signed = cut(&whole, &format!("<{element} "), &format!("</{element}>")).to_owned();
    let naked = signed.replace(&signature, "");
    let evil = naked.replace(PERSON, EVIL).replace(id, "_evil");
    Parts { whole, signature, naked, evil }
}

fn assertion_parts() -> (Parts, String) {
    let parts = parts(Draft::entra().signed(), "Assertion", "_a1");
    let signed = cut(&parts.whole, "<Assertion ", "</Assertion>").to_owned();
    (parts, signed)
}

fn response_parts() -> Parts {
    parts(Draft::entra().response_signed(rsa(), &Signature::default()), "samlp:Response", "_r1")
}

/// `xml` with the signature put behind its first issuer.
fn sign_again(xml: &str, signature: &str) -> String {
    xml.replacen("</Issuer>", &format!("</Issuer>{signature}"), 1)
}

fn wrong(what: &'static str) -> Rejection {
    Rejection::WrongShape { what }
}

const STRAY_RESPONSE: &str = "there is a response within the response";
const STRAY_ASSERTION: &str = "an assertion stands where none belongs";

#[test]
fn xsw1_the_signed_response_inside_its_signature() {
    let Parts { signature, naked, evil, .. } = response_parts();
    let wrapper = signature.replace("</ds:Signature>", &format!("<ds:Object>{naked}</ds:Object></ds:Signature>"));
    assert_eq!(refusal(&sign_again(&evil.replace("_a1", "_a2"), &wrapper)), wrong(STRAY_RESPONSE));
}

#[test]
fn xsw2_the_signed_response_beside_its_signature() {
    let Parts { signature, naked, evil, .. } = response_parts();
    let xml = sign_again(&evil.replace("_a1", "_a2"), &format!("{naked}{signature}"));
    assert_eq!(refusal(&xml), wrong(STRAY_RESPONSE));
}

#[test]
fn xsw3_a_second_assertion_before_the_signed_one() {
    let (parts, signed) = assertion_parts();
    let xml = parts.whole.replace(&signed, &format!("{}{signed}", parts.evil));
    assert_eq!(refusal(&xml), wrong("there are several assertions"));
    let after = parts.whole.replace(&signed, &format!("{signed}{}", parts.evil));
    assert_eq!(refusal(&after), wrong("there are several assertions"));
}

#[test]
fn xsw4_the_signed_assertion_within_another() {
    let (parts, signed) = assertion_parts();
    let evil = parts.evil.replace("</Assertion>", &format!("{signed}</Assertion>"));
    assert_eq!(refusal(&parts.whole.replace(&signed, &evil)), wrong(STRAY_ASSERTION));
}

#[test]
fn xsw5_the_signature_moved_and_the_signed_assertion_behind() {
    let (parts, signed) = assertion_parts();
    let evil = sign_again(&parts.evil, &parts.signature);
    let xml = parts.whole.replace(&signed, &format!("{evil}{}", parts.naked));
    assert_eq!(refusal(&xml), wrong("there are several assertions"));
}

#[test]
fn xsw6_the_signed_assertion_inside_its_moved_signature() {
    let (parts, signed) = assertion_parts();
    let wrapper = parts.signature.replace("</ds:Signature>", &format!("{}</ds:Signature>", parts.naked));
    let xml = parts.whole.replace(&signed, &sign_again(&parts.evil, &wrapper));
    assert_eq!(refusal(&xml), wrong(STRAY_ASSERTION));
}

#[test]
fn xsw7_another_assertion_in_the_extensions() {
    let (parts, signed) = assertion_parts();
    let extensions = format!("<samlp:Extensions>{}</samlp:Extensions>", parts.evil);
    let xml = parts.whole.replace(&signed, &format!("{extensions}{signed}"));
    assert_eq!(refusal(&xml), wrong(STRAY_ASSERTION));
    let same_id = parts.naked.replace(PERSON, EVIL);
    let extensions = format!("<samlp:Extensions>{same_id}</samlp:Extensions>");
    let xml = parts.whole.replace(&signed, &format!("{extensions}{signed}"));
    assert_eq!(refusal(&xml), Rejection::ForbiddenConstruct { what: Construct::DuplicateId });
}

#[test]
fn xsw8_the_signed_assertion_in_an_object_of_its_signature() {
    let (parts, signed) = assertion_parts();
    let object = format!("<ds:Object>{}</ds:Object></ds:Signature>", parts.naked);
    let wrapper = parts.signature.replace("</ds:Signature>", &object);
    let xml = parts.whole.replace(&signed, &sign_again(&parts.evil, &wrapper));
    assert_eq!(refusal(&xml), wrong(STRAY_ASSERTION));
}

#[test]
fn an_assertion_of_another_namespace_is_no_hiding_place() {
    let (parts, signed) = assertion_parts();
    let hidden = format!("<x:Assertion xmlns:x=\"urn:x\"/>{signed}");
    assert_eq!(refusal(&parts.whole.replace(&signed, &hidden)), wrong(STRAY_ASSERTION));
    let hidden = format!("<samlp:Extensions><x:Signature xmlns:x=\"urn:x\"/></samlp:Extensions>{signed}");
    let xml = parts.whole.replace(&signed, &hidden);
    assert_eq!(refusal(&xml), wrong("a signature stands where none belongs"));
}

#[test]
fn a_signature_elsewhere_is_refused() {
    let (parts, _) = assertion_parts();
    let moved = parts.whole.replace(&parts.signature, "");
    let in_subject = moved.replace("</Subject>", &format!("{}</Subject>", parts.signature));
    assert_eq!(refusal(&in_subject), wrong("a signature stands where none belongs"));
    let twice = parts.whole.replace(&parts.signature, &parts.signature.repeat(2));
    assert_eq!(refusal(&twice), wrong("an element has two signatures"));
}

#[test]
fn a_signature_of_the_assertion_on_the_response_is_refused() {
    let (parts, _) = assertion_parts();
    let moved = parts.whole.replace(&parts.signature, "");
    let expected = wrong("a signature refers to something else than its own element");
    assert_eq!(refusal(&sign_again(&moved, &parts.signature)), expected);
}

#[test]
fn the_same_id_twice_is_refused_however_it_is_written() {
    let expected = || Rejection::ForbiddenConstruct { what: Construct::DuplicateId };
    let draft = Draft::entra().response("ID=\"_r1\"", "ID=\"_a1\"");
    assert_eq!(refusal(&draft.signed()), expected());
    for name in ["Id", "id", "iD", "samlp:ID"] {
        let draft = Draft::entra().response("<samlp:Status>", &format!("<samlp:Status {name}=\"_a1\">"));
        assert_eq!(refusal(&draft.signed()), expected(), "{name}");
    }
    let draft = Draft::entra().response("<samlp:Status>", "<samlp:Status xml:id=\"_b1\">");
    assert_eq!(refusal(&draft.signed()), Rejection::ForbiddenConstruct { what: Construct::XmlId });
}

#[test]
fn a_document_that_is_no_response_is_refused() {
    let (_, signed) = assertion_parts();
    assert_eq!(refusal(&signed), wrong("the document is not a Response"));
    let foreign = Draft::entra().response("urn:oasis:names:tc:SAML:2.0:protocol", "urn:x").signed();
    assert_eq!(refusal(&foreign), wrong("the document is not a Response"));
}

#[test]
fn a_comment_or_cdata_in_the_name_is_refused_unread() {
    for inside in ["<!-- -->", "<![CDATA[]]>", "<!---->.evil.com"] {
        let xml = Draft::entra().signed().replace(PERSON, &format!("b.simon@contoso.com{inside}"));
        assert_eq!(refusal(&xml), Rejection::ForbiddenConstruct { what: Construct::Markup });
    }
    let xml = Draft::entra().signed().replace(PERSON, "b.simon<?x y?>@contoso.com");
    assert_eq!(refusal(&xml), Rejection::ForbiddenConstruct { what: Construct::ProcessingInstruction });
}
