//! What was asked of the authentication is checked in what comes back.

use chrono::{DateTime, TimeDelta, Utc};
use saml::response::{
    Check, CheckedValue, ExpectedAuthn, ExpectedResponse, GatedResponse, Rejection, TimedPart, Trust, ValidationReport,
};

use crate::support::*;

const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
const MULTI_FACTOR: &str = "https://refeds.org/profile/mfa";
/// What the draft says.
const INSTANT: &str = "AuthnInstant=\"2026-11-23T12:00:00.000Z\"";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn validate(draft: &Draft, authn: ExpectedAuthn<'_>) -> ValidationReport {
    let certificates = [rsa().certificate.clone()];
    let expected = ExpectedResponse { authn, ..expected() };
    GatedResponse::decode(&encode(draft.signed())).unwrap().validate(&Trust::new(IDP, &certificates), &expected, now())
}

fn check_forced(draft: &Draft, forced_at: &str) -> Result<(), Rejection> {
    let authn = ExpectedAuthn { forced_at: Some(at(forced_at)), ..ExpectedAuthn::default() };
    validate(draft, authn).outcome.map(|_| ())
}

fn check_classes(draft: &Draft, classes: &[&str]) -> Result<(), Rejection> {
    let classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
    validate(draft, ExpectedAuthn { context_classes: &classes, ..ExpectedAuthn::default() }).outcome.map(|_| ())
}

fn instant(text: &str) -> Draft {
    Draft::entra().assertion(INSTANT, &format!("AuthnInstant=\"{text}\""))
}

#[test]
fn what_was_not_requested_is_not_checked() {
    let thirty_days = instant("2026-10-24T12:00:00Z");
    let verification = validate(&thirty_days, ExpectedAuthn::default());
    assert_eq!(verification.outcome.unwrap().authn_instant(), Some(at("2026-10-24T12:00:00Z")));
    assert!(verification.checks.iter().all(|c| !matches!(c.check, Check::AuthnInstant | Check::AuthnContext)));
    assert_eq!(validate(&instant("soon"), ExpectedAuthn::default()).outcome.unwrap().authn_instant(), None);
}

#[test]
fn an_authentication_before_the_forced_request_is_rejected() {
    let request = "2026-11-23T12:58:00Z";
    for late_enough in
        ["2026-11-23T12:58:00Z", "2026-11-23T12:59:30.5Z", "2026-11-23T12:55:00Z", "2026-11-23T13:03:00Z"]
    {
        assert_eq!(check_forced(&instant(late_enough), request), Ok(()), "{late_enough}");
    }
    for early in ["2026-11-23T12:54:59Z", "2026-10-24T13:00:00Z"] {
        let rejected = Rejection::AuthnTooOld { authenticated_at: at(early), forced_at: at(request) };
        assert_eq!(check_forced(&instant(early), request), Err(rejected));
    }
    let ahead = check_forced(&instant("2026-11-23T13:03:01Z"), request);
    assert!(matches!(ahead, Err(Rejection::NotYetValid { what: TimedPart::Authentication, .. })), "{ahead:?}");
    let never = check_forced(&instant("2999-01-01T00:00:00Z"), request);
    assert!(matches!(never, Err(Rejection::NotYetValid { .. })), "{never:?}");
    let missing = check_forced(&Draft::entra().assertion(INSTANT, ""), request);
    assert!(matches!(missing, Err(Rejection::WrongShape { .. })), "{missing:?}");
}

#[test]
fn whole_seconds_are_compared_with_whole_seconds() {
    let certificates = [rsa().certificate.clone()];
    let authn = ExpectedAuthn { forced_at: Some(at("2026-11-23T12:58:00.7Z")), ..ExpectedAuthn::default() };
    let expected = ExpectedResponse { authn, clock_skew: TimeDelta::zero(), ..expected() };
    let verdict = |text| {
        let gated = GatedResponse::decode(&encode(instant(text).signed())).unwrap();
        gated.verify(&Trust::new(IDP, &certificates), &expected, at("2026-11-23T13:00:00Z")).map(|_| ())
    };
    assert_eq!(verdict("2026-11-23T12:58:00Z"), Ok(()));
    assert!(matches!(verdict("2026-11-23T12:57:59.9Z"), Err(Rejection::AuthnTooOld { .. })));
}

#[test]
fn the_class_is_exactly_one_of_those_requested() {
    let draft = Draft::entra();
    assert_eq!(check_classes(&draft, &[PASSWORD]), Ok(()));
    assert_eq!(check_classes(&draft, &[MULTI_FACTOR, PASSWORD]), Ok(()));
    let rejected = |expected: &[&str], actual: Option<&str>| {
        let expected = expected.iter().map(ToString::to_string).collect();
        Err(Rejection::AuthnContextNotRequested { expected, actual: actual.map(str::to_owned) })
    };
    assert_eq!(check_classes(&draft, &[MULTI_FACTOR]), rejected(&[MULTI_FACTOR], Some(PASSWORD)));
    for near in [&PASSWORD.to_lowercase(), &format!("{PASSWORD}ProtectedTransport"), "urn:oasis"] {
        let other = Draft::entra().assertion(PASSWORD, near);
        assert_eq!(check_classes(&other, &[PASSWORD]), rejected(&[PASSWORD], Some(near)), "{near}");
    }
    let spaced = Draft::entra().assertion(PASSWORD, &format!("\n  {PASSWORD}\n"));
    assert_eq!(check_classes(&spaced, &[PASSWORD]), Ok(()), "white space around an anyURI does not count");
    let element = format!("<AuthnContextClassRef>{PASSWORD}</AuthnContextClassRef>");
    let by_reference = Draft::entra().assertion(&element, "<AuthnContextDeclRef>urn:x</AuthnContextDeclRef>");
    assert_eq!(check_classes(&by_reference, &[PASSWORD]), rejected(&[PASSWORD], None));
}

#[test]
fn every_statement_must_hold() {
    let old = format!(
        "<AuthnStatement AuthnInstant=\"2026-10-24T12:00:00Z\"><AuthnContext><AuthnContextClassRef>{PASSWORD}\
         </AuthnContextClassRef></AuthnContext></AuthnStatement>"
    );
    let fresh = instant("2026-11-23T12:59:00Z").assertion(PASSWORD, MULTI_FACTOR);
    for two in [
        fresh.clone().assertion("<AuthnStatement", &format!("{old}<AuthnStatement")),
        fresh.clone().assertion("</Assertion>", &format!("{old}</Assertion>")),
    ] {
        assert!(matches!(check_forced(&two, "2026-11-23T12:58:00Z"), Err(Rejection::AuthnTooOld { .. })));
        assert!(matches!(check_classes(&two, &[MULTI_FACTOR]), Err(Rejection::AuthnContextNotRequested { .. })));
        let assertion = validate(&two, ExpectedAuthn::default()).outcome.unwrap();
        assert_eq!(assertion.authn_instant(), Some(at("2026-10-24T12:00:00Z")), "the earliest counts");
    }
    assert_eq!(check_forced(&fresh, "2026-11-23T12:58:00Z"), Ok(()));
}

#[test]
fn both_answers_are_in_the_report_with_what_came() {
    let classes = [MULTI_FACTOR.to_owned()];
    let authn = ExpectedAuthn { forced_at: Some(now()), context_classes: &classes };
    let verification = validate(&Draft::entra(), authn);
    let of = |check| verification.checks.iter().find(|result| result.check == check).unwrap();
    let text = |text: &str| Some(CheckedValue::Text(text.to_owned()));
    assert_eq!(of(Check::AuthnInstant).actual, text("2026-11-23T12:00:00.000Z"));
    assert_eq!(of(Check::AuthnContext).actual, text(PASSWORD));
    assert!(matches!(of(Check::AuthnInstant).failure, Some(Rejection::AuthnTooOld { .. })));
    assert!(matches!(of(Check::AuthnContext).failure, Some(Rejection::AuthnContextNotRequested { .. })));
    assert!([Check::AuthnInstant, Check::AuthnContext].into_iter().all(|check| of(check).is_verified));
    let rejected = Rejection::AuthnTooOld { authenticated_at: at("2026-11-23T12:00:00Z"), forced_at: now() };
    assert_eq!(verification.outcome, Err(rejected), "the first of them is the verdict");
}
