//! Each condition of an assertion violated, one at a time, by the identity provider that
//! signs: nothing but the condition is wrong.

use super::{AttackSample, UNKNOWN_PART, forbidden, shape, strong};
use crate::corpus::bases::{ASSERTION, Base};
use crate::corpus::edit;
use crate::support::{ACS, IDP, PERSON, REQUEST, SP};

const YEARS: [&str; 4] =
    ["262142-12-31T23:59:59Z", "1999-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"];
const NO_DATES: [&str; 8] = [
    "",
    "yesterday",
    "2026-11-23",
    "2026-11-23T12:55:00",
    "+262142-12-31T23:59:59Z",
    "2026-13-01T00:00:00Z",
    "2026-11-23T12:55:00Z2026-11-23T12:55:00Z",
    "1795438500",
];

pub fn of(base: &Base) -> Vec<AttackSample> {
    let mut all = who(base);
    all.extend(names(base));
    all.extend(audiences(base));
    all.extend(conditions(base));
    all.extend(confirmations(base));
    all.extend(dates(base));
    all.extend(session(base));
    all
}

/// Signed with that change in its assertion.
fn with(base: &Base, name: &str, change: impl FnOnce(&str) -> String, verdict: impl Into<String>) -> AttackSample {
    strong(name, base.assertion(change).signed(), verdict)
}

fn who(base: &Base) -> Vec<AttackSample> {
    let issuer = base.a("Issuer");
    let own = base.a("Assertion");
    let fill = |with: &'static str| move |xml: &str| edit::fill(xml, &base.a("Issuer"), with);
    vec![
        with(base, "version-1", |xml| edit::attribute(xml, &own, "Version", Some("1.1")), "WrongVersion: 1.1"),
        with(base, "version-2", |xml| edit::attribute(xml, &own, "Version", Some("2")), "WrongVersion: 2"),
        with(
            base,
            "version-none",
            |xml| edit::attribute(xml, &own, "Version", None),
            shape("Assertion has no attribute Version"),
        ),
        with(base, "issuer-other", fill("https://idp.fabrikam.example/"), "WrongIssuer"),
        with(base, "issuer-empty", fill(""), "WrongIssuer"),
        with(base, "issuer-space", |xml| edit::append(xml, &issuer, "\n"), "WhiteSpace: the issuer"),
        with(base, "issuer-invisible", |xml| edit::prepend(xml, &issuer, "\u{200b}"), "WhiteSpace: the issuer"),
        with(base, "issuer-slash", |xml| edit::fill(xml, &issuer, IDP.trim_end_matches('/')), "WrongIssuer"),
        with(base, "issuer-case", |xml| edit::fill(xml, &issuer, &IDP.to_uppercase()), "WrongIssuer"),
        with(base, "issuer-none", |xml| edit::remove(xml, &issuer), shape("Assertion has no Issuer")),
        with(base, "issuer-twice", |xml| edit::repeat(xml, &issuer), shape("Assertion has more than one Issuer")),
        with(
            base,
            "issue-instant-none",
            |xml| edit::attribute(xml, &own, "IssueInstant", None),
            shape("Assertion has no attribute IssueInstant"),
        ),
    ]
}

fn names(base: &Base) -> Vec<AttackSample> {
    let name = base.a("NameID");
    let subject = base.a("Subject");
    let long = "a".repeat(257);
    let foreign = "<NameID xmlns=\"urn:x\">carol@contoso.com</NameID>";
    let encrypted = format!("<{}/>", base.a("EncryptedID"));
    let other = edit::cut(&base.assertion, &name).replace(PERSON, "carol@contoso.com");
    let control = "NameIdUnusable: has control characters in it";
    let around = "WhiteSpace: the name identifier";
    let no_uri = "NameIdUnusable: has a format that is no absolute URI";
    let format = |label: &str, value: &str| {
        with(base, label, |xml| edit::attribute(xml, &name, "Format", Some(value)), no_uri.to_owned())
    };
    let fill = |label: &str, with_text: &str, verdict: &str| {
        with(base, label, |xml| edit::fill(xml, &name, with_text), verdict.to_owned())
    };
    vec![
        with(base, "subject-none", |xml| edit::remove(xml, &subject), "NameIdMissing"),
        with(base, "subject-twice", |xml| edit::repeat(xml, &subject), shape("Assertion has more than one Subject")),
        with(base, "name-none", |xml| edit::remove(xml, &name), "NameIdMissing"),
        fill("name-empty", "", "NameIdEmpty"),
        fill("name-blank", " \n\t", "NameIdEmpty"),
        fill("name-long", &long, "NameIdUnusable: is longer than 256 bytes"),
        fill("name-line-break", "b.simon@contoso.com&#10;carol@contoso.com", control),
        fill("name-carriage-return", "b.simon@contoso.com&#13;", around),
        fill("name-space-around", " b.simon@contoso.com ", around),
        fill("name-lines-around", "\n  b.simon@contoso.com\n", around),
        fill("name-invisible-around", "b.simon@contoso.com\u{200b}", around),
        fill("name-tab", "b.simon&#9;@contoso.com", control),
        fill("name-next-line", "b.simon@contoso.com\u{85}", around),
        fill("name-delete", "b.simon@contoso.com\u{7f}", control),
        fill("name-element", "b.simon@contoso.com<b/>.evil.example", &shape(UNKNOWN_PART)),
        format("name-format-empty", ""),
        format("name-format-word", "emailAddress"),
        format("name-format-path", "/claims/upn"),
        format("name-format-blank", "urn:a b"),
        format("name-format-scheme-only", "urn:"),
        with(base, "name-twice", |xml| edit::repeat(xml, &name), shape("Subject has more than one NameID")),
        with(
            base,
            "name-and-another",
            |xml| edit::after(xml, &name, &other),
            shape("Subject has more than one NameID"),
        ),
        with(base, "name-of-another-namespace", |xml| edit::replace(xml, &name, foreign), shape(UNKNOWN_PART)),
        with(base, "name-encrypted", |xml| edit::replace(xml, &name, &encrypted), "EncryptedNameId"),
    ]
}

fn audiences(base: &Base) -> Vec<AttackSample> {
    let audience = base.a("Audience");
    let restriction = base.a("AudienceRestriction");
    let filled = |label: &str, with_text: &str, verdict: &str| {
        with(base, label, |xml| edit::fill(xml, &audience, with_text), verdict.to_owned())
    };
    let fill = |label: &str, with_text: &str| filled(label, with_text, "WrongAudience");
    let blank = |label: &str, with_text: &str| filled(label, with_text, "WhiteSpace: the audience");
    let other = format!("<{restriction}><{audience}>urn:other</{audience}></{restriction}>");
    let foreign = format!("<x:Audience xmlns:x=\"urn:x\">{SP}</x:Audience>");
    vec![
        fill("audience-other", "https://portal.example/saml/fabrikam"),
        fill("audience-empty", ""),
        fill("audience-slash", &format!("{SP}/")),
        fill("audience-prefix", &SP[..SP.len() - 1]),
        blank("audience-space", &format!(" {SP}")),
        blank("audience-lines", &format!("\n    {SP}\n")),
        blank("audience-invisible", &format!("{SP}\u{feff}")),
        fill("audience-case", &SP.to_uppercase()),
        fill("audience-list", &format!("{SP} urn:other")),
        with(base, "audience-none", |xml| edit::remove(xml, &audience), "WrongAudience"),
        with(base, "audience-of-another-namespace", |xml| edit::replace(xml, &audience, &foreign), shape(UNKNOWN_PART)),
        with(base, "restriction-none", |xml| edit::remove(xml, &restriction), "WrongAudience"),
        with(base, "restriction-another", |xml| edit::after(xml, &restriction, &other), "WrongAudience"),
        with(base, "restriction-another-first", |xml| edit::before(xml, &restriction, &other), "WrongAudience"),
    ]
}

fn conditions(base: &Base) -> Vec<AttackSample> {
    let name = base.a("Conditions");
    let set = |attribute: &'static str, value: Option<&'static str>| {
        move |xml: &str| edit::attribute(xml, &base.a("Conditions"), attribute, value)
    };
    let own = format!("<{}/>", base.a("Condition"));
    let typed = format!(
        "<{} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:x=\"urn:x\" xsi:type=\"x:Only\"/>",
        base.a("Condition")
    );
    let foreign = "<x:OneTimeUse xmlns:x=\"urn:x\"/>";
    vec![
        with(base, "conditions-none", |xml| edit::remove(xml, &name), shape("Assertion has no Conditions")),
        with(base, "conditions-twice", |xml| edit::repeat(xml, &name), shape("Assertion has more than one Conditions")),
        with(
            base,
            "not-on-or-after-none",
            set("NotOnOrAfter", None),
            shape("Conditions has no attribute NotOnOrAfter"),
        ),
        with(
            base,
            "not-before-future",
            set("NotBefore", Some("2026-11-23T13:03:00.001Z")),
            "NotYetValid: the assertion",
        ),
        with(
            base,
            "not-before-zone",
            set("NotBefore", Some("2026-11-23T13:00:00-01:00")),
            "NotYetValid: the assertion",
        ),
        with(base, "not-on-or-after-past", set("NotOnOrAfter", Some("2026-11-23T12:57:00Z")), "Expired: the assertion"),
        with(
            base,
            "not-on-or-after-zone",
            set("NotOnOrAfter", Some("2026-11-23T13:57:00+01:00")),
            "Expired: the assertion",
        ),
        with(base, "not-on-or-after-year", set("NotOnOrAfter", Some("2025-11-23T14:00:00Z")), "Expired: the assertion"),
        with(base, "condition-unknown", |xml| edit::append(xml, &name, &own), "UnknownCondition: Condition"),
        with(base, "condition-typed", |xml| edit::append(xml, &name, &typed), "UnknownCondition: Condition"),
        with(base, "condition-foreign", |xml| edit::append(xml, &name, foreign), "UnknownCondition: OneTimeUse"),
    ]
}

fn confirmations(base: &Base) -> Vec<AttackSample> {
    let whole = base.a("SubjectConfirmation");
    let data = base.a("SubjectConfirmationData");
    let set = |attribute: &'static str, value: Option<&'static str>| {
        move |xml: &str| edit::attribute(xml, &base.a("SubjectConfirmationData"), attribute, value)
    };
    let method = |value: Option<&'static str>| {
        move |xml: &str| edit::attribute(xml, &base.a("SubjectConfirmation"), "Method", value)
    };
    let slash = format!("{ACS}/");
    let moved = |attribute: &str, value: &str| {
        let xml = edit::attribute(&base.assertion, &data, attribute, None);
        edit::attribute(&xml, &data, &format!("xmlns:x=\"urn:x\" x:{attribute}"), Some(value))
    };
    let (recipient, request) = (moved("Recipient", ACS), moved("InResponseTo", REQUEST));
    let past = "Expired: the bearer confirmation";
    vec![
        with(base, "confirmation-none", |xml| edit::remove(xml, &whole), "NoBearerConfirmation"),
        with(base, "confirmation-data-none", |xml| edit::remove(xml, &data), "NoBearerConfirmation"),
        with(
            base,
            "confirmation-data-twice",
            |xml| edit::repeat(xml, &data),
            shape("SubjectConfirmation has more than one SubjectConfirmationData"),
        ),
        with(
            base,
            "holder-of-key",
            method(Some("urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")),
            "NoBearerConfirmation",
        ),
        with(
            base,
            "sender-vouches",
            method(Some("urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")),
            "NoBearerConfirmation",
        ),
        with(base, "method-none", method(None), "NoBearerConfirmation"),
        with(
            base,
            "recipient-other",
            set("Recipient", Some("https://portal.example/v2/auth/sso/saml/fabrikam")),
            "WrongRecipient",
        ),
        with(base, "recipient-slash", |xml| edit::attribute(xml, &data, "Recipient", Some(&slash)), "WrongRecipient"),
        with(base, "recipient-none", set("Recipient", None), "WrongRecipient"),
        with(base, "recipient-of-another-namespace", |_| recipient, "WrongRecipient"),
        with(base, "request-other", set("InResponseTo", Some("_other")), "UnknownRequest"),
        with(base, "request-empty", set("InResponseTo", Some("")), "UnknownRequest"),
        with(base, "request-none", set("InResponseTo", None), "Unsolicited"),
        with(base, "request-of-another-namespace", |_| request, "Unsolicited"),
        with(base, "confirmed-past", set("NotOnOrAfter", Some("2026-11-23T12:57:00Z")), past),
        with(base, "confirmed-without-end", set("NotOnOrAfter", None), "NoBearerConfirmation"),
        with(
            base,
            "confirmed-future",
            set("NotBefore", Some("2026-11-23T13:03:00.001Z")),
            "NotYetValid: the bearer confirmation",
        ),
    ]
}

/// Dates that nobody means, before anything computes with them.
fn dates(base: &Base) -> Vec<AttackSample> {
    let places = [
        ("Assertion", "IssueInstant", "the assertion's IssueInstant"),
        ("Conditions", "NotBefore", "the assertion"),
        ("Conditions", "NotOnOrAfter", "the assertion"),
        ("SubjectConfirmationData", "NotOnOrAfter", "the bearer confirmation"),
        ("AuthnStatement", "SessionNotOnOrAfter", "the session at the identity provider"),
    ];
    let mut all = Vec::new();
    for (element, attribute, what) in places {
        let name = base.a(element);
        let label = |number: usize, kind: &str| format!("{kind}-{number}-{element}-{attribute}").to_lowercase();
        let set = |label: &str, value: &str, verdict: String| {
            with(base, label, |xml| edit::attribute(xml, &name, attribute, Some(value)), verdict)
        };
        all.extend(
            YEARS
                .iter()
                .enumerate()
                .map(|(number, year)| set(&label(number, "year"), year, format!("ImplausibleTime: {what}"))),
        );
        let malformed = format!("MalformedTime: {what}");
        all.extend(
            NO_DATES.iter().enumerate().map(|(number, text)| set(&label(number, "date"), text, malformed.clone())),
        );
    }
    for (label, value) in [
        ("issued-long-ago", "2026-11-23T12:49:59.999Z"),
        ("issued-in-future", "2026-11-23T13:03:00.001Z"),
        ("issued-in-far-future", "2999-01-01T00:00:00Z"),
    ] {
        let set = |xml: &str| edit::attribute(xml, &base.a("Assertion"), "IssueInstant", Some(value));
        all.push(with(base, label, set, "ImplausibleTime: the assertion's IssueInstant"));
    }
    all
}

fn session(base: &Base) -> Vec<AttackSample> {
    let statement = base.a("AuthnStatement");
    let over = |xml: &str| edit::attribute(xml, &statement, "SessionNotOnOrAfter", Some("2026-11-23T12:50:00Z"));
    let foreign = "<AuthnStatement xmlns=\"urn:x\"/>";
    let nameless = format!("<{}/>", base.a("Attribute"));
    let attributes = base.a("AttributeStatement");
    let same_id = format!("<{} ID=\"{}\" xmlns=\"{ASSERTION}\"/>", base.a("Advice"), base.assertion_id);
    vec![
        with(base, "session-over", over, "Expired: the session at the identity provider"),
        with(base, "statement-none", |xml| edit::remove(xml, &statement), shape("Assertion has no AuthnStatement")),
        with(base, "statement-foreign", |xml| edit::replace(xml, &statement, foreign), shape(UNKNOWN_PART)),
        with(
            base,
            "attribute-nameless",
            |xml| edit::append(xml, &attributes, &nameless),
            shape("Attribute has no attribute Name"),
        ),
        AttackSample {
            verifies: false,
            ..with(base, "id-twice", |xml| edit::after(xml, &base.a("Conditions"), &same_id), forbidden("DuplicateId"))
        },
    ]
}
