//! Every finding, provoked by a mock Entra that misbehaves or by an administrator's mistake,
//! and told by its code, with the values that the page needs.

use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use mock_entra::certificates::{KeySlot, Keys};
use mock_entra::fault::{EarlierMessages, Fault};
use mock_entra::response::ResponseProtection;
use model::{AttemptOutcome, EventKind, FindingCode, FindingValue, Verdict};
use saml::certificate::SigningCertificate;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::finding_text::FindingText as _;
use crate::harness::Portal;
use crate::idp::{Idp, configured_team, post_response};

mod clocks;
mod lenient_inputs;
mod malleable_ciphertext;
mod notes;
mod other_providers;
mod other_reply_url;
mod person_claims;
mod requests;
mod response_delivery;
mod scene;
mod statuses;
mod uncommon_responses;
mod value_diffs;
mod verified_values;

use scene::{Scene, UPN, encrypted_to, found, has, moment, shown};

on_both_databases!(
    each_fault_is_told_by_its_code,
    notes_and_warnings_are_reported_and_the_person_signs_in,
    a_certificate_counts_only_while_it_is_valid,
    encryption_findings_are_distinguished,
    a_response_is_taken_once,
    a_browser_that_lost_its_cookie_is_told_from_another_one,
    a_domain_that_the_team_does_not_own_is_refused,
    a_team_that_is_not_active_and_one_that_does_not_exist_leave_a_reference,
    all_that_is_wrong_is_said_at_once,
    the_mock_knows_the_portals_codes,
);

/// What the portal must find for a fault that ends the sign-in.
const FAILURES: &[(Fault, FindingCode)] = &[
    (Fault::WrongAudience, FindingCode::WrongAudience),
    (Fault::NoAudience, FindingCode::AudienceMissing),
    (Fault::WrongRecipient, FindingCode::WrongRecipient),
    (Fault::WrongDestination, FindingCode::WrongDestination),
    (Fault::OtherTenant, FindingCode::IssuerOtherTenant),
    (Fault::IssuerWithoutSlash, FindingCode::IssuerWithoutSlash),
    (Fault::OtherIssuer, FindingCode::WrongIssuer),
    (Fault::OtherCertificate, FindingCode::CertificateUnknown),
    (Fault::NextCertificate, FindingCode::CertificateUnknown),
    (Fault::KeyReplaced, FindingCode::SignedByOtherKey),
    (Fault::Unsigned, FindingCode::SignatureMissing),
    (Fault::Altered, FindingCode::DigestMismatch),
    (Fault::Sha1, FindingCode::AlgorithmSha1),
    (Fault::UnknownAlgorithm, FindingCode::AlgorithmNotAllowed),
    (Fault::EncryptedForNobody, FindingCode::Encrypted),
    (Fault::Expired, FindingCode::ValidityWrong),
    (Fault::NotYetValid, FindingCode::ValidityWrong),
    (Fault::ImplausibleDate, FindingCode::ClockBehind),
    (Fault::AnswersOtherRequest, FindingCode::RequestUnknown),
    (Fault::IdpInitiatedId, FindingCode::InResponseToMissing),
    (Fault::Unsolicited, FindingCode::InResponseToMissing),
    (Fault::StatusNotAssigned, FindingCode::StatusResponder),
    (Fault::StatusPassive, FindingCode::NoPassive),
    (Fault::StatusNoAuthnContext, FindingCode::NoAuthnContext),
    (Fault::StatusInvalidNameIdPolicy, FindingCode::InvalidNameIdPolicy),
    (Fault::StatusRequestUnsupported, FindingCode::RequestUnsupported),
    (Fault::StatusRequestDenied, FindingCode::RequestDenied),
    (Fault::StatusAuthnFailed, FindingCode::AuthnFailed),
    (Fault::StatusUnsupportedBinding, FindingCode::UnsupportedBinding),
    (Fault::StatusRequester, FindingCode::StatusRequester),
    (Fault::StatusVersionMismatch, FindingCode::StatusVersionMismatch),
    (Fault::StatusOther, FindingCode::StatusNotSuccess),
    (Fault::NoNameId, FindingCode::NameIdMissing),
    (Fault::EmptyNameId, FindingCode::NameIdEmpty),
    (Fault::EmptyEmail, FindingCode::EmailEmpty),
    (Fault::ClockAhead, FindingCode::ClockAhead),
    (Fault::ClockBehind, FindingCode::ClockBehind),
    (Fault::TransientNameId, FindingCode::NameIdTransient),
    (Fault::NoEmail, FindingCode::EmailMissing),
    (Fault::EmailNoAddress, FindingCode::EmailInvalid),
    (Fault::GuestEmail, FindingCode::EmailInvalid),
    (Fault::ByGet, FindingCode::ResponseInQuery),
    (Fault::WsFederation, FindingCode::WsFederation),
    (Fault::ByArtifact, FindingCode::ResponseByArtifact),
    (Fault::LogoutAnswer, FindingCode::LogoutAtReplyUrl),
    (Fault::Compressed, FindingCode::ResponseCompressed),
    (Fault::TooLarge, FindingCode::TooLarge),
    (Fault::NotBase64, FindingCode::NotEncoded),
    (Fault::NotXml, FindingCode::NotXml),
    (Fault::Doctype, FindingCode::DoctypePresent),
    (Fault::TwoAssertions, FindingCode::SeveralAssertions),
];

/// What it must warn of, and let the person in.
const WARNINGS: &[(Fault, FindingCode)] = &[
    (Fault::NoEmailClaim, FindingCode::EmailFromNameId),
    (Fault::TwoEmails, FindingCode::SeveralValues),
    (Fault::EmailTwice, FindingCode::SeveralValues),
    (Fault::GroupOverage, FindingCode::GroupOverage),
    (Fault::GroupsJoined, FindingCode::GroupsJoined),
    (Fault::ClockThreeMinutesBehind, FindingCode::ClockSlightlyBehind),
    (Fault::ClockThreeMinutesAhead, FindingCode::ClockSlightlyAhead),
];

/// What it must note only, since nothing is wrong.
const NOTED: &[(Fault, FindingCode)] = &[
    (Fault::EmailUpperCase, FindingCode::EmailLetterCase),
    (Fault::EmailPlus, FindingCode::EmailPlus),
    (Fault::Guest, FindingCode::GuestAccount),
    (Fault::GuestPersistent, FindingCode::GuestAccount),
];

async fn each_fault_is_told_by_its_code(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for (fault, code) in FAILURES {
        let report = scene.with(*fault).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(*code), "{fault:?}: {:#?}", report.events);
        assert_eq!(found(&report, *code).verdict, Verdict::Failed, "{fault:?}");
        assert_eq!(report.events.last().map(|event| event.kind), Some(EventKind::Rejected), "{fault:?}");
        scene.portal.pass(TimeDelta::seconds(30));
    }
    the_values_are_there(&scene).await;
}

/// What was expected and what came, as the page shows them beside each other.
async fn the_values_are_there(scene: &Scene) {
    let reply_url = format!("http://localhost:3000/v2/auth/sso/saml/{}", scene.slug);
    let thumbprint = SigningCertificate::from_der(&scene.idp.certificate()).unwrap().thumbprint_sha1();
    let other = scene.keys.get(KeySlot::Other).unwrap().certificate_der().unwrap();
    let other = SigningCertificate::from_der(&other).unwrap().thumbprint_sha1();
    for (fault, code, expected) in [
        (Fault::WrongAudience, FindingCode::WrongAudience, &scene.slug),
        (Fault::WrongRecipient, FindingCode::WrongRecipient, &reply_url),
        (Fault::WrongDestination, FindingCode::WrongDestination, &reply_url),
        (Fault::IssuerWithoutSlash, FindingCode::IssuerWithoutSlash, &scene.idp.tenant.entity_id()),
        (Fault::OtherCertificate, FindingCode::CertificateUnknown, &thumbprint),
    ] {
        let report = scene.with(fault).await;
        let event = found(&report, code);
        assert_eq!(event.expected_text().as_ref(), Some(expected), "{fault:?}");
        assert!(event.actual_text().as_ref().is_some_and(|actual| actual != expected), "{fault:?}: {:?}", event.actual);
        if fault == Fault::OtherCertificate {
            let named = event.actual.as_ref().map(FindingValue::copyable);
            assert_eq!(named, Some(vec![other.as_str()]), "the certificate that the message names");
            let actual = event.actual_text().unwrap();
            assert!(actual.contains("valid from 2"), "with when it is valid: {actual}");
        }
    }
    let report = scene.with(Fault::NotYetValid).await;
    let actual = found(&report, FindingCode::ValidityWrong).actual_text().unwrap();
    assert!(actual.ends_with("600 seconds from now"), "{actual}");
    let report = scene.with(Fault::StatusNotAssigned).await;
    let actual = found(&report, FindingCode::StatusResponder).actual_text().unwrap();
    assert!(actual.contains("AADSTS50105"), "{actual}");
}

async fn notes_and_warnings_are_reported_and_the_person_signs_in(kind: DatabaseKind) {
    use mock_entra::app::SigningOption;
    let scene = Scene::of(kind).await;
    let warned = WARNINGS.iter().map(|row| (row, Verdict::Warned));
    for ((fault, code), verdict) in warned.chain(NOTED.iter().map(|row| (row, Verdict::Noted))) {
        let report = scene.with(*fault).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{fault:?}");
        assert_eq!(found(&report, *code).verdict, verdict, "{fault:?}");
    }
    let report = scene.with(Fault::None).await;
    assert!(report.events.iter().all(|event| event.verdict < Verdict::Warned), "{:#?}", report.events);
    let report = scene.with(Fault::ManyGroups).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded);
    assert_eq!(report.profile.unwrap().groups.len(), 140);
    for (signing, code) in [
        (SigningOption::Assertion, FindingCode::SignedAssertion),
        (SigningOption::Response, FindingCode::SignedResponse),
        (SigningOption::Both, FindingCode::SignedBoth),
    ] {
        let report = scene.with_sealing(Fault::None, &ResponseProtection { signing, encryption: None }).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{code:?}");
        assert_eq!(found(&report, code).verdict, Verdict::Noted);
        assert!(moment(&report, EventKind::Audience).is_verified);
        let covers_response = signing != SigningOption::Assertion;
        let destination = moment(&report, EventKind::Destination);
        assert_eq!(destination.is_verified, covers_response, "as received, where nothing covers it");
    }
}

async fn a_certificate_counts_only_while_it_is_valid(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    // one that is over in nine days, and one that begins in a year and ten days
    let later = scene.portal.now() + TimeDelta::days(10);
    scene.keys = Keys::new(scene.idp.key.clone(), later);
    let der = |which| scene.keys.get(which).unwrap().certificate_der().unwrap();
    let (ends, begins) = (der(KeySlot::Expired), der(KeySlot::Future));
    let slug = scene.slug.clone();
    scene.admin.upload(&slug, &[("ends.cer", &ends)]).await;
    scene.portal.pass(TimeDelta::days(500));
    scene.admin.sign_in("ada@contoso.com").await;
    scene.admin.upload(&slug, &[("begins.cer", &begins)]).await;
    scene.portal.pass(TimeDelta::days(-500));
    scene.admin.sign_in("ada@contoso.com").await;
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let report = scene.with(Fault::CertificateExpired).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "still valid: {:#?}", report.events);
    assert_eq!(found(&report, FindingCode::CertificateEndsSoon).verdict, Verdict::Warned);
    scene.portal.pass(TimeDelta::days(10));
    for (fault, code) in [
        (Fault::CertificateExpired, FindingCode::CertificateExpired),
        (Fault::CertificateNotYetValid, FindingCode::CertificateNotYetValid),
    ] {
        let report = scene.with(fault).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
        assert!(found(&report, code).actual_text().is_some(), "with its date");
    }
}

async fn encryption_findings_are_distinguished(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let slug = scene.slug.clone();
    let to = [scene.new_key("current").await, scene.new_key("next").await];
    let report = scene.with_sealing(Fault::None, &encrypted_to(&to[0])).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded);
    assert!(!has(&report, FindingCode::EncryptedToOldKey));
    let report = scene.with(Fault::EncryptedForNobody).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EncryptedForOther));
    let event = found(&report, FindingCode::EncryptedForOther);
    assert_eq!(event.expected_text(), Some(to[0].thumbprint_sha1()));
    assert_ne!(event.actual_text(), event.expected_text());

    scene.admin.decide("keys/promote", &slug, &[]).await;
    let report = scene.with_sealing(Fault::None, &encrypted_to(&to[0])).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "the old key still opens: {:#?}", report.events);
    let event = found(&report, FindingCode::EncryptedToOldKey);
    assert_eq!((event.verdict, event.expected_text()), (Verdict::Warned, Some(to[1].thumbprint_sha1())));
}

async fn a_response_is_taken_once(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let code = scene.deliver(&mut browser, &asked, &answer).await.location().to_owned();
    assert_eq!(browser.follow(&code).await.location(), "/me");
    let first = scene.latest().await;
    // the identity provider sends the same again, in answer to another request
    let earlier = EarlierMessages { answer: Some(answer), ..EarlierMessages::default() };
    let (mut browser, asked) = scene.begun().await;
    let again = scene.answer(&asked, Fault::Replay, &earlier);
    let refused = scene.deliver(&mut browser, &asked, &again).await;
    let report = scene.report(&shown(&refused)).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::Replayed));
    let actual = found(&report, FindingCode::Replayed).actual_text().unwrap();
    assert!(actual.contains(first.summary.reference.as_str()), "{actual}");
    assert!(report.events.iter().any(|event| event.kind == EventKind::Audience), "looked at all the same");
    assert_eq!(scene.report(&first.summary.reference).await, first, "the first sign-in stays what it was");
    // the code again
    let repeated = browser.follow(&code).await;
    assert_eq!(shown(&repeated), first.summary.reference);
    let report = scene.report(&first.summary.reference).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded);
    let again = found(&report, FindingCode::CodeExpired);
    assert_eq!((again.kind, again.verdict), (EventKind::CodeReplayed, Verdict::Noted), "the sign-in did work");
}

async fn a_browser_that_lost_its_cookie_is_told_from_another_one(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for (has_cookie, code) in [(false, FindingCode::CookieMissing), (true, FindingCode::OtherBrowser)] {
        let (mut browser, asked) = scene.begun().await;
        let answer = scene.answer(&asked, Fault::Hold, &EarlierMessages::default());
        let location = scene.deliver(&mut browser, &asked, &answer).await.location().to_owned();
        let mut other = if has_cookie { scene.begun().await.0 } else { scene.portal.browser() };
        let refused = other.follow(&location).await;
        let report = scene.report(&shown(&refused)).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code));
        assert!(report.events.iter().any(|event| event.kind == EventKind::Audience && event.is_verified));
    }
}

async fn a_domain_that_the_team_does_not_own_is_refused(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let keys = Keys::new(idp.key.clone(), portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let options = |domains| [("slug", slug.as_str()), ("email_domains", domains)];
    let refused = admin.post("/api/setup/save_email_domains", &options("contoso")).await;
    let page = admin.follow(refused.location()).await.body;
    assert!(page.contains("Enter domains such as contoso.com") && page.contains("value=\"contoso\""), "{page}");
    admin.post("/api/setup/save_email_domains", &options("contoso.com")).await;
    admin.decide("setup/submit", &slug, &[]).await;
    portal.approve(&slug).await;
    let scene = Scene { portal, idp, keys, admin, slug };
    assert_eq!(scene.with(Fault::None).await.summary.outcome, AttemptOutcome::Succeeded);
    let report = scene.with(Fault::OtherDomain).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EmailDomain));
    assert_eq!(found(&report, FindingCode::EmailDomain).expected_text().as_deref(), Some("contoso.com"));
}

async fn a_team_that_is_not_active_and_one_that_does_not_exist_leave_a_reference(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let (mut browser, asked) = scene.begun().await;
    domain::team_review::suspend(services, &operator, &scene.slug, "unpaid").await.unwrap();
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let on_return = shown(&scene.deliver(&mut browser, &asked, &answer).await);
    let at_once = shown(&browser.get(&format!("/sso/{}", scene.slug)).await);
    for reference in [on_return, at_once] {
        let report = scene.report(&reference).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::TeamNotActive));
        assert_eq!(found(&report, FindingCode::TeamNotActive).actual_text().as_deref(), Some("Suspended"));
    }
    let reference = shown(&browser.get("/sso/contosso-000000").await);
    let filter = model::attempts::AttemptFilter { reference: reference.to_string(), ..Default::default() };
    let page = attempts::list(services, &operator, &AttemptScope::AllTeams, filter).await.unwrap();
    assert_eq!(page.unknown_slug.unwrap().slug, "contosso-000000");
}

async fn all_that_is_wrong_is_said_at_once(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let mut options = scene.idp.options(&asked, UPN, scene.portal.now());
    options.audience = "somebody-else".into();
    options.recipient = "https://elsewhere.example/acs".into();
    let forger = Idp::new(scene.portal.now());
    let refused = post_response(&mut browser, &scene.slug, &forger.sign(&options), None).await;
    let report = scene.report(&shown(&refused)).await;
    let codes: Vec<_> = report.findings().iter().filter_map(|event| event.finding).collect();
    assert_eq!(codes, [FindingCode::CertificateUnknown, FindingCode::WrongRecipient, FindingCode::WrongAudience]);
    let name_id = moment(&report, EventKind::NameId);
    assert_eq!(
        (name_id.actual_text().as_deref(), name_id.is_verified),
        (Some(UPN), false),
        "as received, not verified"
    );
    let subject = report.summary.subject.unwrap();
    assert_eq!((subject.name.as_str(), subject.is_verified), (UPN, false));
    assert!(report.claims.is_empty() && report.name_id.is_none(), "nothing unsigned is taken for true");
}

async fn the_mock_knows_the_portals_codes(_: DatabaseKind) {
    for fault in Fault::ALL {
        if let Some(code) = fault.expected_finding() {
            assert!(FindingCode::parse(code).is_some(), "{fault:?} provokes {code}");
        }
    }
    let all = FAILURES.iter().chain(WARNINGS).chain(NOTED);
    for (fault, code) in all.filter(|(fault, _)| *fault != Fault::EncryptedForNobody) {
        assert_eq!(fault.expected_finding(), Some(code.as_str()), "{fault:?}");
    }
}
