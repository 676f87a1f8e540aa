//! A team that changed is found by what it is now, and not by what it was.

use store::on_both_databases;
use store::testing::DatabaseKind;

use super::Scene;
use crate::harness::link;
use crate::idp::{Idp, active_team, configured_team};
use crate::members::{account_id, join};

on_both_databases!(
    members_and_their_addresses_come_and_go,
    domains_and_entity_ids_are_those_of_the_draft_and_of_what_is_live,
    a_state_is_the_one_of_now_since_it_is,
    teams_of_the_version_before_are_listed,
);

async fn members_and_their_addresses_come_and_go(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut owner = scene.portal.signed_in("ada@contoso.com", None).await;
    let slug = scene.portal.team(&mut owner, "Contoso").await;
    let mut member = join(&scene.portal, &mut owner, &slug, "grace@fabrikam.com", "viewer").await;
    assert_eq!(scene.found("grace@fabrikam.com").await, ["Contoso"]);

    member.post("/api/accounts/change_email", &[("email", "hopper@navy.example")]).await;
    let mails = scene.portal.mail().await;
    let mail = mails.iter().find(|mail| mail.recipient == "hopper@navy.example").unwrap();
    let token = link(mail).rsplit_once("token=").unwrap().1.to_owned();
    assert_eq!(scene.found("hopper@").await.len(), 0, "not before it is confirmed");
    member.post("/api/accounts/confirm_email_change", &[("token", &token), ("password", "")]).await;
    assert_eq!(scene.found("hopper@navy.example").await, ["Contoso"]);
    assert_eq!(scene.found("navy.example").await, ["Contoso"]);
    assert!(scene.found("grace@fabrikam.com").await.is_empty());
    assert!(scene.found("fabrikam.com").await.is_empty());

    let account = account_id(&scene.portal, "hopper@navy.example").await;
    owner.post("/api/members/remove", &[("slug", &slug), ("account", &account)]).await;
    assert!(scene.found("hopper@navy.example").await.is_empty());
    assert_eq!(scene.found("ada@contoso.com").await, ["Contoso"], "the others stay");
}

async fn domains_and_entity_ids_are_those_of_the_draft_and_of_what_is_live(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@owner.example", None).await;
    let slug = active_team(&scene.portal, &mut owner, &idp).await;
    let before = idp.tenant.entity_id();
    let save = async |owner: &mut crate::harness::Browser, domain: &str, entity_id: &str| {
        owner.post("/api/setup/save_email_domains", &[("slug", &*slug), ("email_domains", domain)]).await;
        let sso_url = idp.tenant.sso_url();
        let fields = [("slug", &*slug), ("idp_entity_id", entity_id), ("sso_url", &*sso_url), ("slo_url", "")];
        owner.post("/api/setup/save_urls", &fields).await;
    };
    save(&mut owner, "old.example", "urn:draft:old").await;
    for key in ["old.example", "urn:draft:old", &*before] {
        assert_eq!(scene.found(key).await, ["Contoso"], "{key}: the draft's, and what is live");
    }
    save(&mut owner, "new.example", "urn:draft:new").await;
    for key in ["new.example", "urn:draft:new", &*before] {
        assert_eq!(scene.found(key).await, ["Contoso"], "{key}");
    }
    for key in ["old.example", "urn:draft:old"] {
        assert!(scene.found(key).await.is_empty(), "{key}");
    }
    owner.decide("setup/make_live", &slug, &[]).await;
    assert_eq!(scene.found("urn:draft:new").await, ["Contoso"]);
    assert!(scene.found(&before).await.is_empty(), "it is not live any more");
    owner.decide("setup/roll_back", &slug, &[]).await;
    assert_eq!(scene.found(&before).await, ["Contoso"], "it is again");
    assert!(scene.found("urn:draft:new").await.is_empty());
}

async fn a_state_is_the_one_of_now_since_it_is(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&scene.portal, &mut owner, &idp).await;
    assert_eq!(scene.names("state=draft").await, ["Contoso"]);
    scene.portal.pass(chrono::TimeDelta::minutes(5));
    owner.decide("setup/submit", &slug, &[]).await;
    assert_eq!(scene.names("waiting=support").await, ["Contoso"]);
    assert!(scene.names("state=draft").await.is_empty());
    let page = super::page(&scene.portal, &model::support::TeamListFilter::default()).await;
    assert_eq!(page.teams[0].status_since, scene.portal.now());
    scene.support.decide("support/approve", &slug, &[]).await;
    assert_eq!(scene.names("state=active").await, ["Contoso"]);
    assert!(scene.names("waiting=support").await.is_empty());
}

async fn teams_of_the_version_before_are_listed(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    scene.team("Contoso", "contoso-222222").await;
    scene.team("Fabrikam", "fabrikam-222222").await;
    // what a replica of the version before leaves undone
    scene.portal.sql("DELETE FROM team_search_terms").await;
    scene.portal.sql("DELETE FROM team_listings").await;
    assert!(scene.names("").await.is_empty());
    assert_eq!(domain::team_list::repair(&scene.portal.services).await.unwrap(), 2);
    assert_eq!(scene.found("cont").await, ["Contoso"]);
    scene.portal.sql("UPDATE teams SET status = 'in_review' WHERE name = 'Fabrikam'").await;
    assert_eq!(domain::team_list::repair(&scene.portal.services).await.unwrap(), 1);
    assert_eq!(scene.names("waiting=support").await, ["Fabrikam"]);
    assert_eq!(domain::team_list::repair(&scene.portal.services).await.unwrap(), 0);
}
