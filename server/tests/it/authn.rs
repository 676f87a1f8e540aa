//! What the sign-in options ask of the authentication is checked in what comes back, whatever
//! became of the request on its way: it is not signed, and the person at the browser carries it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use mock_entra::response::ResponseOptions;
use model::attempts::AttemptFilter;
use model::{AttemptOutcome, AttemptReport, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::finding_text::FindingText as _;
use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, active_team_with, post_response};

on_both_databases!(
    forced_authentication_must_be_newer_than_the_request,
    the_context_must_be_the_one_asked_for,
    nothing_is_asked_unless_the_options_ask,
    a_test_is_held_to_the_options_under_edit,
    a_sign_in_from_a_tile_is_held_to_them_too,
);

const UPN: &str = "b.simon@contoso.com";
const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
const MULTI_FACTOR: &str = "http://schemas.microsoft.com/claims/multipleauthn";
const FORCED: (&str, &str) = ("force_authn", "true");

struct Scene {
    portal: Portal,
    idp: Idp,
    admin: Browser,
    slug: String,
}

impl Scene {
    async fn of(kind: DatabaseKind, options: &[(&str, &str)]) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team_with(&portal, &mut admin, &idp, options).await;
        Self { portal, idp, admin, slug }
    }

    /// A sign-in for which the identity provider says something else than usual.
    async fn sign_in(&self, change: impl FnOnce(&mut ResponseOptions)) -> Answer {
        self.portal.pass(TimeDelta::seconds(1));
        let mut browser = self.portal.browser();
        let started = browser.get(&format!("/sso/{}", self.slug)).await;
        // the time that somebody takes to sign in
        let asked = self.idp.asked(started.location());
        self.portal.pass(TimeDelta::seconds(20));
        let mut options = self.idp.options(&asked, UPN, self.portal.now());
        change(&mut options);
        let received = post_response(&mut browser, &self.slug, &self.idp.sign(&options), None).await;
        if received.status.is_redirection() { browser.follow(received.location()).await } else { received }
    }

    /// A sign-in whose person authenticated so long ago.
    async fn authenticated(&self, ago: TimeDelta) -> Answer {
        self.sign_in(|options| options.authenticated_at = Some(options.issued_at - ago)).await
    }

    async fn latest(&self) -> AttemptReport {
        let (services, operator) = (&self.portal.services, Actor::operator());
        let scope = AttemptScope::Team(self.slug.clone());
        let list = attempts::list(services, &operator, &scope, AttemptFilter::default()).await.unwrap();
        let reference = list.attempts[0].reference.clone();
        attempts::report(services, &operator, &scope, reference.as_str()).await.unwrap()
    }

    /// What the latest attempt was refused for: what was expected, and what came.
    async fn refused_for(&self, code: FindingCode) -> (String, String) {
        let report = self.latest().await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
        let event = report.events.iter().find(|event| event.finding == Some(code)).unwrap();
        (event.expected_text().unwrap(), event.actual_text().unwrap())
    }
}

async fn forced_authentication_must_be_newer_than_the_request(kind: DatabaseKind) {
    let scene = Scene::of(kind, &[FORCED]).await;
    let started = scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    assert!(Idp::request_xml(started.location()).contains("ForceAuthn=\"true\""));
    assert_eq!(scene.sign_in(|_| {}).await.location(), "/me");
    // clocks may differ by three minutes
    assert_eq!(scene.authenticated(TimeDelta::seconds(20 + 180)).await.location(), "/me");
    for ago in [TimeDelta::seconds(20 + 181), TimeDelta::days(30)] {
        let refused = scene.authenticated(ago).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{ago}");
        assert!(refused.body.contains("has to ask you again who you are"), "{}", refused.body);
        let (expected, actual) = scene.refused_for(FindingCode::AuthnInstantTooOld).await;
        assert!(expected.starts_with("at or after 2026-11-23T12:") && actual.starts_with("2026-1"), "{actual}");
    }
    let ahead = scene.authenticated(TimeDelta::seconds(-181)).await;
    assert_eq!(ahead.status, StatusCode::FORBIDDEN, "nor from the future");
    scene.refused_for(FindingCode::NotYetValid).await;
}

async fn the_context_must_be_the_one_asked_for(kind: DatabaseKind) {
    let scene = Scene::of(kind, &[("authn_context", MULTI_FACTOR)]).await;
    let with = async |class: &str| scene.sign_in(|options| class.clone_into(&mut options.authn_context)).await;
    assert_eq!(with(MULTI_FACTOR).await.location(), "/me");
    for class in [PASSWORD, "", &MULTI_FACTOR.to_uppercase()] {
        let refused = with(class).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{class}");
        let (expected, actual) = scene.refused_for(FindingCode::AuthnContextNotRequested).await;
        assert_eq!((expected.as_str(), actual.as_str()), (MULTI_FACTOR, class));
    }
}

async fn nothing_is_asked_unless_the_options_ask(kind: DatabaseKind) {
    let scene = Scene::of(kind, &[]).await;
    assert_eq!(scene.authenticated(TimeDelta::days(30)).await.location(), "/me");
    let other = scene.sign_in(|options| MULTI_FACTOR.clone_into(&mut options.authn_context)).await;
    assert_eq!(other.location(), "/me");
}

async fn a_test_is_held_to_the_options_under_edit(kind: DatabaseKind) {
    let mut scene = Scene::of(kind, &[]).await;
    let fields = [("slug", &*scene.slug), FORCED, ("authn_context", MULTI_FACTOR)];
    scene.admin.post("/api/setup/save_options", &fields).await;
    let started = scene.admin.get(&format!("/teams/{}/setup/test/start", scene.slug)).await;
    let asked = scene.idp.asked(started.location());
    let mut options = scene.idp.options(&asked, UPN, scene.portal.now());
    options.authenticated_at = Some(scene.portal.now() - TimeDelta::days(30));
    let posted = post_response(&mut scene.admin, &scene.slug, &scene.idp.sign(&options), None).await;
    let page = scene.admin.follow(posted.location()).await.body;
    for words in [
        "The person did not authenticate again",
        "The person authenticated in another way than requested",
        MULTI_FACTOR,
        PASSWORD,
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(scene.authenticated(TimeDelta::days(30)).await.location(), "/me", "the live revision does not ask");
}

async fn a_sign_in_from_a_tile_is_held_to_them_too(kind: DatabaseKind) {
    let scene = Scene::of(kind, &[FORCED, ("allow_idp_initiated", "true"), ("authn_context", MULTI_FACTOR)]).await;
    let tile = async |ago: TimeDelta, class: &str| {
        let mut options = scene.idp.unasked(&scene.slug, UPN, scene.portal.now());
        options.authenticated_at = Some(options.issued_at - ago);
        class.clone_into(&mut options.authn_context);
        post_response(&mut scene.portal.browser(), &scene.slug, &scene.idp.sign(&options), None).await
    };
    // no request asked for it: as long as one of ours may be open
    assert!(tile(TimeDelta::minutes(13), MULTI_FACTOR).await.location().contains("/continue?code="));
    for (ago, class) in [(TimeDelta::seconds(13 * 60 + 1), MULTI_FACTOR), (TimeDelta::minutes(1), PASSWORD)] {
        assert_eq!(tile(ago, class).await.status, StatusCode::FORBIDDEN, "{ago} {class}");
    }
}
