//! Canonical forms that are empty because canonicalisation failed, and ones that change with
//! what is around them (CVE-2025-66568, "The Fragile Lock").
//!
//! A library that takes a failed canonicalisation for an empty one accepts any content under
//! a signature of nothing. Those here are just that: right, if nothing is what was signed.

use openssl::hash::MessageDigest;
use openssl::sha::sha256;
use openssl::sign::Signer;

use super::{AttackSample, CHANGED, EVIL, bad, forbidden, many, shape};
use crate::corpus::bases::{Base, Signs};
use crate::corpus::edit;
use crate::support::{PERSON, encode, rsa};

const RELATIVE: &str = "RelativeNamespace";

pub fn of(base: &Base) -> Vec<AttackSample> {
    if base.signs == Signs::Both {
        return Vec::new();
    }
    let mut all = void(base);
    all.extend(surroundings(base));
    all.extend(lists(base));
    all
}

/// Somebody else's response, signed as if everything in it were nothing.
fn signed_void(base: &Base) -> String {
    let xml = edit::text(&base.signed(), PERSON, EVIL);
    let xml = edit::fill(&xml, &base.signature.name("DigestValue"), &encode(sha256(b"")));
    let mut signer = Signer::new(MessageDigest::sha256(), &rsa().private).unwrap();
    signer.update(b"").unwrap();
    edit::fill(&xml, &base.signature.name("SignatureValue"), &encode(signer.sign_to_vec().unwrap()))
}

fn void(base: &Base) -> Vec<AttackSample> {
    let xml = signed_void(base);
    let element = if base.signs == Signs::Assertion { base.a("Assertion") } else { base.p("Response") };
    let info = base.signature.name("SignedInfo");
    let declare = |xml: &str, on: &str, prefix: &str, name: &str| {
        edit::attribute(xml, on, &format!("xmlns:{prefix}"), Some(name))
    };
    let mut all = vec![bad("void", xml.clone(), CHANGED)];
    for (label, name) in [
        ("number", "1"),
        ("word", "relative"),
        ("path", "/path"),
        ("parent", "../x"),
        ("fragment", "#x"),
        ("query", "?x"),
        ("host", "//host/x"),
        ("space", " "),
        ("percent", "%zz"),
    ] {
        let both = declare(&declare(&xml, &info, "e", name), &element, "f", name);
        all.push(bad(format!("void-{label}-element"), declare(&xml, &element, "e", name), forbidden(RELATIVE)));
        all.push(bad(format!("void-{label}-signed-info"), declare(&xml, &info, "e", name), forbidden(RELATIVE)));
        all.push(bad(format!("void-{label}-both"), both, forbidden(RELATIVE)));
    }
    // libxml2 takes these for relative as well: a scheme, but no host
    for (label, name) in [
        ("scheme", "a:b"),
        ("http", "http:"),
        ("bracket", "http://[x"),
        ("spaces", "a: b"),
        ("scheme-percent", "urn:%zz"),
    ] {
        let both = declare(&declare(&xml, &info, "e", name), &element, "f", name);
        all.push(bad(format!("void-{label}-both"), both, CHANGED));
    }
    let default = edit::attribute(&xml, &base.p("StatusCode"), "xmlns", Some("relative"));
    all.push(bad("void-default", default, forbidden(RELATIVE)));
    all
}

/// Inclusive canonical form takes in what is declared around an assertion.
fn surroundings(base: &Base) -> Vec<AttackSample> {
    if base.signs == Signs::Response {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (label, algorithm) in
        [("1-0", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"), ("1-1", "http://www.w3.org/2006/12/xml-c14n11")]
    {
        let transform = format!("<ds:Transform Algorithm=\"{algorithm}\"/>");
        let inclusive = base.signature(|signature| {
            signature.canonicalization = algorithm.into();
            signature.transforms = Some(format!("{}{transform}", crate::corpus::signature::ENVELOPED));
        });
        let xml = inclusive.signed();
        let with = |attribute: &str, value: &str| edit::attribute(&xml, &base.p("Response"), attribute, Some(value));
        all.push(bad(format!("inclusive-{label}-namespace"), with("xmlns:more", "urn:x"), CHANGED));
    }
    all
}

/// Lists of prefixes that are long, or about something else.
fn lists(base: &Base) -> Vec<AttackSample> {
    let not_allowed = shape("a canonicalisation or transform is not allowed");
    let seventeen = many(17, |number| format!("p{number} "));
    let list = |prefixes: &str| {
        let exclusive = crate::corpus::signature::EXCLUSIVE;
        let list = format!("<ec:InclusiveNamespaces PrefixList=\"{prefixes}\" xmlns:ec=\"{exclusive}\"/>");
        let transform = format!("<ds:Transform Algorithm=\"{exclusive}\">{list}</ds:Transform>");
        (list.clone(), transform.replace(&list, &list.repeat(2)), transform)
    };
    let with = |transform: &str| {
        let transforms = format!("{}{transform}", crate::corpus::signature::ENVELOPED);
        base.signature(|signature| signature.transforms = Some(transforms)).pretended()
    };
    let (_, twice, _) = list("xs");
    let (_, _, long) = list(&seventeen);
    let foreign = list("xs").2.replace("xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\"", "xmlns:ec=\"urn:x\"");
    let inclusive = list("xs").2.replace(
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"",
    );
    let filled = list("xs").2.replace("/></ds:Transform>", "><x/></ec:InclusiveNamespaces></ds:Transform>");
    vec![
        bad("list-long", with(&long), not_allowed.clone()),
        bad("list-twice", with(&twice), not_allowed.clone()),
        bad("list-foreign", with(&foreign), not_allowed.clone()),
        bad("list-of-inclusive", with(&inclusive), not_allowed.clone()),
        bad("list-filled", with(&filled), not_allowed),
    ]
}
