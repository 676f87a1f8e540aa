//! What a rejection tells an administrator. That there is one is the corpus's business.

use saml::response::{Rejection, TimedPart};

use crate::support::*;

/// Why an assertion is rejected whose `from` says `to`, well signed.
fn with(from: &str, to: &str) -> Rejection {
    rejection_of(&Draft::entra().assertion(from, to).signed())
}

#[test]
fn another_audience_is_reported() {
    let expected = |actual: &[&str]| Rejection::WrongAudience {
        expected: SP.into(),
        actual: actual.iter().map(|audience| (*audience).to_owned()).collect(),
    };
    let audience = format!("<Audience>{SP}</Audience>");
    assert_eq!(with(&audience, "<Audience>urn:other</Audience>"), expected(&["urn:other"]));
    assert_eq!(with(&audience, ""), expected(&[]));
    let restriction = format!("<AudienceRestriction>{audience}</AudienceRestriction>");
    assert_eq!(with(&restriction, ""), expected(&[]));
    let second = format!("{restriction}<AudienceRestriction><Audience>urn:b</Audience></AudienceRestriction>");
    assert_eq!(with(&restriction, &second), expected(&["urn:b"]));
}

#[test]
fn the_time_that_is_over_is_reported() {
    let rejection = with("NotOnOrAfter=\"2026-11-23T14:09:58.123Z\"", "NotOnOrAfter=\"2026-11-23T12:57:00Z\"");
    let not_on_or_after = "2026-11-23T12:57:00Z".parse().unwrap();
    assert_eq!(rejection, Rejection::Expired { what: TimedPart::Assertion, not_on_or_after, now: now() });
}

#[test]
fn another_address_is_reported() {
    let expected =
        |actual: Option<&str>| Rejection::WrongRecipient { expected: ACS.into(), actual: actual.map(str::to_owned) };
    let recipient = format!("Recipient=\"{ACS}\"");
    assert_eq!(with(&recipient, "Recipient=\"https://other.example/\""), expected(Some("https://other.example/")));
    assert_eq!(with(&recipient, ""), expected(None));
}

#[test]
fn values_in_a_rejection_are_short_and_printable() {
    let rejection = with("/</Issuer>", &format!("&#10;{}</Issuer>", "x".repeat(5000)));
    assert!(!rejection.to_string().contains(PERSON), "{rejection}");
    let Rejection::WrongIssuer { expected, actual, .. } = rejection else { panic!("{rejection}") };
    assert_eq!(actual.chars().count(), 300);
    assert!(!actual.contains('\n'));
    assert_eq!(expected, IDP);
}
