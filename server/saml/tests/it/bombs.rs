//! Documents that are made to hang, crash, fetch or confuse, and shapes of signatures that
//! make a library do so. None of them has a signature that verifies, and none needs one.

use std::time::{Duration, Instant};

use saml::response::{Construct, GatedResponse, RESPONSE_LIMIT, Rejection};

use crate::support::*;

fn forbidden(what: Construct) -> Rejection {
    Rejection::ForbiddenConstruct { what }
}

fn wrong(what: &'static str) -> Rejection {
    Rejection::WrongShape { what }
}

fn decoded(bytes: impl AsRef<[u8]>) -> Rejection {
    GatedResponse::decode(&encode(bytes)).expect_err("refused")
}

/// The usual response with something in front of its status.
fn stuffed(with: &str) -> String {
    let extensions = format!("<samlp:Extensions>{with}</samlp:Extensions><samlp:Status>");
    Draft::entra().response("<samlp:Status>", &extensions).pretending(&Signature::default())
}

/// So many different pieces.
fn many(number: usize, piece: impl Fn(usize) -> String) -> String {
    (0..number).map(piece).collect()
}

/// Why a signature is refused that differs in one respect.
fn signature(change: impl FnOnce(&mut Signature)) -> Rejection {
    let mut signature = Signature::default();
    change(&mut signature);
    refusal(&Draft::entra().pretending(&signature))
}

#[test]
fn what_is_not_base64_is_refused() {
    assert_eq!(GatedResponse::decode("<Response/>").unwrap_err(), Rejection::NotBase64);
    assert_eq!(GatedResponse::decode("AAA").unwrap_err(), Rejection::NotBase64);
}

#[test]
fn what_is_too_large_is_refused_undecoded_and_decoded() {
    let long = "A".repeat(400 * 1024);
    let limit = 360 * 1024;
    assert_eq!(GatedResponse::decode(&long).unwrap_err(), Rejection::TooLarge { limit, actual: 400 * 1024 });
    let actual = RESPONSE_LIMIT + 1;
    assert_eq!(decoded(" ".repeat(actual)), Rejection::TooLarge { limit: RESPONSE_LIMIT, actual });
}

#[test]
fn other_encodings_are_refused() {
    let xml = Draft::entra().signed();
    let utf16: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decoded(&utf16), forbidden(Construct::Nul));
    assert_eq!(decoded([&[0xff, 0xfe][..], &utf16].concat()), Rejection::NotUtf8);
    assert_eq!(decoded(format!("\u{feff}{xml}")), forbidden(Construct::ByteOrderMark));
    let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-7\"?>{xml}");
    assert_eq!(decoded(declared), forbidden(Construct::ProcessingInstruction));
    assert_eq!(decoded(b"\x80"), Rejection::NotUtf8);
}

#[test]
fn a_document_type_is_refused() {
    let xml = Draft::entra().signed();
    for doctype in [
        "<!DOCTYPE r [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/\">",
        "<!DOCTYPE r [<!ATTLIST Assertion ID ID #IMPLIED>]>",
    ] {
        assert_eq!(decoded(format!("{doctype}{xml}")), forbidden(Construct::Markup));
    }
    let late = format!("{xml}<?x ?>");
    assert_eq!(decoded(late), forbidden(Construct::ProcessingInstruction));
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let xml = Draft::entra().signed();
    for broken in [
        xml[..xml.len() - 5].to_owned(),
        format!("{xml}trailing"),
        xml.replace("</Subject>", ""),
        xml.replace(PERSON, "&undefined;"),
        xml.replace("<samlp:Status>", "<samlp:Status a=\"1\" a=\"2\">"),
        xml.replace("<samlp:Status>", "<samlp:Status x:a=\"1\">"),
        String::new(),
    ] {
        assert!(matches!(decoded(&broken), Rejection::NotXml { .. }), "{broken}");
    }
}

#[test]
fn bombs_are_refused_within_moments() {
    let attributes: String = many(20_000, |n| format!(" a{n}=\"\""));
    let elements = "<a/>".repeat(50_000);
    let depth = "<a>".repeat(40_000);
    let namespaces: String = many(300, |n| format!("<a xmlns:n{n}=\"u:{n}\"/>"));
    let declarations: String = many(28, |n| format!(" xmlns:n{n}=\"u:{n}\""));
    let nested = format!("<a{declarations}><a{declarations}/></a>");
    let long = format!("<a xmlns:n=\"u:{}\"/>", "x".repeat(100_000));
    let started = Instant::now();
    assert_eq!(decoded(stuffed(&format!("<a{attributes}/>"))), forbidden(Construct::Attributes));
    assert_eq!(decoded(stuffed(&elements)), forbidden(Construct::Elements));
    assert_eq!(decoded(stuffed(&depth)), forbidden(Construct::Depth));
    assert_eq!(decoded(stuffed(&namespaces)), forbidden(Construct::Namespaces));
    assert_eq!(decoded(stuffed(&nested)), forbidden(Construct::Namespaces));
    assert_eq!(decoded(stuffed(&long)), forbidden(Construct::LongNamespace));
    assert_eq!(decoded(stuffed("<a xmlns=\"relative\"/>")), forbidden(Construct::RelativeNamespace));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn the_worst_that_passes_the_limits_is_done_within_a_moment() {
    let declarations: String = many(28, |n| format!(" xmlns:n{n}=\"u:{}{n}\"", "x".repeat(200)));
    let nested = format!("<a{declarations}><a><a><a><a><a><a><a>");
    let attributes: String = many(7, |n| format!(" n{n}:a=\"\""));
    let end = "</a>".repeat(8);
    let many_namespaces = format!("{}{}{end}", nested, "<b/>".repeat(3_900));
    let long_namespaces = format!("{}{}{end}", nested, format!("<b{attributes}/>").repeat(2_000));
    let inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    let mut signature = Signature { canonicalization: inclusive.into(), ..Signature::default() };
    signature.transforms = signature.transforms.replace("http://www.w3.org/2001/10/xml-exc-c14n#", inclusive);
    // the key is made before the clock runs
    let _ = rsa();
    for (signature, content) in [(&signature, &many_namespaces), (&Signature::default(), &long_namespaces)] {
        let extensions = format!("<samlp:Extensions>{content}</samlp:Extensions><samlp:Status>");
        let xml = Draft::entra().response("<samlp:Status>", &extensions).pretending_whole(signature);
        let started = Instant::now();
        let refused = refusal(&xml);
        assert!(matches!(refused, Rejection::DigestMismatch | Rejection::TooLarge { .. }), "{refused}");
        assert!(started.elapsed() < Duration::from_millis(500), "{:?}", started.elapsed());
    }
}

#[test]
fn a_reference_to_anything_else_is_refused() {
    let expected = wrong("a signature refers to something else than its own element");
    for uri in [
        "http://127.0.0.1:9/",
        "file:///dev/zero",
        "/dev/zero",
        "",
        "#_r1",
        "#",
        "#xpointer(/)",
        "#xpointer(id('_a1'))",
        "_a1",
    ] {
        assert_eq!(signature(|signature| signature.uri = Some(uri.into())), expected, "{uri}");
    }
}

#[test]
fn transforms_other_than_the_two_of_saml_are_refused() {
    let number = wrong("a reference does not have exactly the two transforms of SAML");
    assert_eq!(signature(|s| s.transforms.clear()), number);
    assert_eq!(signature(|s| s.transforms = s.transforms.repeat(2)), number);
    let one = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    assert_eq!(signature(|s| s.transforms = one.into()), number);
    assert_eq!(signature(|s| s.transforms = format!("{}{one}", s.transforms)), number);

    let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    let first = wrong("a reference has a transform that is not allowed");
    let second = wrong("a canonicalisation or transform is not allowed");
    for other in [
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    ] {
        assert_eq!(signature(|s| s.transforms = s.transforms.replace(enveloped, other)), first, "{other}");
        let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
        assert_eq!(signature(|s| s.transforms = s.transforms.replace(exclusive, other)), second, "{other}");
        assert_eq!(signature(|s| s.canonicalization = other.into()), second, "{other}");
    }
    let xpath = "enveloped-signature\"><ds:XPath>count(//*)</ds:XPath></ds:Transform>";
    assert_eq!(signature(|s| s.transforms = s.transforms.replace("enveloped-signature\"/>", xpath)), first);
}

#[test]
fn twenty_thousand_transforms_are_too_many_elements() {
    let one = "<ds:Transform Algorithm=\"\"/>";
    let xml = Draft::entra().pretending(&Signature { transforms: one.repeat(7_000), ..Signature::default() });
    assert_eq!(decoded(xml), forbidden(Construct::Elements));
    let xml = Draft::entra().pretending(&Signature { transforms: one.repeat(20_000), ..Signature::default() });
    assert!(matches!(decoded(xml), Rejection::TooLarge { .. }));
}

#[test]
fn a_key_to_be_fetched_is_refused() {
    let expected = wrong("a signature's key is to be fetched from elsewhere");
    for pointer in [
        "<ds:RetrievalMethod URI=\"http://127.0.0.1:9/\"/>",
        "<x:KeyInfoReference xmlns:x=\"http://www.w3.org/2009/xmldsig11#\" URI=\"#_a1\"/>",
    ] {
        assert_eq!(signature(|s| s.key_info = format!("<ds:KeyInfo>{pointer}</ds:KeyInfo>")), expected);
    }
}

#[test]
fn objects_manifests_and_second_references_are_refused() {
    let parts = wrong("a signature has parts that do not belong");
    assert_eq!(signature(|s| s.key_info = "<ds:Object/>".into()), parts);
    assert_eq!(signature(|s| s.key_info = "<ds:KeyInfo/><ds:Object><ds:Manifest/></ds:Object>".into()), parts);
    let xml = Draft::entra().pretending(&Signature::default());
    let twice = xml.replace("</ds:SignedInfo>", "<ds:Reference URI=\"#_r1\"/></ds:SignedInfo>");
    assert_eq!(refusal(&twice), wrong("a signature does not have exactly one reference"));
    let typed = xml.replace("<ds:Reference ", "<ds:Reference Type=\"http://www.w3.org/2000/09/xmldsig#Manifest\" ");
    assert_eq!(refusal(&typed), wrong("a reference has attributes that do not belong"));
    let info = &xml[xml.find("<ds:SignedInfo>").unwrap()..xml.find("<ds:SignatureValue>").unwrap()];
    assert_eq!(refusal(&xml.replace(info, &info.repeat(2))), wrong("a signature has no SignatureValue"));
    let length = "rsa-sha256\"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>";
    assert_eq!(refusal(&xml.replace("rsa-sha256\"/>", length)), wrong("a signature method has parameters"));
    let digest = xml.replace("<ds:DigestValue>AAAA", "<ds:DigestValue><a/>AAAA");
    assert_eq!(refusal(&digest), wrong("a reference has no digest"));
    let empty = xml.replace("<ds:SignatureValue>AAAA", "<ds:SignatureValue>");
    assert_eq!(refusal(&empty), wrong("a signature has no SignatureValue"));
}

#[test]
fn parts_that_saml_does_not_know_are_refused() {
    let expected = wrong("an element has a part that SAML does not know");
    let xml = Draft::entra().response("<samlp:Status>", "<x:a xmlns:x=\"urn:x\"/><samlp:Status>").signed();
    assert_eq!(refusal(&xml), expected);
}
