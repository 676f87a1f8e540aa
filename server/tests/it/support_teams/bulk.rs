//! What is done to several teams at once: shown first, done to those that were shown, and told.

use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::Scene;
use crate::harness::html;
use crate::idp::{Idp, active_team, sign_in};
use crate::members::join;

on_both_databases!(
    administrators_are_reminded_of_a_set_up_once_a_day,
    several_teams_are_suspended_with_one_reason,
    what_was_chosen_stays_when_the_reason_is_missing,
);

async fn administrators_are_reminded_of_a_set_up_once_a_day(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut ada = scene.portal.signed_in("ada@contoso.com", None).await;
    let contoso = scene.portal.team(&mut ada, "Contoso").await;
    join(&scene.portal, &mut ada, &contoso, "vera@contoso.com", "viewer").await;
    let live = active_team(&scene.portal, &mut ada, &Idp::new(scene.portal.now())).await;
    scene.portal.mail().await;
    let page = scene.support.get("/support/teams/bulk?action=remind").await.body;
    assert!(page.contains(&contoso) && !page.contains(&live), "only what is not finished: {page}");
    assert!(page.contains("One team of the page is left out: its state does not allow this"), "{page}");
    let remind = [("action", "remind"), ("teams[]", &*contoso), ("teams[]", &*live)];
    assert_eq!(scene.support.post("/api/support/bulk", &remind).await.location(), "/support/teams");
    let mail = scene.portal.mail().await;
    let recipients: Vec<_> = mail.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(recipients, ["ada@contoso.com"], "a viewer cannot finish it");
    assert!(mail[0].subject.contains("is not finished") && mail[0].text_body.contains(&format!("/teams/{contoso}")));
    let list = scene.support.get("/support/teams").await.body;
    assert!(list.contains("1 team is reminded") && list.contains("One team was left as it is"), "{list}");
    assert!(ada.get(&format!("/teams/{contoso}/audit")).await.body.contains("Reminder of the set-up sent"));

    scene.support.post("/api/support/bulk", &remind[..2]).await;
    assert!(scene.portal.mail().await.is_empty(), "not twice a day");
    assert!(scene.support.get("/support/teams").await.body.contains("0 teams are reminded"));
    scene.portal.pass(TimeDelta::hours(25));
    scene.support = scene.portal.support("rev@krisp.example", model::SupportRole::Reviewer).await;
    scene.support.post("/api/support/bulk", &remind[..2]).await;
    assert_eq!(scene.portal.mail().await.len(), 1);
}

async fn several_teams_are_suspended_with_one_reason(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut ada = scene.portal.signed_in("ada@contoso.com", None).await;
    let (one, two) =
        (active_team(&scene.portal, &mut ada, &idp).await, active_team(&scene.portal, &mut ada, &idp).await);
    let three = active_team(&scene.portal, &mut ada, &idp).await;
    scene.portal.mail().await;
    let fields = [
        ("action", "suspend"),
        ("teams[]", &*one),
        ("teams[]", &*two),
        ("reason", "Unpaid invoice 17."),
        ("filter[state]", "active"),
    ];
    assert_eq!(scene.support.post("/api/support/bulk", &fields).await.location(), "/support/teams?state=active");
    assert!(scene.support.get("/support/teams?state=active").await.body.contains("Sign-in of 2 teams is suspended"));
    let mail = scene.portal.mail().await;
    assert_eq!(mail.iter().filter(|mail| mail.text_body.contains("> Unpaid invoice 17.")).count(), 2);
    for (slug, works) in [(&one, false), (&two, false), (&three, true)] {
        let answer = scene.portal.browser().get(&format!("/sso/{slug}")).await;
        assert_eq!(answer.status.is_redirection(), works, "{slug}");
    }
    assert_eq!(
        sign_in(&scene.portal, &mut scene.portal.browser(), &three, &idp, "b.simon@contoso.com").await.location(),
        "/me"
    );
}

async fn what_was_chosen_stays_when_the_reason_is_missing(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut ada = scene.portal.signed_in("ada@contoso.com", None).await;
    let (one, two) =
        (active_team(&scene.portal, &mut ada, &idp).await, active_team(&scene.portal, &mut ada, &idp).await);
    let page = "/support/teams/bulk?action=suspend&q=contoso";
    let fields = [("action", "suspend"), ("teams[]", &*one), ("reason", " "), ("filter[q]", "contoso")];
    assert_eq!(scene.support.post("/api/support/bulk", &fields).await.location(), page);
    let body = scene.support.get(page).await.body;
    assert!(body.contains("Say what the team should change or know"), "{body}");
    let is_ticked = |slug: &str| html::attribute(&body, &format!("[value=\"{slug}\"][checked]"), "name").is_some();
    assert!(is_ticked(&one) && !is_ticked(&two), "{body}");
    let nothing = [("action", "suspend"), ("reason", "Unpaid."), ("filter[q]", "contoso")];
    scene.support.post("/api/support/bulk", &nothing).await;
    let body = scene.support.get(page).await.body;
    assert!(body.contains("Choose at least one team") && body.contains("Unpaid."), "{body}");
    assert!(scene.portal.browser().get(&format!("/sso/{one}")).await.status.is_redirection(), "nothing was done");
}
