//! Onboarding links over HTTP: from support to the first owner's set-up.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::SupportRole;
use store::testing::DatabaseKind;
use store::{invitations, on_both_databases};

use crate::harness::{Browser, PASSWORD, Portal};
use crate::members::token;
use crate::reauthentication::confirm;
use crate::sign_in::team_id;

on_both_databases!(
    a_link_makes_a_new_owner_and_leads_into_the_set_up,
    the_link_is_shown_once_to_who_made_it,
    a_link_is_sent_again_taken_back_and_expires,
    a_link_is_no_way_into_a_team_that_somebody_owns,
    only_support_makes_links,
    who_may_not_send_a_link_may_not_revoke_it,
    what_was_typed_waits_while_support_confirms,
    what_is_missing_is_said_beside_its_field,
    by_invitation_only_nobody_signs_up_and_everybody_is_told_how,
);

const FIRST: &str = "ada@contoso.com";

async fn scene(kind: DatabaseKind) -> (Portal, Browser) {
    let portal = Portal::start(kind).await;
    let support = portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    (portal, support)
}

/// Creates a team; its slug and the secret of the mailed link.
async fn onboard(portal: &Portal, support: &mut Browser) -> (String, String) {
    let answer = support.post("/api/onboarding/create", &[("name", "Contoso"), ("email", FIRST)]).await;
    let place = answer.location().strip_suffix("?done=onboarded").unwrap_or_else(|| panic!("{answer:?}")).to_owned();
    let mail = portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, FIRST));
    (place.rsplit_once('/').unwrap().1.to_owned(), token(&mail[0]))
}

async fn create(browser: &mut Browser, token: &str) -> String {
    let fields = [("token", token), ("password", PASSWORD)];
    browser.post("/api/invitations/create_account", &fields).await.location().to_owned()
}

async fn link_id(portal: &Portal, slug: &str) -> String {
    let team = team_id(portal, slug).await;
    invitations::pending(portal.services.db.connection(), Some(team)).await.unwrap()[0].id.to_string()
}

async fn a_link_makes_a_new_owner_and_leads_into_the_set_up(kind: DatabaseKind) {
    let (portal, mut support) = scene(kind).await;
    let (slug, token) = onboard(&portal, &mut support).await;
    let mut owner = portal.browser();
    let page = owner.get(&format!("/invite/{token}")).await.body;
    assert!(page.contains("Set up single sign-on of Contoso") && page.contains(FIRST), "{page}");
    assert_eq!(create(&mut owner, &token).await, format!("/teams/{slug}/setup/create"));
    assert_eq!(owner.get(&format!("/teams/{slug}/setup/create")).await.status, StatusCode::OK);
    assert!(owner.get(&format!("/teams/{slug}/members")).await.body.contains("Send invitation"), "as its owner");
    assert!(owner.get(&format!("/invite/{token}")).await.body.contains("no longer works"));
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    assert!(page.contains("owner") && !page.contains("Send an onboarding link to"), "{page}");

    let of_team = portal.events_of(team_id(&portal, &slug).await).await;
    let mut in_order: Vec<_> = of_team.iter().map(|event| (event.sequence, event.action.as_str())).collect();
    in_order.sort_unstable();
    let codes: Vec<_> = in_order.into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["team.created", "team.onboarding_link_sent", "invitation.accepted"]);
    assert!(!format!("{of_team:?}").contains(&token));
}

async fn the_link_is_shown_once_to_who_made_it(kind: DatabaseKind) {
    let (portal, mut support) = scene(kind).await;
    let (slug, token) = onboard(&portal, &mut support).await;
    assert!(support.cookies.contains_key("link"));
    let page = format!("/support/teams/{slug}");
    assert!(support.get(&page).await.body.contains(&format!("/invite/{token}")));
    let again = support.get(&page).await.body;
    assert!(!again.contains(&token) && again.contains("Revoke"), "{again}");
    let mut colleague = portal.support("other@krisp.example", SupportRole::Administrator).await;
    assert!(!colleague.get(&page).await.body.contains(&token));
    // a cookie with somebody else's secret shows nothing of another team
    let answer = support.post("/api/onboarding/create", &[("name", "Fabrikam"), ("email", "f@fabrikam.com")]).await;
    let other = answer.location().to_owned();
    assert!(!support.get(&page).await.body.contains("/invite/"));
    assert!(!support.get(&other).await.body.contains("/invite/"), "it was shown on the first page that was opened");
}

async fn a_link_is_sent_again_taken_back_and_expires(kind: DatabaseKind) {
    let (portal, mut support) = scene(kind).await;
    let (slug, first) = onboard(&portal, &mut support).await;
    let id = link_id(&portal, &slug).await;
    let fields = [("slug", &*slug), ("id", &*id)];
    assert!(support.post("/api/onboarding/resend", &fields).await.location().ends_with("done=resent"));
    let second = token(&portal.mail().await[0]);
    let mut browser = portal.browser();
    assert!(browser.get(&format!("/invite/{first}")).await.body.contains("no longer works"));
    assert!(browser.get(&format!("/invite/{second}")).await.body.contains("Choose a password"));
    assert!(support.post("/api/onboarding/revoke", &fields).await.location().ends_with("done=revoked"));
    create(&mut browser, &second).await;
    assert!(!browser.cookies.contains_key("session"));

    let fields = [("slug", &*slug), ("email", "second@contoso.com")];
    let answer = support.post("/api/onboarding/send", &fields).await;
    assert!(answer.location().ends_with("done=onboarded"), "{}", answer.location());
    let third = token(&portal.mail().await[0]);
    portal.pass(TimeDelta::days(7));
    create(&mut browser, &third).await;
    assert!(!browser.cookies.contains_key("session"));
}

async fn a_link_is_no_way_into_a_team_that_somebody_owns(kind: DatabaseKind) {
    let (portal, mut support) = scene(kind).await;
    let (slug, first) = onboard(&portal, &mut support).await;
    support.post("/api/onboarding/send", &[("slug", &slug), ("email", "second@contoso.com")]).await;
    let second = token(&portal.mail().await[0]);
    create(&mut portal.browser(), &first).await;
    let mut late = portal.browser();
    assert!(late.get(&format!("/invite/{second}")).await.body.contains("no longer works"));
    create(&mut late, &second).await;
    assert!(!late.cookies.contains_key("session"));
    portal.mail().await;

    support.post("/api/onboarding/send", &[("slug", &slug), ("email", "rev@krisp.example")]).await;
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    assert!(page.contains("This team has an owner, who can invite others"), "{page}");
    assert_eq!(portal.mail().await.len(), 0);
}

async fn only_support_makes_links(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut member = portal.signed_in(FIRST, None).await;
    let slug = portal.team(&mut member, "Contoso").await;
    assert_eq!(member.get("/support/teams/new").await.status, StatusCode::NOT_FOUND);
    let json = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    for (path, fields) in [
        ("create", vec![("name", "Evil"), ("email", "evil@example.com")]),
        ("send", vec![("slug", &*slug), ("email", "evil@example.com")]),
        ("new_link", vec![("slug", &*slug)]),
    ] {
        let answer = member.post_with(&format!("/api/onboarding/{path}"), &json, &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
    }
    assert_eq!(portal.mail().await.len(), 0);
    assert!(portal.browser().get("/support/teams/new").await.location().starts_with("/login?next="));
}

async fn what_is_missing_is_said_beside_its_field(kind: DatabaseKind) {
    let (portal, mut support) = scene(kind).await;
    support.post("/api/onboarding/create", &[("name", ""), ("email", "ada(at)contoso")]).await;
    let page = support.get("/support/teams/new").await.body;
    assert!(
        page.contains("Company or team name: enter this value") && page.contains("Enter an e-mail address"),
        "{page}"
    );
    assert!(page.contains("ada(at)contoso"));
    assert_eq!(portal.mail().await.len(), 0);
}

async fn by_invitation_only_nobody_signs_up_and_everybody_is_told_how(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "sign_up = \"invite_only\"").await;
    let mut browser = portal.browser();
    for path in ["/", "/signup"] {
        let page = browser.get(path).await.body;
        assert!(page.contains("New teams are set up by invitation") && page.contains("support@krisp.ai"), "{page}");
        assert!(!page.contains("Send the link"), "{page}");
    }
    let json = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    let answer = browser.post_with("/api/accounts/sign_up", &json, &[("email", FIRST)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(portal.mail().await.len(), 0);

    let mut member = portal.signed_in(FIRST, None).await;
    let home = member.get("/").await;
    assert!(home.status == StatusCode::OK && home.body.contains("You belong to no team"), "{home:?}");
    assert!(member.get("/teams/new").await.body.contains("New teams are set up by invitation"));
    let answer = member.post_with("/api/teams/create", &json, &[("name", "Contoso")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);

    let mut support = portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    let fields = [("name", "Fabrikam"), ("email", "grace@fabrikam.com")];
    support.post("/api/onboarding/create", &fields).await;
    let token = token(&portal.mail().await[0]);
    let place = create(&mut portal.browser(), &token).await;
    assert!(place.ends_with("/setup/create"), "an invited owner gets an account: {place}");
}

async fn who_may_not_send_a_link_may_not_revoke_it(kind: DatabaseKind) {
    let (portal, mut reviewer) = scene(kind).await;
    let mut root = portal.support("root@krisp.example", SupportRole::Administrator).await;
    let (slug, token) = onboard(&portal, &mut root).await;
    let (page, id) = (format!("/support/teams/{slug}"), link_id(&portal, &slug).await);
    let fields = [("slug", &*slug), ("id", &*id)];
    for is in ["is_vendor = TRUE", "is_vendor = FALSE, status = 'active'"] {
        portal.sql(&format!("UPDATE teams SET {is}")).await;
        assert!(!reviewer.get(&page).await.body.contains("Revoke"), "{is}");
        assert_eq!(reviewer.post("/api/onboarding/revoke", &fields).await.location(), page, "{is}");
        let refused = reviewer.get(&page).await.body;
        assert!(refused.contains("Only a support administrator can send or revoke"), "{is}: {refused}");
        let invited = portal.browser().get(&format!("/invite/{token}")).await.body;
        assert!(invited.contains("Choose a password"), "{is}: {invited}");
    }
    assert!(root.get(&page).await.body.contains("Revoke"));
    assert!(root.post("/api/onboarding/revoke", &fields).await.location().ends_with("done=revoked"));
    assert!(portal.browser().get(&format!("/invite/{token}")).await.body.contains("no longer works"));
}

async fn what_was_typed_waits_while_support_confirms(kind: DatabaseKind) {
    let (portal, mut support) = scene(kind).await;
    portal.pass(TimeDelta::minutes(16));
    let fields = [("name", "Contoso"), ("email", FIRST)];
    let asked = support.post("/api/onboarding/create", &fields).await.location().to_owned();
    assert_eq!(asked, "/account/reauthenticate?next=/support/teams/new");
    assert!(portal.mail().await.is_empty(), "nothing was sent");
    support.follow(&asked).await;
    let code = support.authenticator.as_ref().unwrap().code();
    confirm(&mut support, &code).await;
    let page = support.get("/support/teams/new").await.body;
    assert!(page.contains("value=\"Contoso\"") && page.contains(FIRST), "{page}");
    let (slug, _) = onboard(&portal, &mut support).await;
    portal.pass(TimeDelta::minutes(16));
    assert_eq!(support.get(&format!("/support/teams/{slug}")).await.status, StatusCode::OK, "to look takes no proof");
    assert_eq!(support.get("/support/mail").await.status, StatusCode::OK);
}
