//! Signature wrapping: a signature that verifies, beside content that was never signed.
//!
//! The numbers are those of "On Breaking SAML" (Somorovsky and others, 2012).

use super::{AttackSample, EVIL, bad, forbidden, shape, strong};
use crate::corpus::bases::{ASSERTION, ASSERTION_HERE, Base, SIGNATURE_HERE, Signs};
use crate::corpus::edit;
use crate::support::PERSON;

const SEVERAL: &str = "SeveralAssertions";
const STRAY_ASSERTION: &str = "an assertion stands where none belongs";
const STRAY_RESPONSE: &str = "there is a response within the response";
const STRAY_SIGNATURE: &str = "a signature stands where none belongs";
const NO_RESPONSE: &str = "the document is not a Response";
const ELSEWHERE: &str = "a signature refers to something else than its own element";
/// An assertion for readers that look at local names only.
const FOREIGN: &str = "<x:Assertion xmlns:x=\"urn:x\" ID=\"_evil\"><x:Subject><x:NameID>admin@contoso.com</x:NameID></x:Subject></x:Assertion>";

pub fn of(base: &Base) -> Vec<AttackSample> {
    let mut all = Vec::new();
    if base.signs_assertion() {
        let parts = Parts::of(base);
        all.extend(parts.literature());
        all.extend(parts.within());
        all.extend(parts.beside());
        all.extend(parts.signatures());
    }
    if base.signs_response() {
        all.extend(Whole::of(base).variants());
    }
    all.extend(roots(base));
    all
}

/// What was signed, inside its own signature: a library that leaves out only the signatures
/// among an element's children takes it for good; xmlsec leaves out all of it.
fn weak(name: &str, document: String, what: &str) -> AttackSample {
    bad(name, document, shape(what))
}

/// Without the declaration, to be put into another document.
fn body(xml: &str) -> &str {
    xml.split_once("?>").map_or(xml, |(_, body)| body.trim_start())
}

/// A signed assertion, taken apart.
struct Parts<'a> {
    base: &'a Base,
    /// The document.
    whole: String,
    /// Its assertion.
    signed: String,
    /// The assertion's signature.
    signature: String,
    /// The assertion without it.
    naked: String,
    /// An assertion about somebody else, with another ID.
    evil: String,
}

impl<'a> Parts<'a> {
    fn of(base: &'a Base) -> Self {
        let whole = base.signed();
        let signed = base.cut(&whole, "Assertion");
        let signature = edit::cut(&signed, &base.signature.name("Signature")).to_owned();
        let naked = signed.replace(&signature, "");
        let evil = base.assertion.replace(SIGNATURE_HERE, "").replace(PERSON, EVIL).replace(base.assertion_id, "_evil");
        Self { base, whole, signed, signature, naked, evil }
    }

    /// If the response is signed as well, moving things breaks that signature; the others
    /// verify.
    fn bad(&self, name: &str, document: String, what: &str) -> AttackSample {
        let verdict = if what == SEVERAL { what.to_owned() } else { shape(what) };
        AttackSample { verifies: self.base.signs == Signs::Assertion, ..bad(name, document, verdict) }
    }

    /// The document with something else in the assertion's place.
    fn put(&self, instead: &str) -> String {
        self.whole.replace(&self.signed, instead)
    }

    /// The evil assertion with something behind its issuer, where a signature belongs.
    fn evil_with(&self, signature: &str) -> String {
        edit::after(&self.evil, &self.base.a("Issuer"), signature)
    }

    /// The signature with something more in it.
    fn signature_with(&self, what: &str) -> String {
        edit::append(&self.signature, &self.base.signature.name("Signature"), what)
    }

    fn object(&self, what: &str) -> String {
        let name = self.base.signature.name("Object");
        format!("<{name}>{what}</{name}>")
    }

    fn extensions(&self, what: &str) -> String {
        let name = self.base.p("Extensions");
        edit::before(&self.whole, &self.base.p("Status"), &format!("<{name}>{what}</{name}>"))
    }

    fn literature(&self) -> Vec<AttackSample> {
        let Self { signed, signature, naked, evil, .. } = self;
        let moved = self.evil_with(signature);
        let within = self.evil_with(&self.signature_with(naked));
        let in_object = self.evil_with(&self.signature_with(&self.object(naked)));
        let nested = edit::append(evil, &self.base.a("Assertion"), signed);
        let same_id = evil.replace("_evil", self.base.assertion_id);
        vec![
            self.bad("xsw3-before", self.put(&format!("{evil}{signed}")), SEVERAL),
            self.bad("xsw3-behind", self.put(&format!("{signed}{evil}")), SEVERAL),
            self.bad("xsw4", self.put(&nested), STRAY_ASSERTION),
            self.bad("xsw5-before", self.put(&format!("{moved}{naked}")), SEVERAL),
            self.bad("xsw5-behind", self.put(&format!("{naked}{moved}")), SEVERAL),
            weak("xsw6", self.put(&within), STRAY_ASSERTION),
            self.bad("xsw7", self.extensions(evil), STRAY_ASSERTION),
            bad("xsw7-same-id", self.extensions(&same_id), forbidden("DuplicateId")),
            bad("xsw3-same-id", self.put(&format!("{same_id}{signed}")), forbidden("DuplicateId")),
            weak("xsw8", self.put(&in_object), STRAY_ASSERTION),
        ]
    }

    /// The signed assertion somewhere inside the evil one.
    fn within(&self) -> Vec<AttackSample> {
        let a = |name: &str| self.base.a(name);
        let advice = format!("<{0}>{1}</{0}>", a("Advice"), self.signed);
        let value = format!("<{0}>{1}</{0}>", a("AttributeValue"), self.signed);
        let value = format!("<{0} Name=\"x\">{value}</{0}>", a("Attribute"));
        let data = format!("<{0}>{1}</{0}>", a("SubjectConfirmationData"), self.signed);
        let places = [
            ("advice", edit::after(&self.evil, &a("Conditions"), &advice)),
            ("attribute-value", edit::append(&self.evil, &a("AttributeStatement"), &value)),
            ("confirmation-data", edit::append(&self.evil, &a("SubjectConfirmation"), &data)),
            ("issuer", edit::append(&self.evil, &a("Issuer"), &self.signed)),
            ("name", edit::append(&self.evil, &a("NameID"), &self.signed)),
            ("audience", edit::append(&self.evil, &a("Audience"), &self.signed)),
            ("context", edit::append(&self.evil, &a("AuthnContext"), &self.signed)),
        ];
        places.map(|(place, evil)| self.bad(&format!("in-{place}"), self.put(&evil), STRAY_ASSERTION)).into()
    }

    /// The evil assertion beside the signed one, where some reader might find it first.
    fn beside(&self) -> Vec<AttackSample> {
        let Self { base, signed, evil, .. } = self;
        let detail = format!("<{0}>{evil}</{0}>", base.p("StatusDetail"));
        let encrypted = format!("<e:EncryptedAssertion xmlns:e=\"{ASSERTION}\">{evil}</e:EncryptedAssertion>");
        let key_info = edit::append(&self.signature, &base.signature.name("X509Data"), evil);
        let object = self.signature_with(&self.object(evil));
        let unnamed = FOREIGN.replace("x:", "").replace(":x=\"urn:x\"", "=\"\"");
        let foreign_1 = FOREIGN.replace("urn:x", "urn:oasis:names:tc:SAML:1.0:assertion");
        let with = |signature: &str| self.whole.replace(&self.signature, signature);
        vec![
            self.bad("evil-in-status", edit::append(&self.whole, &base.p("Status"), &detail), STRAY_ASSERTION),
            self.bad("evil-in-key-info", with(&key_info), STRAY_ASSERTION),
            self.bad("evil-in-object", with(&object), STRAY_ASSERTION),
            self.bad("evil-encrypted", self.put(&format!("{encrypted}{signed}")), STRAY_ASSERTION),
            self.bad("evil-of-no-namespace", self.put(&format!("{unnamed}{signed}")), STRAY_ASSERTION),
            self.bad("evil-of-another-namespace", self.put(&format!("{FOREIGN}{signed}")), STRAY_ASSERTION),
            self.bad("evil-of-saml-1", self.put(&format!("{foreign_1}{signed}")), STRAY_ASSERTION),
            self.bad("evil-response-in-extensions", self.extensions(&evil_response(base)), STRAY_RESPONSE),
        ]
    }

    /// The signature, which verifies, where it says nothing about the assertion.
    fn signatures(&self) -> Vec<AttackSample> {
        let Self { base, signature, .. } = self;
        let moved = self.put(&self.naked);
        let evil = self.put(&self.evil);
        let on_response = edit::after(&moved, &base.a("Issuer"), signature);
        let in_subject = edit::append(&moved, &base.a("Subject"), signature);
        let extensions = format!("<{0}>{signature}{1}</{0}>", base.p("Extensions"), self.naked);
        let in_extensions = edit::before(&evil, &base.p("Status"), &extensions);
        let foreign = "<x:Signature xmlns:x=\"urn:x\"/>";
        let twice = self.whole.replace(signature, &signature.repeat(2));
        let mut all = vec![
            self.bad("signature-in-subject", in_subject, STRAY_SIGNATURE),
            self.bad("signature-and-assertion-in-extensions", in_extensions, STRAY_SIGNATURE),
            self.bad("signature-of-another-namespace", self.extensions(foreign), STRAY_SIGNATURE),
            bad("signature-twice", twice, shape("an element has two signatures")),
        ];
        if base.signs == Signs::Assertion {
            all.push(self.bad("signature-on-response", on_response, ELSEWHERE));
            let evil = edit::after(&evil, &base.a("Issuer"), &self.signature_with(&self.object(&self.naked)));
            all.push(weak("signature-on-response-of-evil", evil, STRAY_ASSERTION));
        }
        all
    }
}

/// A response about somebody else, with other IDs, by nobody.
fn evil_response(base: &Base) -> String {
    let evil = base.unsigned().replace(PERSON, EVIL);
    body(&evil.replace(base.response_id, "_evil_r").replace(base.assertion_id, "_evil")).to_owned()
}

/// A signed response, taken apart.
struct Whole<'a> {
    base: &'a Base,
    /// The document without its declaration.
    signed: String,
    signature: String,
    /// The response without its signature.
    naked: String,
    evil: String,
}

impl<'a> Whole<'a> {
    fn of(base: &'a Base) -> Self {
        let signed = body(&base.signed()).to_owned();
        // of both signatures, the response's is the first
        let signature = edit::cut(&signed, &base.signature.name("Signature")).to_owned();
        let naked = signed.replacen(&signature, "", 1);
        Self { base, signed, signature, naked, evil: evil_response(base) }
    }

    fn evil_with(&self, signature: &str) -> String {
        edit::after(&self.evil, &self.base.a("Issuer"), signature)
    }

    fn signature_with(&self, what: &str) -> String {
        edit::append(&self.signature, &self.base.signature.name("Signature"), what)
    }

    fn object(&self, what: &str) -> String {
        let name = self.base.signature.name("Object");
        format!("<{name}>{what}</{name}>")
    }

    fn variants(&self) -> Vec<AttackSample> {
        let Self { base, signed, signature, naked, evil } = self;
        let extensions = format!("<{0}>{signed}</{0}>", base.p("Extensions"));
        let detail = format!("<{0}>{signed}</{0}>", base.p("StatusDetail"));
        let advice = format!("<{0}>{signed}</{0}>", base.a("Advice"));
        let xsw1 = self.evil_with(&self.signature_with(&self.object(naked)));
        let in_signature = |what: &str| signed.replacen(signature, what, 1);
        let key_info = edit::append(signature, &base.signature.name("X509Data"), evil);
        let evil_assertion = base.cut(evil, "Assertion");
        let response = |name: &str, xml: String| strong(name, xml, shape(STRAY_RESPONSE));
        let same_id = xsw1.replace("_evil_r", base.response_id);
        vec![
            weak("xsw1", xsw1, STRAY_RESPONSE),
            bad("xsw1-same-id", same_id, forbidden("DuplicateId")),
            weak("xsw1-without-object", self.evil_with(&self.signature_with(naked)), STRAY_RESPONSE),
            response("xsw2-before", self.evil_with(&format!("{naked}{signature}"))),
            response("xsw2-behind", self.evil_with(&format!("{signature}{naked}"))),
            response("response-in-extensions", edit::before(evil, &base.p("Status"), &extensions)),
            response("response-in-status", edit::append(evil, &base.p("Status"), &detail)),
            response("response-in-advice", edit::after(evil, &base.a("Conditions"), &advice)),
            response("response-last", edit::append(evil, &base.p("Response"), signed)),
            response("evil-response-in-object", in_signature(&self.signature_with(&self.object(evil)))),
            response("evil-response-in-response-key-info", in_signature(&key_info)),
            strong(
                "evil-assertion-in-response-object",
                in_signature(&self.signature_with(&self.object(&evil_assertion))),
                shape(STRAY_ASSERTION),
            ),
        ]
    }
}

/// Documents that are not a response, with a signed one somewhere in them.
fn roots(base: &Base) -> Vec<AttackSample> {
    let whole = base.signed();
    let inner = body(&whole);
    let soap = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{inner}</s:Body></s:Envelope>"
    );
    let artifact = format!(
        "<p:ArtifactResponse xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_art\" Version=\"2.0\">{inner}</p:ArtifactResponse>"
    );
    let logout = whole.replace(&base.p("Response"), &base.p("LogoutResponse"));
    let mut all = vec![
        strong("root-soap", soap, shape(NO_RESPONSE)),
        strong("root-artifact-response", artifact, shape(NO_RESPONSE)),
        bad("root-logout-response", logout, shape(NO_RESPONSE)),
        bad("two-roots", format!("{}{inner}", evil_response(base)), "NotXml"),
    ];
    if base.signs == Signs::Assertion {
        let assertion = base.cut(&whole, "Assertion");
        let prefix = base.saml.trim_end_matches(':');
        let declared = assertion.split_once('>').is_some_and(|(tag, _)| tag.contains(&format!("xmlns:{prefix}=")));
        let alone = if prefix.is_empty() || declared {
            assertion
        } else {
            edit::attribute(&assertion, &base.a("Assertion"), &format!("xmlns:{prefix}"), Some(ASSERTION))
        };
        // the prefix that JumpCloud's list names is declared outside, and would be missed
        let verifies = base.vendor != "jumpcloud";
        all.push(AttackSample { verifies, ..bad("root-assertion", alone, shape(NO_RESPONSE)) });
        let foreign = base.response(|xml| edit::text(xml, "urn:oasis:names:tc:SAML:2.0:protocol", "urn:x"));
        all.push(strong("root-of-another-namespace", foreign.signed(), shape(NO_RESPONSE)));
    }
    let nothing = base.response(|xml| edit::text(xml, ASSERTION_HERE, "")).unsigned();
    all.push(bad("no-assertion", nothing, shape("Response has no Assertion")));
    all
}
