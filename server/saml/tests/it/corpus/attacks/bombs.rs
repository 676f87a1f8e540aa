//! Documents that are made to take for ever or to fill the memory. None needs a signature.

use super::{AttackSample, CHANGED, bad, forbidden, many, shape};
use crate::corpus::bases::{Base, Signs};
use crate::corpus::edit;

pub fn of(base: &Base) -> Vec<AttackSample> {
    // what they are made of does not depend on who signs
    if base.signs != Signs::Assertion {
        return worst(base);
    }
    let xml = base.pretended();
    let mut all = elements(base, &xml);
    all.extend(namespaces(base, &xml));
    all.extend(signatures(base, &xml));
    all
}

/// Something in the extensions, where anybody may put anything.
fn stuffed(base: &Base, xml: &str, with: &str) -> String {
    edit::before(xml, &base.p("Status"), &format!("<{0}>{with}</{0}>", base.p("Extensions")))
}

fn elements(base: &Base, xml: &str) -> Vec<AttackSample> {
    let stuffed = |with: &str| stuffed(base, xml, with);
    let attributes = many(20_000, |n| format!(" a{n}=\"\""));
    let prefixed = many(33, |n| format!(" x:a{n}=\"\""));
    let ids = many(4_000, |n| format!("<a ID=\"_{n}\"/>"));
    vec![
        bad("elements", stuffed(&"<a/>".repeat(50_000)), forbidden("Elements")),
        bad("elements-few-more", stuffed(&"<a/>".repeat(4_000)), forbidden("Elements")),
        bad("depth", stuffed(&"<a>".repeat(40_000)), forbidden("Depth")),
        bad("depth-few-more", stuffed(&format!("{}{}", "<a>".repeat(32), "</a>".repeat(32))), forbidden("Depth")),
        bad("depth-of-root", "<a>".repeat(80_000), forbidden("Depth")),
        bad("attributes", stuffed(&format!("<a{attributes}/>")), forbidden("Attributes")),
        bad("attributes-few-more", stuffed(&format!("<a xmlns:x=\"urn:x\"{prefixed}/>")), forbidden("Attributes")),
        bad("ids", stuffed(&ids), forbidden("Elements")),
        bad("text", stuffed(&"a".repeat(260 * 1024)), "TooLarge"),
        bad("references", stuffed(&"&amp;".repeat(60_000)), "TooLarge"),
        bad("large", format!("{xml}{}", " ".repeat(300 * 1024)), "TooLarge"),
        bad("tag-without-end", format!("{xml}<{}", "a ".repeat(100_000)), "NotXml"),
        bad("value-without-end", format!("{xml}<a b=\"{}", "c".repeat(200_000)), "NotXml"),
        bad("end-tags", "</a>".repeat(60_000), "NotXml"),
        bad("name", stuffed(&format!("<{}/>", "a".repeat(200_000))), CHANGED),
    ]
}

fn namespaces(base: &Base, xml: &str) -> Vec<AttackSample> {
    let stuffed = |with: &str| stuffed(base, xml, with);
    let limit = forbidden("Namespaces");
    let declarations = many(28, |n| format!(" xmlns:n{n}=\"u:{n}\""));
    let long = |length: usize| format!("<a xmlns:n=\"u:{}\"/>", "x".repeat(length));
    vec![
        bad("namespaces", stuffed(&many(1_100, |n| format!("<a xmlns:n{n}=\"u:{n}\"/>"))), limit.clone()),
        bad("namespaces-of-one-prefix", stuffed(&many(1_100, |n| format!("<a xmlns:n=\"u:{n}\"/>"))), limit.clone()),
        // which cost nothing: it is the signature that is wrong
        bad("namespaces-same", stuffed(&"<a xmlns:n=\"u:n\"/>".repeat(3_900)), CHANGED),
        bad("namespaces-in-scope", stuffed(&format!("<a{declarations}><a{declarations}/></a>")), limit),
        bad("namespace-long", stuffed(&long(100_000)), forbidden("LongNamespace")),
        bad("namespace-longer-than-any", stuffed(&long(256)), forbidden("LongNamespace")),
    ]
}

fn signatures(base: &Base, xml: &str) -> Vec<AttackSample> {
    let name = |local: &str| base.signature.name(local);
    let own = |xml: &str| base.signature.own(xml);
    let reference = edit::cut(xml, &name("Reference")).to_owned();
    let transform = own("<ds:Transform Algorithm=\"\"/>");
    let key = own("<ds:KeyName>x</ds:KeyName>");
    let key_info = if xml.contains("<KeyInfo") { "KeyInfo".to_owned() } else { name("KeyInfo") };
    vec![
        bad(
            "references-of-signature",
            edit::before(xml, &name("Reference"), &reference.repeat(200)),
            shape("a signature does not have exactly one reference"),
        ),
        bad(
            "transforms",
            edit::append(xml, &name("Transforms"), &transform.repeat(3_000)),
            shape("a reference has none of SAML's transforms, or more than those two"),
        ),
        bad(
            "transforms-too-many",
            edit::append(xml, &name("Transforms"), &transform.repeat(5_000)),
            forbidden("Elements"),
        ),
        bad("keys", edit::append(xml, &key_info, &key.repeat(5_000)), forbidden("Elements")),
        bad("value-long", edit::fill(xml, &name("SignatureValue"), &"AAAA".repeat(50_000)), CHANGED),
        bad("digest-long", edit::fill(xml, &name("DigestValue"), &"AAAA".repeat(50_000)), CHANGED),
    ]
}

/// The most work that passes every limit: it is done before the digest turns out wrong.
fn worst(base: &Base) -> Vec<AttackSample> {
    if base.signs != Signs::Response {
        return Vec::new();
    }
    let inclusive = base.signature(|signature| {
        let algorithm = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
        signature.canonicalization = algorithm.into();
        let transform = format!("<ds:Transform Algorithm=\"{algorithm}\"/>");
        signature.transforms = Some(format!("{}{transform}", crate::corpus::signature::ENVELOPED));
    });
    let declarations = many(26, |n| format!(" xmlns:n{n}=\"u:{}{n}\"", "x".repeat(200)));
    let nested = format!("<a{declarations}><a><a><a><a><a><a><a>");
    let end = "</a>".repeat(8);
    let used = many(7, |n| format!(" n{n}:a=\"\""));
    let elements = format!("{nested}{}{end}", "<b/>".repeat(3_900));
    let names = format!("{nested}{}{end}", format!("<b{used}/>").repeat(2_000));
    let deep = many(100, |_| format!("{}{}", "<c>".repeat(29), "</c>".repeat(29)));
    let attributes = many(31, |n| format!(" a{n}=\"\""));
    let wide = format!("<b{attributes}/>").repeat(900);
    let text = "&amp;&lt;&#13;".repeat(14_000);
    let ids = many(3_900, |n| format!("<b ID=\"_{n}\"/>"));
    let different = many(900, |n| format!("<b xmlns:p{n}=\"u:{}{n}\" p{n}:a=\"\"/>", "x".repeat(200)));
    let same = format!("<b{}/>", many(2, |n| format!(" xmlns:s{n}=\"u:{n}\" s{n}:a=\"\""))).repeat(3_800);
    let stuffed = |base: &Base, with: &str| stuffed(base, &base.pretended(), with);
    vec![
        bad("worst-inclusive", stuffed(&inclusive, &elements), CHANGED),
        bad("worst-namespaces", stuffed(base, &names), "TooLarge"),
        bad("worst-depth", stuffed(base, &deep), CHANGED),
        bad("worst-attributes", stuffed(base, &wide), CHANGED),
        bad("worst-text", stuffed(base, &text), CHANGED),
        bad("worst-ids", stuffed(base, &ids), CHANGED),
        bad("worst-different-namespaces", stuffed(&inclusive, &different), CHANGED),
        bad("worst-same-namespaces", stuffed(&inclusive, &same), CHANGED),
    ]
}
