//! Whoever is signed in is asked before somebody else takes their place: otherwise a team with
//! an identity provider that answers at once could make a browser go on as its own person.

use axum::http::StatusCode;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use model::attempts::AttemptFilter;
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal, html};
use crate::idp::{Idp, active_team, active_team_with, post_response, sign_in};

on_both_databases!(
    a_browser_with_a_session_is_asked_first,
    to_stay_uses_the_code_up_and_changes_nothing,
    to_go_on_ends_the_session_of_before,
    the_same_address_in_another_team_is_somebody_else,
    another_person_of_the_same_team_is_somebody_else,
    the_same_person_and_whoever_is_not_signed_in_are_not_asked,
    only_the_browser_that_was_asked_can_answer,
    a_tile_names_who_is_signed_in,
);

const UPN: &str = "b.simon@contoso.com";
const MALLORY: &str = "mallory@evil.example";

/// A browser with a person's session, and a team of somebody else's.
struct Scene {
    portal: Portal,
    idp: Idp,
    slug: String,
    browser: Browser,
    evil_idp: Idp,
    evil: String,
}

impl Scene {
    async fn of(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        let evil_idp = Idp::new(portal.now());
        let mut attacker = portal.signed_in("admin@evil.example", None).await;
        let evil = active_team_with(&portal, &mut attacker, &evil_idp, &[("allow_idp_initiated", "true")]).await;
        let mut browser = portal.browser();
        assert_eq!(sign_in(&portal, &mut browser, &slug, &idp, UPN).await.location(), "/me");
        Self { portal, idp, slug, browser, evil_idp, evil }
    }

    /// The browser is navigated to the attacker's team, whose identity provider answers at once.
    async fn forced(&mut self, upn: &str) -> Answer {
        sign_in(&self.portal, &mut self.browser, &self.evil, &self.evil_idp, upn).await
    }

    async fn me(&mut self) -> String {
        self.browser.get("/me").await.body
    }

    async fn latest(&self, slug: &str) -> AttemptReport {
        let (services, operator) = (&self.portal.services, Actor::operator());
        let scope = AttemptScope::Team(slug.to_owned());
        let list = attempts::list(services, &operator, &scope, AttemptFilter::default()).await.unwrap();
        attempts::report(services, &operator, &scope, list.attempts[0].reference.as_str()).await.unwrap()
    }
}

/// The code in the page that asks.
fn code(page: &Answer) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::field(&page.body, "code").unwrap()
}

async fn press(browser: &mut Browser, slug: &str, code: &str, answer: &str) -> Answer {
    browser.post(&format!("/sso/{slug}/continue"), &[("code", code), ("answer", answer)]).await
}

fn has(report: &AttemptReport, kind: EventKind) -> bool {
    report.events.iter().any(|event| event.kind == kind)
}

async fn a_browser_with_a_session_is_asked_first(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let before = scene.browser.cookies["person"].to_owned();
    let page = scene.forced(MALLORY).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let (ours, theirs) = (scene.slug.clone(), scene.evil.clone());
    for words in ["Sign in as someone else?", UPN, MALLORY, &ours, &theirs, "Stay signed in as b.simon@contoso.com"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert_eq!(scene.browser.cookies["person"], before);
    assert!(scene.me().await.contains(UPN), "nothing has changed yet");
    let report = scene.latest(&scene.evil).await;
    assert!(
        has(&report, EventKind::InterstitialShown) && !has(&report, EventKind::SessionCreated),
        "{:#?}",
        report.events
    );
}

async fn to_stay_uses_the_code_up_and_changes_nothing(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let code = code(&scene.forced(MALLORY).await);
    let evil = scene.evil.clone();
    assert_eq!(press(&mut scene.browser, &evil, &code, "stay").await.location(), "/me");
    assert!(scene.me().await.contains(UPN));
    for answer in ["", "stay"] {
        assert_eq!(press(&mut scene.browser, &evil, &code, answer).await.status, StatusCode::FORBIDDEN);
    }
    assert!(scene.me().await.contains(UPN));
    let report = scene.latest(&evil).await;
    assert_eq!(
        report.summary.outcome,
        AttemptOutcome::Failed(FindingCode::InterstitialDeclined),
        "{:#?}",
        report.events
    );
}

async fn to_go_on_ends_the_session_of_before(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let mut before = scene.browser.clone();
    let code = code(&scene.forced(MALLORY).await);
    let evil = scene.evil.clone();
    // the code of the button is none of the address
    let by_address = scene.browser.get(&format!("/sso/{evil}/complete?code={code}")).await;
    assert_eq!(by_address.status, StatusCode::FORBIDDEN);
    assert_eq!(press(&mut scene.browser, &evil, &code, "").await.location(), "/me");
    assert!(scene.me().await.contains(MALLORY));
    assert!(before.get("/me").await.status.is_redirection(), "the session that was replaced has ended");
    let again = press(&mut scene.browser, &evil, &code, "").await;
    assert_eq!(again.status, StatusCode::FORBIDDEN, "the button works once");
}

async fn the_same_address_in_another_team_is_somebody_else(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let before = scene.browser.cookies["person"].to_owned();
    // an identity provider says what it likes
    let page = scene.forced(UPN).await;
    assert!(page.body.contains("Sign in as someone else?") && page.body.contains(&scene.evil), "{}", page.body);
    assert_eq!(scene.browser.cookies["person"], before);
}

async fn another_person_of_the_same_team_is_somebody_else(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let other = "a.vance@contoso.com";
    let page = sign_in(&scene.portal, &mut scene.browser, &scene.slug, &scene.idp, other).await;
    assert!(page.body.contains("Sign in as someone else?") && page.body.contains(other), "{}", page.body);
    let slug = scene.slug.clone();
    assert_eq!(press(&mut scene.browser, &slug, &code(&page), "").await.location(), "/me");
    assert!(scene.me().await.contains(other));
}

async fn the_same_person_and_whoever_is_not_signed_in_are_not_asked(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let before = scene.browser.cookies["person"].to_owned();
    let again = sign_in(&scene.portal, &mut scene.browser, &scene.slug, &scene.idp, UPN).await;
    assert_eq!(again.location(), "/me");
    assert_ne!(scene.browser.cookies["person"], before);
    scene.browser.post("/me/sign-out", &[]).await;
    assert_eq!(scene.forced(MALLORY).await.location(), "/me", "one click for who is not signed in");
    // a session that is over is nobody's, and an account of the portal's is no person
    scene.portal.pass(chrono::TimeDelta::hours(13));
    let again = sign_in(&scene.portal, &mut scene.browser, &scene.slug, &scene.idp, UPN).await;
    assert_eq!(again.location(), "/me");
    let mut admin = scene.portal.signed_in("eve@contoso.com", None).await;
    assert_eq!(sign_in(&scene.portal, &mut admin, &scene.slug, &scene.idp, UPN).await.location(), "/me");
    assert_eq!(admin.get("/account").await.status, StatusCode::OK, "and stays signed in");
}

async fn only_the_browser_that_was_asked_can_answer(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let evil = scene.evil.clone();
    for answer in ["", "stay"] {
        let taken = code(&scene.forced(MALLORY).await);
        let mut victim = scene.portal.browser();
        sign_in(&scene.portal, &mut victim, &scene.slug, &scene.idp, "a.vance@contoso.com").await;
        assert_eq!(press(&mut victim, &evil, &taken, answer).await.status, StatusCode::FORBIDDEN, "{answer}");
        assert!(victim.get("/me").await.body.contains("a.vance@contoso.com"));
        let cross = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
        let fields = [("code", &*taken), ("answer", answer)];
        let forced = scene.browser.post_with(&format!("/sso/{evil}/continue"), &cross, &fields).await;
        assert_eq!(forced.status, StatusCode::FORBIDDEN);
        assert!(scene.me().await.contains(UPN));
    }
}

async fn a_tile_names_who_is_signed_in(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let evil = scene.evil.clone();
    let tile = async |scene: &mut Scene| {
        let options = scene.evil_idp.unasked(&evil, MALLORY, scene.portal.now());
        let response = scene.evil_idp.sign(&options);
        let posted = post_response(&mut scene.browser, &evil, &response, None).await.location().to_owned();
        scene.browser.follow(&posted).await
    };
    let page = tile(&mut scene).await;
    assert!(page.body.contains("Sign in as someone else?") && page.body.contains(UPN), "{}", page.body);
    assert_eq!(press(&mut scene.browser, &evil, &code(&page), "stay").await.location(), "/me");
    assert!(scene.me().await.contains(UPN));
    let page = tile(&mut scene).await;
    assert_eq!(press(&mut scene.browser, &evil, &code(&page), "").await.location(), "/me");
    let page = tile(&mut scene).await;
    assert!(page.body.contains("Sign in to") && !page.body.contains("Stay signed in"), "{}", page.body);
}
