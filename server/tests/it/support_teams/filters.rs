//! What the list can be filtered and sorted by.

use chrono::TimeDelta;
use domain::team_list;
use model::TeamStatus;
use model::support::{CertificateExpiry, QuietDays, SignInsState, TeamListFilter, TeamListPage};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::Scene;
use crate::harness::{Browser, html};
use crate::idp::{Idp, active_team, configured_team, sign_in};
use crate::policy::failed_sign_in;

on_both_databases!(
    a_filter_is_kept_under_a_name_by_who_saved_it,
    teams_are_filtered_by_state_and_by_who_is_waited_for,
    teams_are_filtered_by_when_their_certificate_ends,
    teams_whose_sign_ins_fail_are_found_until_one_succeeds,
    teams_without_a_sign_in_are_found,
    teams_are_filtered_by_identity_provider,
    teams_are_sorted,
);

async fn teams_are_filtered_by_state_and_by_who_is_waited_for(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let now = scene.portal.now();
    for (number, status) in TeamStatus::ALL.iter().enumerate() {
        let name = format!("{} {number}", status.as_str());
        scene.team_in(&name, &format!("team{number}-222222"), *status, now).await;
    }
    for status in TeamStatus::ALL {
        let found = scene.names(&format!("state={}", status.as_str())).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(status.as_str()), "{found:?}");
    }
    let starts =
        |names: Vec<String>| names.iter().map(|name| name.rsplit_once(' ').unwrap().0.to_owned()).collect::<Vec<_>>();
    assert_eq!(starts(scene.names("waiting=support").await), ["in_review"]);
    assert_eq!(starts(scene.names("waiting=team").await), ["changes_requested", "draft"]);
    assert_eq!(starts(scene.names("waiting=team&state=draft").await), ["draft"]);
    assert!(scene.names("waiting=team&state=active").await.is_empty());
    assert_eq!(scene.names("state=unknown&waiting=nobody&quiet=-3&sort=x").await.len(), 5, "filters nothing");
}

async fn teams_are_filtered_by_when_their_certificate_ends(kind: DatabaseKind) {
    let scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&scene.portal, &mut owner, &idp).await;
    let mut other = scene.portal.signed_in("bob@contoso.com", None).await;
    configured_team(&scene.portal, &mut other, &idp).await;
    let page = super::page(&scene.portal, &TeamListFilter::default()).await;
    let ends: Vec<_> =
        page.teams.iter().filter_map(|team| team.certificate_ends_at.map(|end| (team.slug.to_string(), end))).collect();
    assert_eq!(ends.len(), 1, "only what is live counts: {ends:?}");
    assert_eq!(ends[0].0, slug);
    let end = ends[0].1;
    for (from_end, soon, over) in [(-31, 0, 0), (-29, 1, 0), (0, 0, 1)] {
        scene.portal.pass(end + TimeDelta::days(from_end) - scene.portal.now() + TimeDelta::seconds(1));
        // the session of whoever looks has ended by then
        let count = |certificate| {
            let filter = TeamListFilter { certificate: Some(certificate), ..TeamListFilter::default() };
            let portal = &scene.portal;
            async move { super::page(portal, &filter).await.teams.len() }
        };
        let counts = (count(CertificateExpiry::EndsSoon).await, count(CertificateExpiry::Over).await);
        assert_eq!(counts, (soon, over), "{from_end} days from its end");
    }
}

async fn teams_whose_sign_ins_fail_are_found_until_one_succeeds(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&scene.portal, &mut owner, &idp).await;
    let failing = "sign_ins=failing";
    let noted = async |scene: &mut Scene| {
        team_list::note_activity(&scene.portal.services).await.unwrap();
        scene.names(failing).await
    };
    assert!(noted(&mut scene).await.is_empty());
    failed_sign_in(&scene.portal, &slug, &idp).await;
    assert_eq!(noted(&mut scene).await, ["Contoso"]);
    let page = scene.support.get("/support/teams").await.body;
    assert!(page.contains("Sign-ins fail"), "{page}");

    scene.portal.pass(TimeDelta::seconds(1));
    sign_in(&scene.portal, &mut scene.portal.browser(), &slug, &idp, "b.simon@contoso.com").await;
    assert!(noted(&mut scene).await.is_empty(), "one succeeded");
    scene.portal.pass(TimeDelta::seconds(1));
    failed_sign_in(&scene.portal, &slug, &idp).await;
    assert_eq!(noted(&mut scene).await, ["Contoso"], "the last one failed");
    assert_eq!(team_list::note_activity(&scene.portal.services).await.unwrap(), 0, "nothing new, nothing written");
    scene.portal.pass(TimeDelta::days(8));
    let filter = TeamListFilter { sign_ins: Some(SignInsState::Failing), ..TeamListFilter::default() };
    assert!(super::page(&scene.portal, &filter).await.teams.is_empty(), "a week later it says nothing");
}

async fn teams_without_a_sign_in_are_found(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&scene.portal, &mut owner, &idp).await;
    scene.team("Never", "never-222222").await;
    sign_in(&scene.portal, &mut scene.portal.browser(), &slug, &idp, "b.simon@contoso.com").await;
    team_list::note_activity(&scene.portal.services).await.unwrap();
    assert_eq!(scene.names("quiet=7").await, ["Never"]);
    assert!(scene.support.get("/support/teams").await.body.contains("never"));
    scene.portal.pass(TimeDelta::days(8));
    let quiet = |days| TeamListFilter { quiet: QuietDays::new(days), ..TeamListFilter::default() };
    let names = |page: TeamListPage| page.teams.into_iter().map(|team| team.name).collect::<Vec<_>>();
    assert_eq!(names(super::page(&scene.portal, &quiet(7)).await), ["Contoso", "Never"]);
    assert_eq!(names(super::page(&scene.portal, &quiet(30)).await), ["Never"]);
}

/// Configures a team for an identity provider with this issuer and Login URL.
async fn save_idp(owner: &mut Browser, slug: &str, entity_id: &str, sso_url: &str) {
    let fields = [("slug", slug), ("idp_entity_id", entity_id), ("sso_url", sso_url), ("slo_url", "")];
    let answer = owner.post("/api/setup/save_urls", &fields).await;
    assert!(answer.location().ends_with("/setup/users"), "{}", answer.location());
}

async fn teams_are_filtered_by_identity_provider(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut ada = scene.portal.signed_in("ada@contoso.com", None).await;
    let entra = scene.portal.team(&mut ada, "Entra").await;
    let tenant = "7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11";
    let login = format!("https://login.microsoftonline.com/{tenant}/saml2");
    save_idp(&mut ada, &entra, &format!("https://sts.windows.net/{tenant}/"), &login).await;
    let mut bob = scene.portal.signed_in("bob@fabrikam.com", None).await;
    let other = scene.portal.team(&mut bob, "Other").await;
    save_idp(&mut bob, &other, "urn:fabrikam:idp", "https://idp.fabrikam.com/login").await;
    scene.team("Nothing yet", "nothing-222222").await;
    assert_eq!(scene.names("provider=entra").await, ["Entra"]);
    assert_eq!(scene.names("provider=other").await, ["Other"]);
    assert!(scene.names("provider=okta").await.is_empty());
    bob.post("/api/setup/save_identity_provider", &[("slug", &other), ("identity_provider", "okta")]).await;
    assert_eq!(scene.names("provider=okta").await, ["Other"], "what was chosen counts");
}

async fn teams_are_sorted(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let now = scene.portal.now();
    for (name, slug, days) in [("beta", "beta-222222", 3), ("Alpha", "alpha-222222", 1), ("Gamma", "gamma-222222", 2)] {
        let team = scene.team_in(name, slug, TeamStatus::Draft, now - TimeDelta::days(days)).await;
        let last = now - TimeDelta::days(10 - days);
        if name != "Gamma" {
            let activity = store::team_activity::TeamActivity { signed_in_at: Some(last), failed_at: None };
            let tx = scene.portal.services.db.begin().await.unwrap();
            store::team_activity::note(&tx, &[(team.id, activity)]).await.unwrap();
            store::commit(tx).await.unwrap();
        }
    }
    assert_eq!(scene.names("").await, ["Alpha", "beta", "Gamma"], "by name, in any case");
    assert_eq!(scene.names("sort=name").await, ["Alpha", "beta", "Gamma"]);
    assert_eq!(scene.names("sort=waiting").await, ["beta", "Gamma", "Alpha"], "longest in its state first");
    assert_eq!(scene.names("sort=last-sign-in").await, ["beta", "Alpha", "Gamma"], "latest first, then never");
    assert_eq!(scene.names("sort=quiet").await, ["Gamma", "Alpha", "beta"], "never, then longest ago");
}

async fn a_filter_is_kept_under_a_name_by_who_saved_it(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let failing = "/support/teams?sign_ins=failing&sort=waiting";
    let save = [("name", " Failing "), ("filter[sign_ins]", "failing"), ("filter[sort]", "waiting")];
    let saved = scene.support.post("/api/support/save_view", &save).await.location().to_owned();
    assert_eq!(saved, format!("{failing}&done=view-saved"));
    let page = scene.support.get(&saved).await.body;
    assert_eq!(html::texts(&page, ".notice--success"), ["The view was saved. You find it above the list."]);
    let page = scene.support.get("/support/teams").await.body;
    assert!(!page.contains("The view was saved"), "{page}");
    let asks_first = html::text(&page, "details.confirmation form[action='/api/support/delete_view']");
    assert_eq!(asks_first.as_deref(), Some("Yes, delete the view"), "{page}");
    assert!(page.contains(&format!("href=\"{}\"", failing.replace('&', "&amp;"))), "{page}");
    let here = scene.support.get(failing).await.body;
    assert!(html::attribute(&here, "nav [aria-current=page]", "href").is_some(), "the view that is shown: {here}");
    let mut other = scene.portal.support("rev@krisp.example", model::SupportRole::Reviewer).await;
    assert!(!other.get("/support/teams").await.body.contains("Failing</a>"), "it is nobody else's");

    scene.support.post("/api/support/save_view", &[("name", ""), ("filter[state]", "active")]).await;
    let page = scene.support.get("/support/teams?state=active").await.body;
    assert!(page.contains("Name: enter this value"), "{page}");
    for number in 0..20 {
        let name = format!("View {number}");
        scene.support.post("/api/support/save_view", &[("name", &name), ("filter[state]", "active")]).await;
    }
    let page = scene.support.get("/support/teams?state=active").await.body;
    assert!(page.contains("You keep 20 views already"), "{page}");
    let deleted = scene.support.post("/api/support/delete_view", &[("name", "Failing")]).await.location().to_owned();
    let page = scene.support.get(&deleted).await.body;
    assert!(page.contains("The view was deleted.") && !page.contains("Failing</a>"), "{page}");
}
