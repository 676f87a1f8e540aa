//! Support that sees a team as its members do: it may look at what viewers and administrators look at,
//! and every write is refused. Walks the same table as the other tests of who may do what.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::policy::Action;
use model::{Role, SupportRole};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::table::{Access, FUNCTIONS, Names, PAGES, ROUTES};
use super::{call, entered, failed_sign_in, join};
use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team};

on_both_databases!(
    every_page_that_looks_is_open_and_every_write_is_refused,
    it_is_of_one_team_one_session_and_a_time,
    who_is_a_member_too_has_no_banner_and_keeps_their_own_role,
    members_and_strangers_cannot_begin_it,
);

struct Scene {
    portal: Portal,
    owner: Browser,
    support: Browser,
    names: Names,
}

impl Scene {
    async fn new(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut owner = portal.signed_in("owner@contoso.com", None).await;
        let slug = active_team(&portal, &mut owner, &idp).await;
        let reference = failed_sign_in(&portal, &slug, &idp).await;
        let support = portal.support("root@krisp.example", SupportRole::Administrator).await;
        Self { portal, owner, support, names: Names { slug, reference } }
    }

    async fn begin(&mut self) {
        let answer = self.support.post("/api/viewed_team/begin", &[("slug", &self.names.slug)]).await;
        assert_eq!(answer.location(), format!("/teams/{}", self.names.slug));
    }

    /// Everything that the team's own trail says.
    async fn trail(&self) -> Vec<String> {
        let slug = self.names.slug.parse().unwrap();
        let team = store::teams::by_slug(self.portal.services.db.connection(), &slug).await.unwrap().unwrap();
        let events = self.portal.events_of(team.team_id()).await;
        events.into_iter().map(|event| event.action.as_str().to_owned()).collect()
    }
}

/// What looks and nothing else, said here once more: the domain's own list must not be what proves itself.
fn only_looks(action: Action) -> bool {
    matches!(action, Action::View | Action::ViewAudit)
}

async fn every_page_that_looks_is_open_and_every_write_is_refused(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    for action in Action::ALL {
        assert_eq!(action.is_open_to_viewing_support(), only_looks(action), "{action:?}");
    }
    scene.begin().await;
    let trail = scene.trail().await;
    assert_eq!(trail[0], "team.viewed_by_support");
    for function in FUNCTIONS {
        let Access::Team(action) = function.access else { continue };
        if action.is_support_action() {
            continue;
        }
        let answer = call(&mut scene.support, function, &scene.names).await;
        if only_looks(action) {
            assert!(!function.harmless || entered(&answer), "{}: {}", function.endpoint, answer.status);
        } else {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}: {}", function.endpoint, answer.body);
        }
    }
    for page in PAGES.iter().chain(ROUTES) {
        let Access::Team(action) = page.access else { continue };
        if action.is_support_action() {
            continue;
        }
        let Some(path) = page.example(&scene.names) else { continue };
        let answer = scene.support.get(&path).await;
        let expected = if only_looks(action) { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{path} ({action:?})");
        let is_page = PAGES.iter().any(|one| one.path == page.path);
        assert!(!is_page || html::text(&answer.body, ".topbar__banner").is_some(), "{path}: {}", answer.body);
        // nothing takes a post, either
        let posted = scene.support.request(Method::POST, &path, &[], "").await;
        assert!(!posted.status.is_success(), "{path}: {}", posted.status);
    }
    // the one way to write that is no server function
    let certificate = Idp::new(scene.portal.now()).certificate();
    let uploaded = scene.support.upload(&scene.names.slug, &[("next.cer", certificate.as_slice())]).await;
    assert!(!uploaded.status.is_success(), "{}", uploaded.body);
    assert_eq!(scene.trail().await, trail, "nothing was done");
    let page = scene.owner.get(&format!("/teams/{}/audit", scene.names.slug)).await.body;
    assert!(page.contains("Support began to see the team"), "the team is told: {page}");
}

async fn it_is_of_one_team_one_session_and_a_time(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let page = format!("/teams/{}", scene.names.slug);
    assert_eq!(scene.support.get(&page).await.status, StatusCode::NOT_FOUND, "not before it begins");
    scene.begin().await;
    let body = scene.support.get(&page).await.body;
    let banner = html::text(&body, ".topbar__banner").unwrap();
    assert!(banner.contains("You see Contoso as its team sees it"), "{banner}");
    for label in ["Overview", "Connection", "People", "Sign-ins", "Members", "Audit trail", "Settings"] {
        assert!(html::texts(&body, ".side-nav a").contains(&label.to_owned()), "{label}: {body}");
    }
    let mut other = scene.portal.signed_in("owner@fabrikam.com", None).await;
    let foreign = scene.portal.team(&mut other, "Fabrikam").await;
    assert_eq!(scene.support.get(&format!("/teams/{foreign}")).await.status, StatusCode::NOT_FOUND, "of no other team");
    let mut second = scene.portal.support("second@krisp.example", SupportRole::Reviewer).await;
    assert_eq!(second.get(&page).await.status, StatusCode::NOT_FOUND, "of no other session");
    let home = scene.support.get("/support").await.body;
    assert!(html::text(&home, ".topbar__banner").is_none(), "{home}");

    let back = scene.support.post("/api/viewed_team/end", &[("slug", &scene.names.slug)]).await;
    assert_eq!(back.location(), format!("/support/teams/{}", scene.names.slug));
    assert_eq!(scene.support.get(&page).await.status, StatusCode::NOT_FOUND, "not after it ended");
    scene.begin().await;
    scene.portal.pass(TimeDelta::minutes(29));
    assert_eq!(scene.support.get(&page).await.status, StatusCode::OK);
    scene.portal.pass(TimeDelta::minutes(1));
    assert_eq!(scene.support.get(&page).await.status, StatusCode::NOT_FOUND, "not after half an hour");
    scene.begin().await;
    scene.portal.sql("UPDATE accounts SET support_role = NULL").await;
    assert_eq!(scene.support.get(&page).await.status, StatusCode::NOT_FOUND, "not without a role in support");
}

async fn who_is_a_member_too_has_no_banner_and_keeps_their_own_role(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let page = format!("/teams/{}", scene.names.slug);
    scene.begin().await;
    join(&scene.portal, &scene.names.slug, "root@krisp.example", Role::Admin).await;
    let body = scene.support.get(&page).await.body;
    assert!(html::text(&body, ".topbar__banner").is_none(), "they may change something: {body}");
    scene.support.post("/api/viewed_team/end", &[("slug", &scene.names.slug)]).await;
    let before = scene.trail().await;
    scene.begin().await;
    assert_eq!(scene.trail().await, before, "nothing began");
    assert_eq!(scene.support.get(&page).await.status, StatusCode::OK);
}

async fn members_and_strangers_cannot_begin_it(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut stranger = scene.portal.signed_in("owner@fabrikam.com", None).await;
    let json = [("accept", "application/json")];
    for browser in [&mut scene.owner, &mut stranger] {
        let answer = browser.post_with("/api/viewed_team/begin", &json, &[("slug", &scene.names.slug)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    }
    // a row that somebody without a role came by gives nothing
    let insert = "INSERT INTO viewed_teams (session_hash, team_id, until) \
                  SELECT s.token_hash, t.id, s.expires_at FROM account_sessions s CROSS JOIN teams t";
    scene.portal.sql(insert).await;
    let answer = stranger.get(&format!("/teams/{}", scene.names.slug)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
