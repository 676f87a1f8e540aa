//! What a team's Overview and Connection pages say of a live team.

use model::Role;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Portal, html};
use crate::idp::{Idp, active_team, sign_in};
use crate::policy::{failed_sign_in, join};

on_both_databases!(
    the_overview_counts_sign_ins_and_says_what_needs_a_look,
    the_connection_shows_what_is_live_beside_what_is_edited,
);

async fn the_overview_counts_sign_ins_and_says_what_needs_a_look(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut owner, &idp).await;
    let overview = format!("/teams/{slug}");
    let calm = owner.get(&overview).await.body;
    assert!(html::texts(&calm, ".attention a[href*='/sign-ins/']").is_empty(), "{calm}");
    for upn in ["b.simon@contoso.com", "c.jones@contoso.com", "b.simon@contoso.com"] {
        assert_eq!(sign_in(&portal, &mut portal.browser(), &slug, &idp, upn).await.location(), "/me");
    }
    let reference = failed_sign_in(&portal, &slug, &idp).await;
    owner.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;

    let page = owner.get(&overview).await.body;
    let numbers = html::texts(&page, ".stat__number");
    assert_eq!(numbers[0], "2", "people: {numbers:?}");
    assert_eq!(numbers[2..], ["3", "75%", "3", "75%"], "of 7 and of 30 days: {numbers:?}");
    let items = html::texts(&page, ".attention > li");
    assert!(items.iter().any(|item| item.contains("1 sign-in")), "what fails: {items:?}");
    assert!(items.iter().any(|item| item.contains("Revision 2")), "the draft: {items:?}");
    let failing = format!(".attention a[href='/teams/{slug}/sign-ins/{reference}']");
    assert!(html::attribute(&page, &failing, "class").is_some(), "a button leads to the report: {page}");
    let draft = format!(".attention a[href='/teams/{slug}/setup/test']");
    assert!(html::attribute(&page, &draft, "class").is_some(), "and to the draft's test: {page}");
}

async fn the_connection_shows_what_is_live_beside_what_is_edited(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut owner, &idp).await;
    let connection = format!("/teams/{slug}/connection");
    let live = owner.get(&connection).await.body;
    assert!(live.contains("Revision 1") && !live.contains("class=\"beside\""), "nothing is edited: {live}");
    assert!(!live.contains("Roll back"), "there is nothing to go back to: {live}");

    owner.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    let edited = owner.get(&connection).await.body;
    let beside = html::texts(&edited, ".beside > section");
    assert_eq!(beside.len(), 2, "{edited}");
    assert!(beside[0].contains("Revision 1") && beside[1].contains("Revision 2"), "{beside:?}");
    assert!(beside[1].contains("workMail"), "what it changes: {beside:?}");

    owner.decide("setup/make_live", &slug, &[]).await;
    let again = owner.get(&connection).await.body;
    let rollback = html::texts(&again, &format!("a[href='/teams/{slug}/setup/go-live']"));
    assert!(rollback.iter().any(|link| link == "Roll back to revision 1"), "{rollback:?}");
    assert!(again.contains("workMail"), "beyond the defaults: {again}");

    let mut viewer = portal.signed_in("vic@contoso.com", None).await;
    join(&portal, &slug, "vic@contoso.com", Role::Viewer).await;
    let seen = viewer.get(&connection).await.body;
    assert!(seen.contains("Admins and owners of the team see who changed what"), "{seen}");
    assert!(!seen.contains("Roll back"), "{seen}");
}
