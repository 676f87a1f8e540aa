//! Who may do what, proved at the door: every server function, page and route is asked as
//! each kind of actor, and as the owner of another team, and must answer as the table in
//! `domain::policy` says. What is not in the lists of `table.rs` fails the test.

pub mod table;
mod viewing;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::policy::{Action, ActorRole, is_allowed};
use model::{Role, SupportRole, TeamSlug, TeamStatus};
use store::on_both_databases;
use store::testing::DatabaseKind;
use store::{accounts, teams};

use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, active_team, post_response};
use table::{Access, FUNCTIONS, Function, Names, PAGES, REFERENCE, ROUTES};

on_both_databases!(
    every_server_function_answers_each_actor_by_the_table,
    every_page_and_route_answers_each_actor_by_the_table,
    sensitive_actions_require_reauthentication,
    support_without_a_second_factor_sees_nothing,
    only_administrators_decide_about_the_vendors_own_team,
    a_team_may_ask_its_members_for_a_second_factor,
    the_portal_may_ask_everybody_for_a_second_factor,
);

const JSON: [(&str, &str); 1] = [("accept", "application/json")];

/// Everybody who may come to the door of one team.
struct World {
    portal: Portal,
    names: Names,
    actors: Vec<(&'static str, ActorRole, Browser)>,
    /// Nobody signed in.
    anonymous: Browser,
}

impl World {
    async fn new(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut owner = portal.signed_in("owner@contoso.com", None).await;
        let slug = active_team(&portal, &mut owner, &idp).await;
        let reference = failed_sign_in(&portal, &slug, &idp).await;
        let mut other = portal.signed_in("owner@fabrikam.com", None).await;
        portal.team(&mut other, "Fabrikam").await;
        let mut actors = vec![
            ("an account without a team", ActorRole::Account, portal.signed_in("nobody@example.com", None).await),
            ("the owner of another team", ActorRole::Account, other),
        ];
        for role in [Role::Viewer, Role::Admin] {
            let email = format!("{}@contoso.com", role.as_str());
            let browser = portal.signed_in(&email, None).await;
            join(&portal, &slug, &email, role).await;
            actors.push((role.as_str(), ActorRole::Member(role), browser));
        }
        actors.push(("owner", ActorRole::Member(Role::Owner), owner));
        for role in [SupportRole::Reviewer, SupportRole::Administrator] {
            let browser = portal.signed_in(&format!("{}@krisp.example", role.as_str()), Some(role)).await;
            actors.push((role.as_str(), ActorRole::Support(role), browser));
        }
        // what one asks too often is nothing to the others
        let of_its_own = |(number, (who, standing, browser)): (usize, (&'static str, ActorRole, Browser))| {
            (who, standing, browser.at(&format!("198.51.100.{number}")))
        };
        let actors = actors.into_iter().enumerate().map(of_its_own).collect();
        let anonymous = portal.browser();
        Self { portal, names: Names { slug, reference }, actors, anonymous }
    }
}

/// A sign-in of a team with a certificate that it does not know, kept with its XML; its
/// reference.
pub async fn failed_sign_in(portal: &Portal, slug: &str, idp: &Idp) -> String {
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let response = Idp::new(portal.now()).sign(&idp.options(&asked, "b.simon@contoso.com", portal.now()));
    let page = post_response(&mut browser, slug, &response, asked.relay_state.as_deref()).await.body;
    let rest = page.split("SSO-").nth(1).unwrap_or_else(|| panic!("{page}"));
    format!("SSO-{}", &rest[..9])
}

/// What is called so is not there.
fn unknown() -> Names {
    Names { slug: "unknown-222222".to_owned(), reference: "SSO-2222-2222".to_owned() }
}

pub async fn join(portal: &Portal, slug: &str, email: &str, role: Role) {
    let db = portal.services.db.connection();
    let team = teams::by_slug(db, &slug.parse::<TeamSlug>().unwrap()).await.unwrap().unwrap();
    let account = accounts::by_email(db, email).await.unwrap().unwrap();
    teams::add_member(&portal.services.db.autocommit(), team.team_id(), account.account_id(), role, portal.now())
        .await
        .unwrap();
}

/// What the table says of somebody of this standing.
fn allowed(access: Access, standing: ActorRole) -> bool {
    match access {
        Access::Public(_) => true,
        // all of them have proved what they have
        Access::Awaiting => false,
        Access::Own(action) => is_allowed(ActorRole::Account, action),
        Access::Team(action) | Access::Vendor(action) => is_allowed(standing, action),
    }
}

fn action(access: Access) -> Option<Action> {
    match access {
        Access::Public(why) => {
            assert!(!why.is_empty(), "say why anybody may");
            None
        }
        Access::Awaiting => None,
        Access::Own(action) | Access::Team(action) | Access::Vendor(action) => Some(action),
    }
}

async fn call(browser: &mut Browser, function: &Function, names: &Names) -> Answer {
    let mut fields = vec![("slug", names.slug.as_str())];
    for &(field, value) in function.fields {
        fields.push((field, if value == REFERENCE { names.reference.as_str() } else { value }));
    }
    browser.post_with(&format!("/api/{}", function.endpoint), &JSON, &fields).await
}

/// Whether the door was open, whatever came of it behind.
fn entered(answer: &Answer) -> bool {
    !matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}

async fn every_server_function_answers_each_actor_by_the_table(kind: DatabaseKind) {
    let mut world = World::new(kind).await;
    let registered: BTreeSet<_> = leptos::server_fn::axum::server_fn_paths().collect();
    let listed: BTreeSet<_> = FUNCTIONS.iter().map(|function| format!("/api/{}", function.endpoint)).collect();
    for (path, method) in &registered {
        assert_eq!(*method, Method::POST, "{path} changes nothing by GET because it has none");
        assert!(listed.contains(*path), "{path} is not in the table: say who may");
    }
    assert_eq!(registered.len(), listed.len(), "the table lists what is not there");

    for function in FUNCTIONS.iter().filter(|function| matches!(function.access, Access::Awaiting)) {
        for browser in world.actors.iter_mut().map(|(_, _, browser)| browser).chain([&mut world.anonymous]) {
            let answer = call(browser, function, &world.names).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}: {}", function.endpoint, answer.body);
        }
    }
    for function in FUNCTIONS.iter().filter(|function| !matches!(function.access, Access::Awaiting)) {
        let name = function.endpoint;
        if action(function.access).is_some() {
            let answer = call(&mut world.anonymous, function, &world.names).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name} for nobody: {}", answer.body);
        }
        for (who, standing, browser) in world.actors.iter().rev() {
            // each with a session of its own: some functions end or change it
            let mut browser = browser.clone();
            if allowed(function.access, *standing) {
                if function.harmless {
                    let answer = call(&mut browser, function, &world.names).await;
                    assert!(entered(&answer), "{name} for {who}: {} {}", answer.status, answer.body);
                }
                continue;
            }
            let theirs = call(&mut browser, function, &world.names).await;
            assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{name} for {who}: {}", theirs.body);
            let unknown = call(&mut browser, function, &unknown()).await;
            assert_eq!((theirs.status, theirs.body), (unknown.status, unknown.body), "{name} for {who}: alike");
        }
    }
}

/// The path of a constant of `model::paths`.
fn path_named(name: &str) -> &'static str {
    let source = include_str!("../../../../app/model/src/paths/patterns.rs");
    let value = source.split(&format!("pub const {name}: &str = \"")).nth(1);
    value.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("model::paths has no {name}"))
}

async fn every_page_and_route_answers_each_actor_by_the_table(kind: DatabaseKind) {
    let mut world = World::new(kind).await;
    let routes = leptos_axum::generate_route_list(app::App);
    let pages: BTreeSet<_> = routes.iter().map(|route| route.path().to_owned()).collect();
    let listed: BTreeSet<_> = PAGES.iter().map(|page| page.path.to_owned()).collect();
    assert_eq!(pages, listed, "the table lists every page");
    let source = include_str!("../../../src/router.rs");
    let names = source.split(".route(paths::").skip(1).map(|rest| rest.split(',').next().unwrap());
    let in_source: Vec<_> = names.map(path_named).collect();
    assert_eq!(in_source.len(), source.matches(".route(").count(), "every route names its path in model::paths");
    for path in in_source {
        assert!(ROUTES.iter().any(|route| route.path == path), "{path} is not in the table: say who may");
    }

    for page in PAGES.iter().chain(ROUTES) {
        let Some(action) = action(page.access) else { continue };
        let Some(path) = page.example(&world.names) else { continue };
        let unknown = page.example(&unknown()).unwrap();
        let answer = world.anonymous.get(&path).await;
        assert!(answer.location().starts_with("/login"), "{path} for nobody");
        for (who, standing, browser) in &mut world.actors {
            let answer = browser.get(&path).await;
            if allowed(page.access, *standing) {
                let fine = answer.status == StatusCode::OK || answer.status.is_redirection();
                assert!(fine, "{path} ({action:?}) for {who}: {}", answer.status);
            } else {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} ({action:?}) for {who}");
                assert_eq!(browser.get(&unknown).await.status, StatusCode::NOT_FOUND, "{unknown} for {who}");
            }
        }
    }
}

async fn sensitive_actions_require_reauthentication(kind: DatabaseKind) {
    let mut world = World::new(kind).await;
    world.portal.pass(TimeDelta::minutes(16));
    for function in FUNCTIONS {
        let Some(action) = action(function.access).filter(|action| action.needs_reauthentication()) else { continue };
        for (who, standing, browser) in &mut world.actors {
            let answer = call(browser, function, &world.names).await;
            let expected = if is_allowed(*standing, action) || matches!(function.access, Access::Own(_)) {
                (StatusCode::FORBIDDEN, "\"reauthentication_needed\"")
            } else {
                (StatusCode::NOT_FOUND, "\"not_found\"")
            };
            assert_eq!((answer.status, answer.body.as_str()), expected, "{} for {who}", function.endpoint);
        }
    }
}

async fn support_without_a_second_factor_sees_nothing(kind: DatabaseKind) {
    let mut world = World::new(kind).await;
    world.portal.sql("UPDATE account_sessions SET second_factor_at = NULL").await;
    for function in FUNCTIONS {
        let Some(action) = action(function.access).filter(|action| action.is_support_action()) else { continue };
        for (who, standing, browser) in &mut world.actors {
            let answer = call(browser, function, &world.names).await;
            let expected = if is_allowed(*standing, action) { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, expected, "{} for {who}: {}", function.endpoint, answer.body);
            assert!(
                expected == StatusCode::NOT_FOUND || answer.body == "\"second_factor_enrolment_needed\"",
                "{}",
                answer.body
            );
        }
    }
}

async fn only_administrators_decide_about_the_vendors_own_team(kind: DatabaseKind) {
    let mut world = World::new(kind).await;
    world.portal.sql("UPDATE teams SET is_vendor = TRUE WHERE status = 'active'").await;
    for function in FUNCTIONS.iter().filter(|function| matches!(function.access, Access::Team(Action::Decide))) {
        for status in TeamStatus::ALL {
            let set = format!("UPDATE teams SET status = '{}' WHERE is_vendor", status.as_str());
            world.portal.sql(&set).await;
            for (who, standing, browser) in &mut world.actors {
                let ActorRole::Support(role) = *standing else { continue };
                let answer = call(browser, function, &world.names).await;
                let refused = answer.body.contains("vendors_sign_in");
                assert_eq!(refused, role == SupportRole::Reviewer, "{} for {who}: {}", function.endpoint, answer.body);
                let slug: TeamSlug = world.names.slug.parse().unwrap();
                let team = teams::by_slug(world.portal.services.db.connection(), &slug).await.unwrap().unwrap();
                assert!(!refused || team.status == *status, "{} for {who}", function.endpoint);
            }
        }
    }
    let page = format!("/support/teams/{}", world.names.slug);
    for (who, standing, browser) in &mut world.actors {
        let ActorRole::Support(role) = *standing else { continue };
        let body = browser.get(&page).await.body;
        let explained = body.contains("Only support administrators decide about this team");
        assert_eq!(explained, role == SupportRole::Reviewer, "{who}: {body}");
    }
}

async fn the_portal_may_ask_everybody_for_a_second_factor(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "second_factor = \"everyone\"").await;
    let mut owner = portal.signed_in("owner@contoso.com", None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    for page in [format!("/teams/{slug}"), format!("/teams/{slug}/setup/urls")] {
        assert_eq!(owner.get(&page).await.location(), "/account/security", "{page}");
    }
    assert_eq!(owner.get("/account").await.status, StatusCode::OK);
}

async fn a_team_may_ask_its_members_for_a_second_factor(kind: DatabaseKind) {
    let mut world = World::new(kind).await;
    world.portal.sql("UPDATE teams SET second_factor_required = TRUE").await;
    world.portal.sql("UPDATE account_sessions SET second_factor_at = NULL").await;
    for function in FUNCTIONS {
        let Access::Team(action) = function.access else { continue };
        for (who, standing, browser) in &mut world.actors {
            let ActorRole::Member(_) = *standing else { continue };
            let answer = call(browser, function, &world.names).await;
            let expected = if is_allowed(*standing, action) { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, expected, "{} for {who}: {}", function.endpoint, answer.body);
        }
    }
}
