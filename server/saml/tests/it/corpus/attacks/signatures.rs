//! Signatures that are missing, broken, or somebody else's.

use super::{AttackSample, CHANGED, EVIL, INVALID, bad, shape};
use crate::corpus::bases::{Base, Signs};
use crate::corpus::edit;
use crate::corpus::signature::{EXCLUSIVE, KeyInfo};
use crate::support::{ACS, IDP, PERSON, SP, encode, other_rsa, rsa};

const NO_BASE64: &str = "a signature's value or digest is not Base64";
const NO_VALUE: &str = "Signature has no SignatureValue";
const NO_DIGEST: &str = "Reference has no DigestValue";
const ELSEWHERE: &str = "a signature refers to something else than its own element";

pub fn of(base: &Base) -> Vec<AttackSample> {
    let mut all = strangers(base);
    all.extend(swapped(base));
    all.extend(broken(base));
    all.extend(rewritten(base));
    all.extend(changed(base));
    all
}

/// Another person, written after signing.
fn forged(base: &Base) -> Base {
    base.assertion(|xml| edit::text(xml, PERSON, EVIL))
}

fn strangers(base: &Base) -> Vec<AttackSample> {
    let theirs = forged(base).signed_by(other_rsa());
    let ours = encode(rsa().certificate.der());
    let without = base.signature(|signature| signature.key_info = KeyInfo::None);
    let posing = without.signature.own(&format!(
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{ours}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
    ));
    let end = without.signature.own("</ds:Signature>");
    let posing = edit::text(&forged(&without).signed_by(other_rsa()), &end, &posing);
    let team = base.assertion(|xml| edit::text(xml, IDP, "https://idp.fabrikam.example/"));
    let team = team.response(|xml| edit::text(xml, IDP, "https://idp.fabrikam.example/"));
    let mut all = vec![
        bad("stripped", forged(base).unsigned(), "SignatureMissing"),
        bad("by-a-stranger", theirs, INVALID),
        bad("by-a-stranger-without-key", forged(&without).signed_by(other_rsa()), INVALID),
        bad("by-a-stranger-with-our-certificate", posing, INVALID),
        bad("by-another-team", team.signed_by(other_rsa()), INVALID),
        bad("by-another-team-about-us", base.signed_by(other_rsa()), INVALID),
        bad("by-nobody", base.pretended(), CHANGED),
    ];
    if base.signs == Signs::Both {
        all.extend(half_signed(base));
    }
    all
}

/// Two signatures, one of which is a stranger's or gone.
fn half_signed(base: &Base) -> Vec<AttackSample> {
    let inside = |xml: &str| base.cut(xml, "Assertion");
    let value = |xml: &str| edit::cut(xml, &base.signature.name("SignatureValue")).to_owned();
    let (ours, theirs) = (base.signed(), base.signed_by(other_rsa()));
    let by_nobody = base.signature.pretended(base.response_id, rsa());
    let outside_by_nobody = edit::replace(&ours, &base.signature.name("Signature"), &by_nobody);
    let naked = edit::remove(&inside(&ours), &base.signature.name("Signature"));
    vec![
        bad("assertion-by-a-stranger", base.signed_by_two(other_rsa(), rsa()), INVALID),
        bad("response-by-a-stranger", base.signed_by_two(rsa(), other_rsa()), INVALID),
        bad("response-value-by-a-stranger", ours.replacen(&value(&ours), &value(&theirs), 1), INVALID),
        bad("response-by-nobody", outside_by_nobody, CHANGED),
        bad("assertion-stripped", ours.replace(&inside(&ours), &naked), CHANGED),
    ]
}

/// A good signature, of something else.
fn swapped(base: &Base) -> Vec<AttackSample> {
    let name = base.signature.name("Signature");
    let ours = base.signed();
    let signature = edit::cut(&ours, &name);
    let theirs = forged(base).signed();
    let other_id = |xml: &str| xml.replace(base.assertion_id, "_other_a").replace(base.response_id, "_other_r");
    let renamed = Base { assertion_id: "_other_a", response_id: "_other_r", ..base.clone() };
    let renamed = renamed.assertion(other_id).response(other_id).signed();
    let elsewhere = edit::replace(&ours, &name, edit::cut(&renamed, &name));
    let reference = base.signature.name("Reference");
    let uri = if base.signs == Signs::Assertion { base.assertion_id } else { base.response_id };
    let corrected = edit::attribute(&elsewhere, &reference, "URI", Some(&format!("#{uri}")));
    let info = base.signature.name("SignedInfo");
    let info_only = edit::replace(&ours, &info, edit::cut(&theirs, &info));
    vec![
        bad("of-another-person", edit::replace(&theirs, &name, signature), CHANGED),
        bad("of-another-response", elsewhere, shape(ELSEWHERE)),
        bad("of-another-response-corrected", corrected, CHANGED),
        bad("another-signed-info", info_only, CHANGED),
    ]
}

/// What is left of a good signature when its parts are damaged.
fn broken(base: &Base) -> Vec<AttackSample> {
    let ours = base.signed();
    let fill = |name: &str, with: &str| edit::fill(&ours, &base.signature.name(name), with);
    let remove = |name: &str| edit::remove(&ours, &base.signature.name(name));
    let zeros = encode([0_u8; 256]);
    let one = encode([&[0_u8; 255][..], &[1]].concat());
    let value = base.signature.value(&ours);
    let longer = [&[0, 0, 0][..], &value].concat();
    let backwards: Vec<u8> = value.iter().rev().copied().collect();
    vec![
        bad("value-missing", remove("SignatureValue"), shape(NO_VALUE)),
        bad("value-empty", fill("SignatureValue", ""), shape(NO_VALUE)),
        bad("value-blank", fill("SignatureValue", "\n "), shape(NO_VALUE)),
        bad("value-short", fill("SignatureValue", "AAAA"), INVALID),
        bad("value-halved", fill("SignatureValue", &encode(&value[..128])), INVALID),
        bad("value-longer", fill("SignatureValue", &encode(longer)), INVALID),
        bad("value-backwards", fill("SignatureValue", &encode(backwards)), INVALID),
        bad("value-zero", fill("SignatureValue", &zeros), INVALID),
        bad("value-one", fill("SignatureValue", &one), INVALID),
        bad("value-no-base64", fill("SignatureValue", "!!!!"), shape(NO_BASE64)),
        bad("digest-missing", remove("DigestValue"), shape("a reference has parts that do not belong")),
        bad("digest-empty", fill("DigestValue", ""), shape(NO_DIGEST)),
        bad("digest-of-nothing", fill("DigestValue", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), CHANGED),
        bad("digest-no-base64", fill("DigestValue", "!!!!"), shape(NO_BASE64)),
        bad("signed-info-missing", remove("SignedInfo"), shape("Signature has no SignedInfo")),
        bad("signed-info-empty", fill("SignedInfo", ""), shape("a signature does not have exactly one reference")),
    ]
}

/// What a good signature says, changed to something else that is allowed.
fn rewritten(base: &Base) -> Vec<AttackSample> {
    let ours = base.signed();
    let algorithm = |name: &str, with: &str| {
        bad(
            format!("rewritten-{}-{}", name.to_lowercase(), with.rsplit(['#', '/']).next().unwrap_or_default()),
            edit::attribute(&ours, &base.signature.name(name), "Algorithm", Some(with)),
            if name == "DigestMethod" { CHANGED } else { INVALID },
        )
    };
    let listed = format!("<ec:InclusiveNamespaces PrefixList=\"x y z #default\" xmlns:ec=\"{EXCLUSIVE}\"/>");
    let canonicalization = base.signature.name("CanonicalizationMethod");
    let method = edit::cut(&ours, &canonicalization).to_owned();
    let open = method.replace("/>", &format!(">{listed}</{canonicalization}>"));
    vec![
        algorithm("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"),
        algorithm("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"),
        algorithm("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha512"),
        algorithm("CanonicalizationMethod", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
        bad("rewritten-prefixes", edit::first(&ours, &method, &open), INVALID),
    ]
}

/// What was signed, changed afterwards.
fn changed(base: &Base) -> Vec<AttackSample> {
    let ours = base.signed();
    let assertion = base.cut(&ours, "Assertion");
    let a = |name: &str| base.a(name);
    let with =
        |name: &str, changed: String| bad(format!("changed-{name}"), ours.replace(&assertion, &changed), CHANGED);
    let value = |element: &str, attribute: &str, value: &str| {
        let name = format!("{element}-{attribute}").to_lowercase();
        with(&name, edit::attribute(&assertion, &a(element), attribute, Some(value)))
    };
    vec![
        with("name", edit::fill(&assertion, &a("NameID"), EVIL)),
        with("name-suffix", edit::append(&assertion, &a("NameID"), ".evil.example")),
        with("name-space", edit::append(&assertion, &a("NameID"), " ")),
        with("audience", edit::after(&assertion, &a("Audience"), &format!("<{0}>{SP}/x</{0}>", a("Audience")))),
        with(
            "attribute",
            edit::append(&assertion, &a("AttributeStatement"), &format!("<{} Name=\"groups\"/>", a("Attribute"))),
        ),
        with("attribute-removed", edit::remove(&assertion, &a("AttributeStatement"))),
        with("white-space", assertion.replacen('>', ">\n", 1)),
        value("AuthnStatement", "SessionIndex", "_other"),
        value("Conditions", "NotOnOrAfter", "2026-11-23T23:00:00Z"),
        value("Assertion", "IssueInstant", "2026-11-23T12:59:59.999Z"),
        value("SubjectConfirmationData", "Address", ACS),
        value("NameID", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
        with("order", swap_statements(&assertion, base)),
    ]
}

/// The conditions behind the statement instead of before it.
fn swap_statements(assertion: &str, base: &Base) -> String {
    let conditions = edit::cut(assertion, &base.a("Conditions")).to_owned();
    let without = edit::remove(assertion, &base.a("Conditions"));
    edit::after(&without, &base.a("AuthnStatement"), &conditions)
}
