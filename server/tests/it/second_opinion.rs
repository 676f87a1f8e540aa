//! A second signature engine sees what every team's identity provider signs before it goes live.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use model::attempts::AttemptFilter;
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode, Verdict};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, active_team, post_response};

on_both_databases!(
    tests_are_seen_by_both_engines_and_sign_ins_by_ours,
    what_the_second_engine_does_not_confirm_refuses_the_test_and_is_logged,
    it_may_be_asked_always_or_never,
);

const UPN: &str = "b.simon@contoso.com";

struct Scene {
    portal: Portal,
    idp: Idp,
    admin: Browser,
    slug: String,
}

impl Scene {
    async fn of(kind: DatabaseKind, config: &str) -> Self {
        let portal = Portal::with_config(kind, config).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        Self { portal, idp, admin, slug }
    }

    /// A test, or a person's sign-in, with what comes of the response that `write` changes.
    async fn with(&mut self, is_test: bool, write: impl FnOnce(&str) -> String) -> (Answer, AttemptReport) {
        self.portal.pass(TimeDelta::seconds(1));
        let mut browser = if is_test { self.admin.clone() } else { self.portal.browser() };
        let start =
            if is_test { format!("/teams/{}/setup/test/start", self.slug) } else { format!("/sso/{}", self.slug) };
        let asked = self.idp.asked(browser.get(&start).await.location());
        let signed = STANDARD.decode(self.idp.sign(&self.idp.options(&asked, UPN, self.portal.now()))).unwrap();
        let response = STANDARD.encode(write(std::str::from_utf8(&signed).unwrap()));
        let mut answer = post_response(&mut browser, &self.slug, &response, None).await;
        if answer.status.is_redirection() && answer.location().contains("/complete?code=") {
            answer = browser.follow(answer.location()).await;
        }
        (answer, self.latest().await)
    }

    async fn latest(&self) -> AttemptReport {
        let (services, operator) = (&self.portal.services, Actor::operator());
        let scope = AttemptScope::Team(self.slug.clone());
        let list = attempts::list(services, &operator, &scope, AttemptFilter::default()).await.unwrap();
        let reference = list.attempts[0].reference.clone();
        attempts::report(services, &operator, &scope, reference.as_str()).await.unwrap()
    }
}

/// Around the signed assertion, a name that is longer than libxml2 takes: ours does not mind.
fn unreadable(xml: &str) -> String {
    let name = "x".repeat(60_000);
    let extensions = format!("<samlp:Extensions><{name} xmlns=\"urn:x\"/></samlp:Extensions><samlp:Status>");
    assert!(xml.contains("<samlp:Status>"));
    xml.replace("<samlp:Status>", &extensions)
}

fn opinion(report: &AttemptReport) -> Option<Verdict> {
    report.events.iter().find(|event| event.kind == EventKind::SecondOpinion).map(|event| event.verdict)
}

async fn tests_are_seen_by_both_engines_and_sign_ins_by_ours(kind: DatabaseKind) {
    let mut scene = Scene::of(kind, "").await;
    let (_, report) = scene.with(true, str::to_owned).await;
    assert_eq!((report.summary.outcome, opinion(&report)), (AttemptOutcome::Succeeded, Some(Verdict::Passed)));
    let (answer, report) = scene.with(false, str::to_owned).await;
    assert_eq!((answer.location(), opinion(&report)), ("/me", None));
    let (answer, report) = scene.with(false, unreadable).await;
    assert_eq!((answer.location(), opinion(&report)), ("/me", None), "people pay nothing for it");
    // what ours refuses, the other one never sees
    let (_, report) = scene.with(true, |xml| unreadable(xml).replace(UPN, "a.vance@contoso.com")).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::DigestMismatch));
    assert_eq!(opinion(&report), None);
}

/// What is logged on this thread.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn what_the_second_engine_does_not_confirm_refuses_the_test_and_is_logged(kind: DatabaseKind) {
    let mut scene = Scene::of(kind, "").await;
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let (answer, report) = scene.with(true, unreadable).await;
    drop(guard);
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::SecondEngineUnreadable));
    assert_eq!(opinion(&report), Some(Verdict::Failed));
    let page = scene.admin.follow(answer.location()).await.body;
    assert!(page.contains("The second signature library could not read the response"), "{page}");
    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let line = logged.lines().find(|line| line.contains("ERROR")).unwrap_or_else(|| panic!("{logged}"));
    assert!(line.contains(report.summary.reference.as_str()) && line.contains("second-engine-unread"), "{line}");
    assert!(!logged.contains(UPN), "{logged}");
}

async fn it_may_be_asked_always_or_never(kind: DatabaseKind) {
    let mut scene = Scene::of(kind, "[saml]\nsecond_opinion = \"always\"").await;
    let (answer, report) = scene.with(false, str::to_owned).await;
    assert_eq!((answer.location(), opinion(&report)), ("/me", Some(Verdict::Passed)));
    let (answer, report) = scene.with(false, unreadable).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::SecondEngineUnreadable));

    let mut scene = Scene::of(kind, "[saml]\nsecond_opinion = \"never\"").await;
    let (_, report) = scene.with(true, unreadable).await;
    assert_eq!((report.summary.outcome, opinion(&report)), (AttemptOutcome::Succeeded, None));
}
