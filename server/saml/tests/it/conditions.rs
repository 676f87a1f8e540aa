//! Each condition of an assertion, violated one at a time in a response that is signed well.

use saml::response::Rejection;

use crate::support::*;

/// Why an assertion is refused whose `from` says `to`, well signed.
fn with(from: &str, to: &str) -> Rejection {
    refusal(&Draft::entra().assertion(from, to).signed())
}

fn wrong(what: &'static str) -> Rejection {
    Rejection::WrongShape { what }
}

#[test]
fn another_version_is_refused() {
    let expected = Rejection::WrongVersion { actual: "1.1".into() };
    assert_eq!(with("Version=\"2.0\"", "Version=\"1.1\""), expected);
}

#[test]
fn another_issuer_is_refused() {
    let actual = IDP.trim_end_matches('/').to_owned();
    let expected = Rejection::WrongIssuer { expected: IDP.into(), actual, on_response: false };
    assert_eq!(with("/</Issuer>", "</Issuer>"), expected);
    assert_eq!(with(&format!("<Issuer>{IDP}</Issuer>"), ""), wrong("the assertion names no issuer"));
}

#[test]
fn another_audience_is_refused() {
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
    let foreign = format!("<AudienceRestriction><x:Audience xmlns:x=\"urn:x\">{SP}</x:Audience></AudienceRestriction>");
    assert_eq!(with(&restriction, &foreign), wrong("an element has a part that SAML does not know"));
}

#[test]
fn an_assertion_without_conditions_or_without_their_times_is_refused() {
    let draft = Draft::entra();
    let start = draft.assertion.find("<Conditions").unwrap();
    let end = draft.assertion.find("</Conditions>").unwrap() + "</Conditions>".len();
    let conditions = draft.assertion[start..end].to_owned();
    assert_eq!(with(&conditions, ""), wrong("the assertion has no conditions"));
    assert_eq!(with(" NotBefore=\"2026-11-23T12:55:00.000Z\"", ""), wrong("the conditions have no beginning"));
    assert_eq!(with(" NotOnOrAfter=\"2026-11-23T14:09:58.123Z\"", ""), wrong("the conditions have no end"));
    assert_eq!(with(&conditions, &conditions.repeat(2)), wrong("the assertion has conditions twice"));
}

#[test]
fn a_condition_we_do_not_know_is_refused() {
    let expected = Rejection::UnknownCondition { name: "Condition".into() };
    assert_eq!(with("</Conditions>", "<Condition/></Conditions>"), expected);
    let expected = Rejection::UnknownCondition { name: "OneTimeUse".into() };
    assert_eq!(with("</Conditions>", "<OneTimeUse xmlns=\"urn:x\"/></Conditions>"), expected);
}

#[test]
fn an_assertion_whose_time_has_not_come_is_refused() {
    let rejection = with("NotBefore=\"2026-11-23T12:55:00.000Z\"", "NotBefore=\"2026-11-23T13:03:01Z\"");
    let not_before = "2026-11-23T13:03:01Z".parse().unwrap();
    assert_eq!(rejection, Rejection::NotYetValid { what: "the assertion", not_before, now: now() });
}

#[test]
fn an_assertion_whose_time_is_over_is_refused() {
    let rejection = with("NotOnOrAfter=\"2026-11-23T14:09:58.123Z\"", "NotOnOrAfter=\"2026-11-23T12:57:00Z\"");
    let not_on_or_after = "2026-11-23T12:57:00Z".parse().unwrap();
    assert_eq!(rejection, Rejection::Expired { what: "the assertion", not_on_or_after, now: now() });
}

#[test]
fn a_confirmation_whose_time_is_over_is_refused() {
    let rejection = with("NotOnOrAfter=\"2026-11-23T14:00:00.000Z\"", "NotOnOrAfter=\"2026-11-23T12:57:00Z\"");
    let not_on_or_after = "2026-11-23T12:57:00Z".parse().unwrap();
    assert_eq!(rejection, Rejection::Expired { what: "the bearer confirmation", not_on_or_after, now: now() });
    assert_eq!(with(" NotOnOrAfter=\"2026-11-23T14:00:00.000Z\"", ""), Rejection::NoBearerConfirmation);
}

#[test]
fn a_session_that_is_over_is_refused() {
    let rejection = with("SessionIndex=", "SessionNotOnOrAfter=\"2026-11-23T12:50:00Z\" SessionIndex=");
    let not_on_or_after = "2026-11-23T12:50:00Z".parse().unwrap();
    let what = "the session at the identity provider";
    assert_eq!(rejection, Rejection::Expired { what, not_on_or_after, now: now() });
}

#[test]
fn an_old_or_future_issue_instant_is_refused() {
    for value in ["2026-11-23T12:49:59Z", "2026-11-23T13:03:01Z", "2999-01-01T00:00:00Z"] {
        let rejection = with("IssueInstant=\"2026-11-23T12:59:58.123Z\"", &format!("IssueInstant=\"{value}\""));
        let what = "the assertion's IssueInstant";
        assert_eq!(rejection, Rejection::ImplausibleTime { what, value: value.into(), now: now() });
    }
}

#[test]
fn years_that_nobody_means_are_refused_before_anything_computes_with_them() {
    for date in ["2026-11-23T12:55:00.000Z", "2026-11-23T14:09:58.123Z", "2026-11-23T14:00:00.000Z"] {
        for value in ["262142-12-31T23:59:59Z", "1999-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"]
        {
            let rejection = with(date, value);
            assert!(matches!(&rejection, Rejection::ImplausibleTime { value: v, .. } if v == value), "{rejection:?}");
        }
        for value in
            ["", "yesterday", "2026-11-23", "2026-11-23T12:55:00", "+262142-12-31T23:59:59Z", "2026-13-01T00:00:00Z"]
        {
            assert_eq!(with(date, value), wrong("a date is not written as SAML says"), "{value}");
        }
    }
}

#[test]
fn a_confirmation_for_another_address_is_refused() {
    let expected =
        |actual: Option<&str>| Rejection::WrongRecipient { expected: ACS.into(), actual: actual.map(str::to_owned) };
    let recipient = format!("Recipient=\"{ACS}\"");
    assert_eq!(with(&recipient, "Recipient=\"https://other.example/\""), expected(Some("https://other.example/")));
    let slash = format!("{ACS}/");
    assert_eq!(with(&recipient, &format!("Recipient=\"{slash}\"")), expected(Some(&slash)));
    assert_eq!(with(&recipient, ""), expected(None));
    assert_eq!(with(&recipient, &format!("x:Recipient=\"{ACS}\" xmlns:x=\"urn:x\"")), expected(None));
}

#[test]
fn a_confirmation_of_another_request_or_of_none_is_refused() {
    let request = format!("InResponseTo=\"{REQUEST}\"");
    let expected = Rejection::UnknownRequest { expected: REQUEST.into(), actual: "_other".into() };
    assert_eq!(with(&request, "InResponseTo=\"_other\""), expected);
    assert_eq!(with(&request, ""), Rejection::Unsolicited);
}

#[test]
fn a_confirmation_that_is_no_bearers_is_refused() {
    assert_eq!(with("cm:bearer", "cm:holder-of-key"), Rejection::NoBearerConfirmation);
    assert_eq!(with("cm:bearer", "cm:sender-vouches"), Rejection::NoBearerConfirmation);
}

#[test]
fn an_assertion_that_names_nobody_is_refused() {
    let name_id =
        format!("<NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\">{PERSON}</NameID>");
    assert_eq!(with(&name_id, ""), Rejection::NameIdMissing);
    assert_eq!(with(&name_id, "<NameID/>"), Rejection::NameIdMissing);
    assert_eq!(with(&name_id, "<NameID> </NameID>"), Rejection::NameIdMissing);
    assert_eq!(with(&name_id, &name_id.repeat(2)), wrong("the subject has two name identifiers"));
    assert_eq!(with(&name_id, "<NameID>a<b/>c</NameID>"), wrong("an element has a part that SAML does not know"));
    assert_eq!(with(&name_id, "<EncryptedID/>"), Rejection::Encrypted);
    assert_eq!(
        with(&name_id, "<NameID xmlns=\"urn:x\">a</NameID>"),
        wrong("an element has a part that SAML does not know")
    );
    let made_up = Rejection::NameIdUnusable { what: "has a format that SAML does not define" };
    assert_eq!(with(&name_id, "<NameID Format=\"urn:made:up\">a</NameID>"), made_up);
}

#[test]
fn a_name_that_cannot_be_one_is_refused() {
    let long = "a".repeat(257);
    assert_eq!(with(PERSON, &long), Rejection::NameIdUnusable { what: "is longer than 256 bytes" });
    let control = Rejection::NameIdUnusable { what: "has control characters in it" };
    assert_eq!(with(PERSON, "a&#10;b"), control);
    assert_eq!(with(PERSON, "a\u{85}b"), control);
}

#[test]
fn an_assertion_about_no_sign_in_is_refused() {
    let draft = Draft::entra();
    let start = draft.assertion.find("<AuthnStatement").unwrap();
    let statement = draft.assertion[start..].trim_end_matches("</Assertion>").to_owned();
    assert_eq!(with(&statement, ""), wrong("the assertion has no AuthnStatement"));
}

#[test]
fn an_encrypted_attribute_is_named_as_such() {
    assert_eq!(with("</AttributeStatement>", "<EncryptedAttribute/></AttributeStatement>"), Rejection::Encrypted);
}

#[test]
fn values_in_a_refusal_are_short_and_printable() {
    let rejection = with("/</Issuer>", &format!("&#10;{}</Issuer>", "x".repeat(5000)));
    let actual = rejection.actual().unwrap();
    assert_eq!(actual.chars().count(), 300);
    assert!(!actual.contains('\n'));
    assert_eq!(rejection.expected().as_deref(), Some(IDP));
    assert!(!rejection.to_string().contains(PERSON), "{rejection}");
}
