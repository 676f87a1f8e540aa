//! What honest identity providers write otherwise than their styles of the corpus: each on
//! every style, whatever it signs.

use saml::response::{ConfirmationError, GatedResponse, NameIdError, Rejection, SignatureEngine, VerifiedAssertion};

use crate::corpus::bases::{self, ASSERTION, Base, INSTANCE, SCHEMA};
use crate::corpus::signature::{ENVELOPED, EXCLUSIVE};
use crate::corpus::{disk, edit};
use crate::support::*;

const INCLUSIVE: [&str; 2] =
    ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"];
const WITH_COMMENTS: [&str; 3] = [
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11#WithComments",
];

/// Accepted, as the person, with both engines of one mind about what is signed.
fn accepted(what: &str, base: &Base) -> VerifiedAssertion {
    let (name, xml) = (base.name(), base.signed());
    let gated = GatedResponse::decode(&encode(&xml)).unwrap_or_else(|why| panic!("{what}, {name}: {why:?}\n{xml}"));
    let certificates = [rsa().certificate.clone()];
    let own = gated.signed_bytes(SignatureEngine::Primary, &certificates, now());
    assert_eq!(own, gated.signed_bytes(SignatureEngine::Samael, &certificates, now()), "{what}, {name}");
    let assertion = verify(&xml).unwrap_or_else(|why| panic!("{what}, {name}: {why:?}\n{xml}"));
    assert_eq!(assertion.name_id(), PERSON, "{what}, {name}");
    assertion
}

fn transforms(base: &Base, transforms: &str) -> Base {
    base.signature(|signature| signature.transforms = Some(transforms.to_owned()))
}

fn one(algorithm: &str) -> String {
    format!("<ds:Transform Algorithm=\"{algorithm}\"/>")
}

#[test]
fn the_enveloped_transform_alone_is_canonical_xml_whatever_canonicalises_the_signature() {
    for base in bases::all() {
        let alone = transforms(&base, ENVELOPED);
        for method in [EXCLUSIVE].iter().chain(&INCLUSIVE).chain(&WITH_COMMENTS) {
            accepted("enveloped alone", &alone.signature(|signature| signature.canonicalization = (*method).into()));
        }
        if base.vendor == "keycloak" {
            disk::compare(&format!("good/{}-enveloped-alone.xml", base.name()), alone.signed().as_bytes());
        }
    }
}

#[test]
fn what_is_around_an_enveloped_assertion_is_signed_with_it() {
    let base = bases::all().into_iter().find(|base| base.name() == "keycloak-assertion").unwrap();
    let xml = transforms(&base, ENVELOPED).signed();
    assert!(verify(&xml).is_ok());
    let moved = edit::attribute(&xml, &base.p("Response"), "xmlns:more", Some("urn:x"));
    assert_eq!(rejection_of(&moved), Rejection::DigestMismatch);
}

#[test]
fn canonicalisation_with_comments_is_the_one_without() {
    for base in bases::all() {
        for algorithm in WITH_COMMENTS {
            let reference = transforms(&base, &format!("{ENVELOPED}{}", one(algorithm)));
            accepted(algorithm, &reference);
            accepted(algorithm, &base.signature(|signature| signature.canonicalization = algorithm.into()));
            accepted(algorithm, &reference.signature(|signature| signature.canonicalization = algorithm.into()));
        }
        let list = format!(
            "{ENVELOPED}<ds:Transform Algorithm=\"{}\"><ec:InclusiveNamespaces xmlns:ec=\"{EXCLUSIVE}\" PrefixList=\"#default xs saml\"/></ds:Transform>",
            WITH_COMMENTS[0]
        );
        accepted("a list of prefixes, with comments", &transforms(&base, &list));
        // and a comment is let in with none of them
        let xml = transforms(&base, &format!("{ENVELOPED}{}", one(WITH_COMMENTS[0]))).signed();
        let commented = edit::first(&xml, PERSON, &format!("{PERSON}<!-- -->"));
        assert!(matches!(rejection_of(&commented), Rejection::ForbiddenConstruct { .. }), "{}", base.name());
    }
    let base = bases::all().into_iter().find(|base| base.name() == "okta-assertion").unwrap();
    let reference = transforms(&base, &format!("{ENVELOPED}{}", one(WITH_COMMENTS[0])));
    disk::compare("good/okta-assertion-with-comments.xml", reference.signed().as_bytes());
}

/// An attribute with so many values, each of which declares what its type needs.
fn groups(base: &Base, number: usize, declarations: &str) -> String {
    let (attribute, value) = (base.a("Attribute"), base.a("AttributeValue"));
    let values: Vec<_> = (0..number).map(|n| format!("<{value}{declarations}>{n}</{value}>")).collect();
    format!("<{attribute} Name=\"groups of {number}\">{}</{attribute}>", values.concat())
}

#[test]
fn groups_that_each_declare_their_namespaces_are_as_many_as_fit() {
    let both = format!(" xmlns:xs=\"{SCHEMA}\" xmlns:xsi=\"{INSTANCE}\" xsi:type=\"xs:string\"");
    for base in bases::all() {
        let statement = base.a("AttributeStatement");
        let with = |number: usize, declarations: &str| {
            base.assertion(|xml| edit::append(xml, &statement, &groups(&base, number, declarations)))
        };
        for (number, declarations) in [(200, both.as_str()), (1_000, &both), (2_000, " xmlns:xs=\"urn:xs\"")] {
            let assertion = accepted("groups", &with(number, declarations));
            let groups = assertion.attributes().last().unwrap();
            assert_eq!((groups.name.as_str(), groups.values.len()), (format!("groups of {number}").as_str(), number));
        }
        // what does not fit is too large, which it says
        let refused = rejection_of(&with(2_000, &both).pretended());
        assert!(matches!(refused, Rejection::TooLarge { actual, .. } if actual > 256 * 1024), "{refused:?}");
    }
}

#[test]
fn any_absolute_uri_is_a_format() {
    for base in bases::all() {
        for format in ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", "urn:oid:1.2.3", "x-id:employee"] {
            let name = base.a("NameID");
            let changed = base.assertion(|xml| edit::attribute(xml, &name, "Format", Some(format)));
            let assertion = accepted(format, &changed);
            assert_eq!(assertion.name_id_format(), Some(format));
            assert!(!assertion.is_name_id_format_known());
        }
        assert!(accepted("its own format", &base).is_name_id_format_known());
    }
}

#[test]
fn a_format_that_is_no_uri_is_reported_with_its_value() {
    let base = &bases::all()[0];
    let changed = base.assertion(|xml| edit::attribute(xml, "NameID", "Format", Some("emailAddress")));
    let refused = rejection_of(&changed.signed());
    assert_eq!(refused, Rejection::NameIdUnusable { what: NameIdError::FormatNotUri, value: "emailAddress".into() });
}

#[test]
fn white_space_is_shown_with_what_was_expected() {
    let base = &bases::all()[0];
    let filled =
        |element: &str, with: String| rejection_of(&base.assertion(|xml| edit::fill(xml, element, &with)).signed());
    for (refused, wanted, came) in [
        (filled("Issuer", format!("\n  {IDP}\n")), IDP, format!("\u{23ce}  {IDP}\u{23ce}")),
        (filled("Audience", format!(" {SP}")), SP, format!("\u{2423}{SP}")),
        (filled("NameID", format!("{PERSON}\u{a0}")), PERSON, format!("{PERSON}[U+00A0]")),
    ] {
        let Rejection::WhiteSpace { expected, actual, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((expected.as_str(), actual), (wanted, came));
    }
}

type Change = fn(&str, &Base) -> String;

/// Something more or less in the assertion.
const ASSERTIONS: [(&str, Change); 22] = [
    ("no beginning", |xml, base| edit::attribute(xml, &base.a("Conditions"), "NotBefore", None)),
    ("one use", |xml, base| edit::append(xml, &base.a("Conditions"), &format!("<{}/>", base.a("OneTimeUse")))),
    ("no proxies", |xml, base| {
        let (proxies, audience) = (base.a("ProxyRestriction"), base.a("Audience"));
        let more = format!("<{proxies} Count=\"1\"><{audience}>urn:other</{audience}></{proxies}>");
        edit::append(xml, &base.a("Conditions"), &more)
    }),
    ("conditions in another order", |xml, base| {
        edit::prepend(xml, &base.a("Conditions"), &format!("<{}/>", base.a("OneTimeUse")))
    }),
    ("two audiences", |xml, base| {
        edit::after(xml, &base.a("Audience"), &format!("<{0}>urn:b</{0}>", base.a("Audience")))
    }),
    ("two statements", |xml, base| edit::repeat(xml, &base.a("AuthnStatement"))),
    ("two attribute statements", |xml, base| edit::repeat(xml, &base.a("AttributeStatement"))),
    ("advice", |xml, base| {
        let advice = base.a("Advice");
        edit::after(xml, &base.a("Conditions"), &format!("<{advice}><x:hint xmlns:x=\"urn:x\">a</x:hint></{advice}>"))
    }),
    ("a session that ends", |xml, base| {
        edit::attribute(xml, &base.a("AuthnStatement"), "SessionNotOnOrAfter", Some("2026-11-23T20:00:00+00:00"))
    }),
    ("no session index", |xml, base| {
        let more = format!(
            "<{0} AuthnInstant=\"2026-11-23T12:00:00Z\"><{1}/></{0}>",
            base.a("AuthnStatement"),
            base.a("AuthnContext")
        );
        edit::before(xml, &base.a("AuthnStatement"), &more)
    }),
    ("a context declared", |xml, base| {
        edit::append(xml, &base.a("AuthnContext"), &format!("<{0}>urn:a</{0}>", base.a("AuthnContextDeclRef")))
    }),
    ("instants to the nanosecond", |xml, base| {
        edit::attribute(xml, &base.a("Conditions"), "NotOnOrAfter", Some("2026-11-23T14:00:00.123456789Z"))
    }),
    ("a zone of its own", |xml, base| {
        edit::attribute(xml, &base.a("Conditions"), "NotOnOrAfter", Some("2026-11-23T15:00:00+01:00"))
    }),
    ("no value", |xml, base| attribute(xml, base, "empty", "")),
    ("an empty value", |xml, base| attribute(xml, base, "empty", &format!("<{}/>", base.a("AttributeValue")))),
    ("nil", |xml, base| {
        let value = format!("<{} xmlns:xsi=\"{INSTANCE}\" xsi:nil=\"true\"/>", base.a("AttributeValue"));
        attribute(xml, base, "nil", &value)
    }),
    ("a value with elements", |xml, base| {
        let value = format!("<{0}><x:a xmlns:x=\"urn:x\">b</x:a></{0}>", base.a("AttributeValue"));
        attribute(xml, base, "address", &value)
    }),
    ("a value in a language", |xml, base| {
        attribute(xml, base, "motto", &format!("<{0} xml:lang=\"de\">los</{0}>", base.a("AttributeValue")))
    }),
    ("a name with blanks", |xml, base| {
        attribute(xml, base, "Given Name (work)", &format!("<{0}>B</{0}>", base.a("AttributeValue")))
    }),
    ("a tag over lines", |xml, base| {
        edit::first(xml, &format!("<{} ", base.a("NameID")), &format!("<{}\n\t", base.a("NameID")))
            .replace(&format!("<{}>", base.a("NameID")), &format!("<{}\n>", base.a("NameID")))
    }),
    ("a confirmation of another kind", |xml, base| {
        let other =
            format!("<{} Method=\"urn:oasis:names:tc:SAML:2.0:cm:sender-vouches\"/>", base.a("SubjectConfirmation"));
        edit::before(xml, &base.a("SubjectConfirmation"), &other)
    }),
    ("a beginning of the confirmation", |xml, base| {
        edit::attribute(xml, &base.a("SubjectConfirmationData"), "NotBefore", Some("2026-11-23T12:00:00Z"))
    }),
];

fn attribute(xml: &str, base: &Base, name: &str, values: &str) -> String {
    let attribute = base.a("Attribute");
    let more = format!("<{attribute} Name=\"{name}\" xmlns:y=\"urn:y\" y:own=\"1\">{values}</{attribute}>");
    edit::append(xml, &base.a("AttributeStatement"), &more)
}

#[test]
fn what_an_assertion_may_also_say_is_let_in() {
    for base in bases::all() {
        for (what, change) in ASSERTIONS {
            // Ping's name has no attribute to break the line before
            let what_if = what == "a tag over lines" && !base.assertion.contains(&format!("<{} ", base.a("NameID")));
            if !what_if {
                accepted(what, &base.assertion(|xml| change(xml, &base)));
            }
        }
    }
}

#[test]
fn an_attribute_encrypted_by_itself_is_left_out_and_counted() {
    for base in bases::all() {
        let encrypted = format!("<{0}><x:d xmlns:x=\"urn:x\"/></{0}>", base.a("EncryptedAttribute"));
        let changed = base.assertion(|xml| edit::append(xml, &base.a("AttributeStatement"), &encrypted.repeat(2)));
        let assertion = accepted("encrypted attributes", &changed);
        assert_eq!(assertion.encrypted_attributes(), 2);
        assert_eq!(assertion.attributes().len(), base.attributes.len());
    }
}

#[test]
fn what_a_response_may_also_say_is_let_in() {
    let changes: [(&str, Change); 5] = [
        ("consent", |xml, base| edit::attribute(xml, &base.p("Response"), "Consent", Some("urn:a"))),
        ("extensions", |xml, base| {
            edit::before(xml, &base.p("Status"), &format!("<{0}><x:a xmlns:x=\"urn:x\"/></{0}>", base.p("Extensions")))
        }),
        ("a message", |xml, base| {
            edit::append(xml, &base.p("Status"), &format!("<{0}>fine</{0}>", base.p("StatusMessage")))
        }),
        ("a detail", |xml, base| {
            edit::append(
                xml,
                &base.p("Status"),
                &format!("<{0}><x:a xmlns:x=\"urn:x\"/></{0}>", base.p("StatusDetail")),
            )
        }),
        ("another prefix declared", |xml, base| {
            edit::attribute(xml, &base.p("Response"), "xmlns:also", Some(ASSERTION))
        }),
    ];
    for base in bases::all() {
        for (what, change) in changes {
            // OneLogin's status has no content of its own name's end to append to
            accepted(what, &base.response(|xml| change(xml, &base)));
        }
    }
}

#[test]
fn a_byte_order_mark_and_an_encoding_that_reads_the_same_change_nothing() {
    for base in bases::all() {
        let xml = base.signed();
        let body = xml.split_once("?>").map_or(xml.as_str(), |(_, body)| body.trim_start());
        assert!(verify(&format!("\u{feff}{xml}")).is_ok(), "{}", base.name());
        let declared = |encoding: &str| verify(&format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{body}"));
        for encoding in ["ISO-8859-1", "us-ascii", "windows-1252"] {
            assert_eq!(declared(encoding).is_ok(), body.is_ascii(), "{encoding}, {}", base.name());
        }
    }
}

#[test]
fn which_part_of_a_bearer_confirmation_is_missing_is_reported() {
    let base = &bases::all()[0];
    let told = |change: fn(&str) -> String| match rejection_of(&base.assertion(change).signed()) {
        Rejection::NoBearerConfirmation { what } => what,
        other => panic!("{other}"),
    };
    let whole = told(|xml| edit::remove(xml, "SubjectConfirmation"));
    let data = told(|xml| edit::remove(xml, "SubjectConfirmationData"));
    let end = told(|xml| edit::attribute(xml, "SubjectConfirmationData", "NotOnOrAfter", None));
    assert_eq!(whole, ConfirmationError::NotBearer);
    assert_eq!(data, ConfirmationError::NoData);
    assert_eq!(end, ConfirmationError::NoEnd);
}
