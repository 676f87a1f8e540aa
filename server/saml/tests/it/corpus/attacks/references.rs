//! References to something else than the signed element, transforms that compute, fetch or
//! choose, and signatures with more in them than SAML puts there. Where xmlsec can make
//! such a signature it is a good one; the others are rejected before any value is looked at.

use super::{AttackSample, bad, shape, strong};
use crate::corpus::bases::{Base, Signs};
use crate::corpus::edit;
use crate::corpus::signature::{ENVELOPED, EXCLUSIVE};

const ELSEWHERE: &str = "a signature refers to something else than its own element";
const OTHER_NUMBER: &str = "a reference has none of SAML's transforms, or more than those two";
const TRANSFORM: &str = "a reference has a transform that is not allowed";
const CANONICALIZATION: &str = "a canonicalisation or transform is not allowed";
const PARTS: &str = "a signature has parts that do not belong";
const ONE_REFERENCE: &str = "a signature does not have exactly one reference";
const FETCHED: &str = "a signature's key is to be fetched from elsewhere";

pub fn of(base: &Base) -> Vec<AttackSample> {
    // both signatures would say the same, so one is enough
    if base.signs == Signs::Both {
        return Vec::new();
    }
    let mut all = uris(base);
    all.extend(transforms(base));
    all.extend(parts(base));
    all.extend(keys(base));
    all
}

fn id(base: &Base) -> &'static str {
    if base.signs == Signs::Assertion { base.assertion_id } else { base.response_id }
}

fn uris(base: &Base) -> Vec<AttackSample> {
    let to = |uri: &str| base.signature(|signature| signature.uri = Some(uri.to_owned()));
    let good = [
        ("whole", String::new()),
        ("xpointer-root", "#xpointer(/)".to_owned()),
        ("xpointer-id", format!("#xpointer(id('{}'))", id(base))),
    ];
    let made_up = [
        ("http", "http://127.0.0.1:9/".to_owned()),
        ("file", "file:///dev/zero".to_owned()),
        ("path", "/dev/urandom".to_owned()),
        ("data", "data:text/xml,x".to_owned()),
        ("cid", "cid:attachment".to_owned()),
        ("hash", "#".to_owned()),
        ("bare", id(base).to_owned()),
        ("space", format!("#{} ", id(base))),
        ("space-before", format!(" #{}", id(base))),
        ("escaped", format!("#%{:02x}{}", id(base).as_bytes()[0], &id(base)[1..])),
        ("case", format!("#{}", id(base).to_ascii_lowercase() + "X")),
        ("query", format!("?x#{}", id(base))),
        ("twice", format!("#{0}#{0}", id(base))),
        ("other-element", "#_other".to_owned()),
        ("xpath-pointer", "#xpointer(//*[1])".to_owned()),
    ];
    let mut all: Vec<_> =
        good.map(|(name, uri)| strong(format!("uri-{name}"), to(&uri).signed(), shape(ELSEWHERE))).into();
    all.extend(made_up.map(|(name, uri)| bad(format!("uri-{name}"), to(&uri).pretended(), shape(ELSEWHERE))));
    let reference = base.signature.name("Reference");
    let none = edit::attribute(&base.pretended(), &reference, "URI", None);
    all.push(bad("uri-none", none, shape(ELSEWHERE)));
    all
}

fn transforms(base: &Base) -> Vec<AttackSample> {
    let with = |transforms: String| base.signature(|signature| signature.transforms = Some(transforms));
    let one = |algorithm: &str| format!("<ds:Transform Algorithm=\"{algorithm}\"/>");
    let exclusive = one(EXCLUSIVE);
    let xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    let expression = |xpath_text: &str| {
        format!("<ds:Transform Algorithm=\"{xpath}\"><ds:XPath>{xpath_text}</ds:XPath></ds:Transform>")
    };
    let xslt = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\"><xsl:copy-of select=\"document('http://127.0.0.1:9/')\"/></xsl:template></xsl:stylesheet></ds:Transform>";
    let mut all = vec![
        strong("transform-three", with(format!("{ENVELOPED}{exclusive}{exclusive}")).signed(), shape(OTHER_NUMBER)),
        bad("transform-none", with(String::new()).pretended(), shape(OTHER_NUMBER)),
        bad("transform-canonicalization-only", with(exclusive.clone()).pretended(), shape(TRANSFORM)),
        bad("transform-order", with(format!("{exclusive}{ENVELOPED}")).pretended(), shape(TRANSFORM)),
        bad("transform-xpath", with(format!("{}{exclusive}", expression("count(//*)"))).pretended(), shape(TRANSFORM)),
        bad("transform-xslt", with(format!("{xslt}{exclusive}")).pretended(), shape(TRANSFORM)),
        bad("transform-xslt-last", with(format!("{ENVELOPED}{xslt}")).pretended(), shape(CANONICALIZATION)),
        bad("transform-five-hundred", with(exclusive.repeat(500)).pretended(), shape(OTHER_NUMBER)),
    ];
    // the enveloped transform with something in it
    let filled = ENVELOPED.replace("/>", "><ds:XPath>count(//*)</ds:XPath></ds:Transform>");
    all.push(bad("transform-enveloped-filled", with(format!("{filled}{exclusive}")).pretended(), shape(TRANSFORM)));
    // the same without comments, and let in where a canonicalisation belongs
    let with_comments = [
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    ];
    let never = [
        xpath,
        "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2002/07/decrypt#XML",
        "http://www.w3.org/2010/xml-c14n2",
        "http://www.w3.org/2001/10/xml-exc-c14n#withcomments",
        "http://www.w3.org/2001/10/xml-exc-c14n",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315WithComments",
        "urn:x",
    ];
    let label = |algorithm: &str| algorithm.rsplit('/').next().unwrap_or_default().replace(['#', ':'], "-");
    for other in never.iter().chain(&with_comments) {
        let first = with(format!("{}{exclusive}", one(other)));
        all.push(bad(format!("transform-{}-first", label(other)), first.pretended(), shape(TRANSFORM)));
        all.push(bad(format!("transform-{}-alone", label(other)), with(one(other)).pretended(), shape(TRANSFORM)));
    }
    for other in never {
        let second = with(format!("{ENVELOPED}{}", one(other)));
        all.push(bad(format!("transform-{}-second", label(other)), second.pretended(), shape(CANONICALIZATION)));
        let method = base.signature(|signature| signature.canonicalization = other.into());
        all.push(bad(format!("canonicalization-{}", label(other)), method.pretended(), shape(CANONICALIZATION)));
    }
    all
}

fn parts(base: &Base) -> Vec<AttackSample> {
    let xml = base.pretended();
    let name = |local: &str| base.signature.name(local);
    let own = |xml: &str| base.signature.own(xml);
    let append = |to: &str, what: &str| edit::append(&xml, &name(to), &own(what));
    let manifest = "<ds:Object><ds:Manifest><ds:Reference URI=\"http://127.0.0.1:9/\"/></ds:Manifest></ds:Object>";
    let typed = edit::attribute(&xml, &name("Reference"), "Type", Some("http://www.w3.org/2000/09/xmldsig#Manifest"));
    let info = edit::cut(&xml, &name("SignedInfo")).to_owned();
    let value = own("<ds:SignatureValue>AAAA</ds:SignatureValue>");
    let parameters = |what: &str| {
        let method = edit::cut(&xml, &name("SignatureMethod")).to_owned();
        let filled = method.replace("/>", &own(&format!(">{what}</ds:SignatureMethod>")));
        edit::first(&xml, &method, &filled)
    };
    let length = parameters("<ds:HMACOutputLength>1</ds:HMACOutputLength>");
    vec![
        bad("object", append("Signature", "<ds:Object/>"), shape(PARTS)),
        bad("manifest", append("Signature", manifest), shape(PARTS)),
        bad("manifest-reference", typed, shape("a reference has attributes that do not belong")),
        bad("two-references", append("SignedInfo", "<ds:Reference URI=\"#_other\"/>"), shape(ONE_REFERENCE)),
        bad("no-reference", edit::remove(&xml, &name("Reference")), shape(ONE_REFERENCE)),
        bad("two-signed-infos", edit::first(&xml, &info, &info.repeat(2)), shape(PARTS)),
        bad(
            "signed-info-behind",
            edit::after(&edit::remove(&xml, &name("SignedInfo")), &name("SignatureValue"), &info),
            shape("Signature has no SignedInfo"),
        ),
        bad("two-values", edit::after(&xml, &name("SignatureValue"), &value), shape(PARTS)),
        bad("two-digests", edit::repeat(&xml, &name("DigestValue")), shape("a reference has parts that do not belong")),
        bad("element-in-digest", append("DigestValue", "<x/>"), shape("Reference has no DigestValue")),
        bad("element-in-value", append("SignatureValue", "<x/>"), shape("Signature has no SignatureValue")),
        bad("hmac-length", length, shape("a signature method has parameters")),
        bad("method-missing", edit::remove(&xml, &name("SignatureMethod")), shape(ONE_REFERENCE)),
        bad(
            "algorithm-missing",
            edit::attribute(&xml, &name("DigestMethod"), "Algorithm", None),
            shape("an algorithm is not named"),
        ),
        bad("signature-empty", edit::fill(&xml, &name("Signature"), ""), shape(PARTS)),
    ]
}

/// Keys to be fetched from elsewhere.
fn keys(base: &Base) -> Vec<AttackSample> {
    let xml = base.pretended();
    let x509 = "<ds:RetrievalMethod Type=\"http://www.w3.org/2000/09/xmldsig#X509Data\" URI=\"http://127.0.0.1:9/\"/>";
    [
        ("key-fetched", "<ds:RetrievalMethod URI=\"file:///dev/zero\"/>"),
        ("key-fetched-certificate", x509),
        ("key-referenced", "<x:KeyInfoReference xmlns:x=\"http://www.w3.org/2009/xmldsig11#\" URI=\"#_key\"/>"),
    ]
    .map(|(name, pointer)| {
        let key_info = edit::prepend(&xml, &key_info(base, &xml), &base.signature.own(pointer));
        bad(name, key_info, shape(FETCHED))
    })
    .into()
}

/// AD FS gives it another prefix.
fn key_info(base: &Base, xml: &str) -> String {
    let name = base.signature.name("KeyInfo");
    if xml.contains(&format!("<{name}")) { name } else { "KeyInfo".to_owned() }
}
