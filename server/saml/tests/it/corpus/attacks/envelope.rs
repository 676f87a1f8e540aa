//! What the response around the assertion says, violated one at a time. Signed, it must be
//! there and right; unsigned, what is there must be right.

use super::{AttackSample, UNKNOWN_PART, bad, shape, strong};
use crate::corpus::bases::{ASSERTION, ASSERTION_HERE, Base};
use crate::corpus::edit;
use crate::support::{ACS, IDP};

pub fn of(base: &Base) -> Vec<AttackSample> {
    let mut all = own(base);
    all.extend(status(base));
    all.extend(wherefrom(base));
    if base.signs_response() {
        all.extend(must_be_there(base));
    }
    all.extend(parts(base));
    all
}

fn with(base: &Base, name: &str, change: impl FnOnce(&str) -> String, verdict: impl Into<String>) -> AttackSample {
    strong(name, base.response(change).signed(), verdict)
}

fn set<'a>(base: &'a Base, attribute: &'a str, value: Option<&'a str>) -> impl FnOnce(&str) -> String + 'a {
    move |xml| edit::attribute(xml, &base.p("Response"), attribute, value)
}

fn own(base: &Base) -> Vec<AttackSample> {
    let time = "ImplausibleTime: the response's IssueInstant";
    let date = "MalformedTime: the response's IssueInstant";
    let mut all = vec![
        with(base, "version-1", set(base, "Version", Some("1.1")), "WrongVersion: 1.1"),
        with(base, "version-none", set(base, "Version", None), shape("Response has no attribute Version")),
        with(base, "instant-none", set(base, "IssueInstant", None), shape("Response has no attribute IssueInstant")),
        with(base, "instant-old", set(base, "IssueInstant", Some("2026-11-23T12:49:59Z")), time),
        with(base, "instant-future", set(base, "IssueInstant", Some("2026-11-23T13:03:00.001Z")), time),
        with(base, "instant-year", set(base, "IssueInstant", Some("262142-12-31T23:59:59Z")), time),
        with(base, "instant-no-date", set(base, "IssueInstant", Some("now")), date),
        with(base, "destination-other", set(base, "Destination", Some("https://other.example/")), "WrongDestination"),
        with(base, "destination-empty", set(base, "Destination", Some("")), "WrongDestination"),
        with(base, "destination-slash", set(base, "Destination", Some(&format!("{ACS}/"))), "WrongDestination"),
        with(
            base,
            "destination-space",
            set(base, "Destination", Some(&format!(" {ACS}"))),
            "WhiteSpace: the Destination",
        ),
        with(base, "destination-query", set(base, "Destination", Some(&format!("{ACS}?"))), "WrongDestination"),
        with(base, "request-other", set(base, "InResponseTo", Some("_other")), "UnknownRequest"),
        with(base, "request-empty", set(base, "InResponseTo", Some("")), "UnknownRequest"),
    ];
    if !base.signs_response() {
        all.push(with(base, "id-none", set(base, "ID", None), shape("Response has no attribute ID")));
    }
    all
}

fn status(base: &Base) -> Vec<AttackSample> {
    let name = base.p("Status");
    let code = base.p("StatusCode");
    let failed =
        |value: &'static str| move |xml: &str| edit::attribute(xml, &base.p("StatusCode"), "Value", Some(value));
    let nothing = base.response(|xml| edit::text(xml, ASSERTION_HERE, ""));
    let reported = nothing.response(failed("urn:oasis:names:tc:SAML:2.0:status:Responder"));
    vec![
        with(base, "status-responder", failed("urn:oasis:names:tc:SAML:2.0:status:Responder"), "StatusNotSuccess"),
        with(base, "status-denied", failed("urn:oasis:names:tc:SAML:2.0:status:RequestDenied"), "StatusNotSuccess"),
        with(base, "status-empty", failed(""), "StatusNotSuccess"),
        with(base, "status-case", failed("URN:OASIS:NAMES:TC:SAML:2.0:STATUS:SUCCESS"), "StatusNotSuccess"),
        with(base, "status-none", |xml| edit::remove(xml, &name), shape("Response has no Status")),
        with(base, "status-twice", |xml| edit::repeat(xml, &name), shape("Response has more than one Status")),
        with(base, "code-none", |xml| edit::remove(xml, &code), shape("Status has no StatusCode")),
        with(base, "code-twice", |xml| edit::repeat(xml, &code), shape("Status has more than one StatusCode")),
        with(
            base,
            "code-without-value",
            |xml| edit::attribute(xml, &code, "Value", None),
            shape("StatusCode has no attribute Value"),
        ),
        bad("status-alone", reported.unsigned(), "StatusNotSuccess"),
    ]
}

fn wherefrom(base: &Base) -> Vec<AttackSample> {
    let issuer = base.a("Issuer");
    vec![
        with(base, "issuer-other", |xml| edit::fill(xml, &issuer, "https://idp.fabrikam.example/"), "WrongIssuer"),
        with(base, "issuer-empty", |xml| edit::fill(xml, &issuer, ""), "WrongIssuer"),
        with(base, "issuer-slash", |xml| edit::fill(xml, &issuer, IDP.trim_end_matches('/')), "WrongIssuer"),
        with(base, "issuer-twice", |xml| edit::repeat(xml, &issuer), shape("Response has more than one Issuer")),
    ]
}

fn must_be_there(base: &Base) -> Vec<AttackSample> {
    let unnamed = |xml: &str| edit::remove(xml, &base.a("Issuer"));
    vec![
        with(base, "destination-none", set(base, "Destination", None), "WrongDestination"),
        with(base, "request-none", set(base, "InResponseTo", None), "Unsolicited"),
        with(base, "issuer-none", unnamed, shape("the signed response names no issuer")),
    ]
}

fn parts(base: &Base) -> Vec<AttackSample> {
    let unknown = shape(UNKNOWN_PART);
    let status = base.p("Status");
    let before = |what: &'static str| move |xml: &str| edit::before(xml, &base.p("Status"), what);
    let own = format!("<{}/>", base.p("Scoping"));
    let assertion_part = format!("<s:Subject xmlns:s=\"{ASSERTION}\"/>");
    vec![
        with(base, "part-foreign", before("<x:a xmlns:x=\"urn:x\"/>"), unknown.clone()),
        with(base, "part-of-no-namespace", before("<a xmlns=\"\"/>"), unknown.clone()),
        with(base, "part-of-protocol", |xml| edit::before(xml, &status, &own), unknown.clone()),
        with(base, "part-of-assertion", |xml| edit::before(xml, &status, &assertion_part), unknown),
    ]
}
