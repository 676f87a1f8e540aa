//! What comes to the portal, whether anybody asked or not, and what is written down of it.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use mock_entra::certificates::Keys;
use mock_entra::fault::{EarlierMessages, Fault};
use model::{AttemptOutcome, EventKind, FindingCode, Verdict};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, found, has, shown};
use crate::finding_text::FindingText as _;
use crate::harness::{Answer, Portal};
use crate::idp::Idp;

on_both_databases!(
    a_form_without_a_response_leaves_a_reference,
    what_has_another_address_or_another_binding_is_named,
    a_code_that_nobody_redeems_is_no_sign_in,
    a_button_that_nobody_presses_is_no_sign_in,
    an_address_in_relay_state_that_nobody_is_sent_to_is_noted,
    an_unsolicited_response_that_is_refused_is_an_attempt_of_its_own,
    a_test_that_cannot_begin_is_a_failed_test,
);

async fn a_form_without_a_response_leaves_a_reference(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let code = FindingCode::WsFederation;
    let (mut browser, asked) = scene.begun().await;
    scene.portal.pass(TimeDelta::seconds(1));
    let answer = scene.answer(&asked, Fault::WsFederation, &EarlierMessages::default());
    let report = scene.finished(&mut browser, &asked, &answer).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
    assert_eq!(found(&report, code).verdict, Verdict::Failed);
    assert_eq!((report.summary.subject, report.summary.is_test), (None, false));
    assert_eq!(scene.attempts().await[1].outcome, AttemptOutcome::Waiting, "whose answer may still come");

    let empty = shown(&scene.post(&mut browser, &[]).await);
    assert_ne!(empty, report.summary.reference);
    assert_eq!(scene.report(&empty).await.summary.outcome, AttemptOutcome::Failed(FindingCode::ResponseMissing));
    // whoever only opens the address sends nothing
    let before = scene.attempts().await.len();
    let opened = browser.get(&scene.reply_path()).await;
    assert_eq!(opened.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(scene.attempts().await.len(), before);
}

fn message(name: &str) -> String {
    format!("<p:{name} xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_m\" Version=\"2.0\"/>")
}

/// A message as it is in an address.
fn in_address(name: &str) -> String {
    let mut bytes = Vec::with_capacity(1024);
    assert!(saml::raw_deflate::compress_into(&message(name), &mut bytes));
    STANDARD.encode(bytes)
}

async fn what_has_another_address_or_another_binding_is_named(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let mut browser = scene.portal.browser();
    for (parameter, value, code) in [
        ("SAMLart", "AAQAAMFbLinlXaCM".to_owned(), FindingCode::ResponseByArtifact),
        ("SAMLRequest", in_address("LogoutRequest"), FindingCode::LogoutAtReplyUrl),
        ("SAMLRequest", in_address("AuthnRequest"), FindingCode::ResponseMissing),
        ("SAMLRequest", "no message".to_owned(), FindingCode::ResponseMissing),
        ("SAMLResponse", in_address("LogoutResponse"), FindingCode::LogoutAtReplyUrl),
        ("SAMLResponse", in_address("Response"), FindingCode::ResponseInQuery),
    ] {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let query = query.append_pair(parameter, &value).finish();
        let answer = browser.get(&format!("{}?{query}", scene.reply_path())).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameter}");
        let report = scene.report(&shown(&answer)).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{parameter}: {:#?}", report.events);
    }
    for (name, code) in
        [("LogoutRequest", FindingCode::LogoutAtReplyUrl), ("AuthnRequest", FindingCode::ResponseMissing)]
    {
        for value in [in_address(name), STANDARD.encode(message(name))] {
            let posted = scene.post(&mut browser, &[("SAMLRequest", &value)]).await;
            let report = scene.report(&shown(&posted)).await;
            assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{name}: {:#?}", report.events);
        }
    }
}

async fn a_code_that_nobody_redeems_is_no_sign_in(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let outcome = async || scene.latest().await.summary.outcome;
    let (mut browser, asked) = scene.begun().await;
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let code = scene.deliver(&mut browser, &asked, &answer).await.location().to_owned();
    assert_eq!(outcome().await, AttemptOutcome::Waiting, "verified, and not redeemed");
    scene.portal.pass(TimeDelta::seconds(59));
    assert_eq!(outcome().await, AttemptOutcome::Waiting);
    scene.portal.pass(TimeDelta::seconds(1));
    assert_eq!(outcome().await, AttemptOutcome::NotFinished);
    shown(&browser.follow(&code).await);
    assert_eq!(outcome().await, AttemptOutcome::Failed(FindingCode::CodeExpired), "the browser came too late");

    let report = scene.with(Fault::None).await;
    scene.portal.pass(TimeDelta::minutes(2));
    let later = scene.report(&report.summary.reference).await.summary.outcome;
    assert_eq!((report.summary.outcome, later), (AttemptOutcome::Succeeded, AttemptOutcome::Succeeded));
}

impl Scene {
    /// A team whose people may begin at the tile in My Apps.
    async fn with_tile(kind: DatabaseKind) -> Self {
        let mut scene = Self::of(kind).await;
        let slug = scene.slug.clone();
        scene.admin.post("/api/setup/save_options", &[("slug", &slug), ("allow_idp_initiated", "true")]).await;
        scene.admin.decide("setup/make_live", &slug, &[]).await;
        scene
    }

    /// What the tile sends, meant for an application.
    fn unasked(&self, audience: &str) -> String {
        let mut options = self.idp.unasked(&self.slug, UPN, self.portal.now());
        options.audience = audience.into();
        self.idp.sign(&options)
    }

    async fn bring(&self, response: &str) -> Answer {
        // the latest is told by its time
        self.portal.pass(TimeDelta::seconds(1));
        self.post(&mut self.portal.browser(), &[("SAMLResponse", response)]).await
    }
}

async fn an_address_in_relay_state_that_nobody_is_sent_to_is_noted(kind: DatabaseKind) {
    let mut scene = Scene::with_tile(kind).await;
    let code = FindingCode::RelayStateNotAllowed;
    for (relay_state, is_noted) in [
        ("/me?tab=claims", false),
        ("ss:mem:1f0a2d55", false),
        ("", false),
        ("//intranet.contoso.example/start", true),
        ("https://intranet.contoso.example/start", true),
    ] {
        // the latest is told by its time
        scene.portal.pass(TimeDelta::seconds(1));
        let response = scene.unasked(&scene.slug);
        let fields = [("SAMLResponse", response.as_str()), ("RelayState", relay_state)];
        let received = scene.post(&mut scene.portal.browser(), &fields).await;
        assert!(received.status.is_redirection(), "{relay_state}: {}", received.body);
        let report = scene.latest().await;
        assert_eq!(has(&report, code), is_noted, "{relay_state}: {:#?}", report.events);
        if is_noted {
            let event = found(&report, code);
            assert_eq!((event.verdict, event.is_verified), (Verdict::Warned, false), "{relay_state}");
            assert_eq!(event.actual_text().as_deref(), Some(relay_state));
        }
    }
    // beside a request that stays open
    let (mut browser, asked) = scene.begun().await;
    scene.portal.pass(TimeDelta::seconds(1));
    let answer = scene.answer(&asked, Fault::ForeignRelayState, &EarlierMessages::default());
    let received = scene.deliver(&mut browser, &asked, &answer).await;
    assert!(received.status.is_redirection(), "{}", received.body);
    let report = scene.latest().await;
    assert_eq!(found(&report, code).actual_text().as_deref(), Some("https://intranet.contoso.example/start"));
    assert_eq!(Fault::ForeignRelayState.expected_finding(), Some(code.as_str()));
    let reference = report.summary.reference;
    let page = scene.admin.get(&format!("/teams/{}/sign-ins/{reference}", scene.slug)).await.body;
    assert!(page.contains("The address in RelayState is not one that people are sent to"), "{page}");
}

async fn a_button_that_nobody_presses_is_no_sign_in(kind: DatabaseKind) {
    let scene = Scene::with_tile(kind).await;
    let received = scene.bring(&scene.unasked(&scene.slug)).await;
    let page = scene.portal.browser().follow(received.location()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let outcome = async || scene.latest().await.summary.outcome;
    scene.portal.pass(TimeDelta::minutes(9));
    assert_eq!(outcome().await, AttemptOutcome::Waiting, "the button still works");
    scene.portal.pass(TimeDelta::minutes(1));
    assert_eq!(outcome().await, AttemptOutcome::NotFinished);
}

async fn an_unsolicited_response_that_is_refused_is_an_attempt_of_its_own(kind: DatabaseKind) {
    let scene = Scene::with_tile(kind).await;
    let before = scene.attempts().await.len();
    let refused = scene.bring(&scene.unasked("somebody-else")).await;
    let report = scene.report(&shown(&refused)).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::WrongAudience), "{:#?}", report.events);
    assert_eq!(found(&report, FindingCode::WrongAudience).expected_text().as_ref(), Some(&scene.slug));
    assert!(report.events.iter().any(|event| event.kind == EventKind::ResponseReceived));
    assert_eq!(report.events.last().map(|event| event.kind), Some(EventKind::Rejected));
    assert_eq!(scene.attempts().await.len(), before + 1, "and there is no other one that waits");

    let response = scene.unasked(&scene.slug);
    scene.bring(&response).await.location();
    let first = scene.latest().await;
    assert!(first.is_idp_initiated);
    let again = scene.report(&shown(&scene.bring(&response).await)).await;
    assert_eq!(again.summary.outcome, AttemptOutcome::Failed(FindingCode::Replayed), "{:#?}", again.events);
    assert_ne!(again.summary.reference, first.summary.reference);
    assert_eq!(scene.report(&first.summary.reference).await, first, "the first sign-in stays what it was");
    assert_eq!(scene.attempts().await.len(), before + 3);

    // what was verified is known of one that is refused all the same
    let mut options = scene.idp.unasked(&scene.slug, UPN, scene.portal.now());
    options.set_claim("email", vec!["not an address".to_owned()]);
    let refused = scene.bring(&scene.idp.sign(&options)).await;
    let report = scene.report(&shown(&refused)).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EmailInvalid), "{:#?}", report.events);
    let subject = report.summary.subject.unwrap();
    assert_eq!((subject.name.as_str(), subject.is_verified), (UPN, true));
    assert!(!report.claims.is_empty());
}

async fn a_test_that_cannot_begin_is_a_failed_test(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let keys = Keys::new(idp.key.clone(), portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let mut scene = Scene { portal, idp, keys, admin, slug };
    let start = format!("/teams/{}/setup/test/start", scene.slug);
    for what in ["nothing", "a certificate and no addresses"] {
        scene.portal.pass(TimeDelta::seconds(1));
        let answer = scene.admin.get(&start).await;
        let report = scene.latest().await;
        assert!(report.summary.is_test, "{what}");
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::NotConfigured), "{what}");
        let address = format!("/teams/{}/sign-ins/{}", scene.slug, report.summary.reference);
        assert!(answer.location().ends_with(&address), "{what}: {}", answer.location());
        let certificate = scene.idp.certificate();
        scene.admin.upload(&scene.slug, &[("contoso.cer", &certificate)]).await;
    }
    assert_eq!(scene.attempts().await.len(), 2);
}
