//! Which identity provider a team uses, and what follows from it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::Role;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::Idp;
use crate::policy::join;

on_both_databases!(
    it_is_recognised_by_its_values_and_a_choice_beats_that,
    the_set_up_is_in_the_words_of_the_provider,
    googles_values_come_before_ours,
    only_those_who_may_configure_choose,
    a_test_that_stays_away_asks_what_was_seen_there,
);

const SAVE: &str = "/api/setup/save_identity_provider";

async fn team(portal: &Portal) -> (Browser, String) {
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let idp = Idp::new(portal.now());
    admin.upload(&slug, &[("contoso.cer", &idp.certificate())]).await;
    let fields = [
        ("slug", &*slug),
        ("idp_entity_id", "http://www.okta.com/exk1fcia6d6EMsf331d8"),
        ("sso_url", "https://contoso.okta.com/app/contoso_portal_1/exk1fcia6d6EMsf331d8/sso/saml"),
        ("slo_url", ""),
    ];
    admin.post("/api/setup/save_urls", &fields).await;
    (admin, slug)
}

async fn it_is_recognised_by_its_values_and_a_choice_beats_that(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let (step, help) = (format!("/teams/{slug}/setup/create"), format!("/teams/{slug}/idp-error"));
    assert!(admin.get(&step).await.body.contains("Recognised: Okta"));
    assert!(admin.get(&help).await.body.contains("Audience URI (SP Entity ID)"));

    let answer = admin.post(SAVE, &[("slug", &slug), ("identity_provider", "keycloak")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, &*step));
    let body = admin.get(&step).await.body;
    assert!(body.contains("<option value=\"keycloak\" selected"), "{body}");
    let saved =
        html::text(&body, "form[action=\"/api/setup/save_identity_provider\"] [role=status]").unwrap_or_default();
    assert!(saved.contains("Saved") && saved.contains("follow this choice"), "beside what was saved: {body}");
    assert_eq!(body.matches("follow this choice").count(), 1, "and nowhere else: {body}");
    assert!(!admin.get(&step).await.body.contains("follow this choice"), "once");
    let body = admin.get(&help).await.body;
    assert!(body.contains("What Keycloak usually stops for") && !body.contains("Audience URI"), "{body}");
    assert!(admin.get(&format!("/teams/{slug}/audit")).await.body.contains("Identity provider chosen"));

    let refused = admin.post(SAVE, &[("slug", &slug), ("identity_provider", "nobody")]).await;
    assert!(admin.get(refused.location()).await.body.contains("Choose one of the values in the list"));
    admin.post(SAVE, &[("slug", &slug), ("identity_provider", "")]).await;
    assert!(admin.get(&help).await.body.contains("What Okta usually stops for"), "recognised again");
}

/// The names that the set-up uses, besides those of the steps.
async fn the_set_up_is_in_the_words_of_the_provider(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let mut page = async |step: &str| admin.get(&format!("/teams/{slug}/setup/{step}")).await.body;
    for (step, words) in [
        ("create", &["Create App Integration", "action=\"/api/setup/confirm_step\""][..]),
        ("basic-saml", &["Audience URI (SP Entity ID)", "Address of this team's metadata"]),
        ("attributes", &["Attribute Statements", "action=\"/api/setup/save_claims\""]),
        ("certificates", &["SAML Signing Certificates", "Address of the identity provider's metadata"]),
        ("urls", &["Identity Provider Single Sign-On URL", "Single logout URL"]),
        ("users", &["Assignments", "action=\"/api/setup/confirm_step\""]),
        ("test", &[]),
        ("go-live", &["find the tile at Okta"]),
        ("options", &["overrides the format that is set at Okta"]),
    ] {
        let body = page(step).await;
        for words in words {
            assert!(body.contains(words), "{step}, {words}: {body}");
        }
        // the choice of the first step names every provider
        let said = body.split("<select").next().unwrap_or_default().to_owned()
            + body.rsplit("</select>").next().filter(|_| body.contains("</select>")).unwrap_or_default();
        let said = said.replace("CN=Microsoft Azure Federated SSO Certificate", "the certificate of the test");
        for name in ["Entra", "Microsoft", "Azure", "My Apps"] {
            assert!(!said.contains(name), "{step} says {name}: {said}");
        }
    }
}

/// Its assistant shows its own values before it asks for ours.
async fn googles_values_come_before_ours(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let page = |step: &str| format!("/teams/{slug}/setup/{step}");
    assert!(admin.get(&page("certificates")).await.body.contains("Step 4 of 8"), "as at Entra");
    admin.post(SAVE, &[("slug", &slug), ("identity_provider", "google-workspace")]).await;
    let confirm = async |admin: &mut Browser, step: &str| {
        let fields = [("slug", &*slug), ("step", step)];
        admin.post("/api/setup/confirm_step", &fields).await.location().to_owned()
    };
    assert_eq!(confirm(&mut admin, "create").await, page("certificates"));
    let body = admin.get(&page("certificates")).await.body;
    assert!(body.contains("Step 2 of 8") && body.contains("Skip to: Set up URLs"), "{body}");
    let linked = |step: &str| body.find(&format!("href=\"{}\"", page(step)));
    assert!(linked("urls").is_some() && linked("urls") < linked("basic-saml"), "the rail has the same order: {body}");
    let fields = [
        ("slug", &*slug),
        ("idp_entity_id", "https://accounts.google.com/o/saml2?idpid=C01abc234"),
        ("sso_url", "https://accounts.google.com/o/saml2/idp?idpid=C01abc234"),
        ("slo_url", ""),
    ];
    assert_eq!(admin.post("/api/setup/save_urls", &fields).await.location(), page("basic-saml"));
    assert_eq!(confirm(&mut admin, "basic-saml").await, page("attributes"));
}

async fn only_those_who_may_configure_choose(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut owner, slug) = team(&portal).await;
    let mut viewer = portal.signed_in("vera@contoso.com", None).await;
    join(&portal, &slug, "vera@contoso.com", Role::Viewer).await;
    let fields = [("slug", &*slug), ("identity_provider", "ad-fs")];
    let answer = viewer.post_with(SAVE, &[("accept", "application/json")], &fields).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(owner.get(&format!("/teams/{slug}/idp-error")).await.body.contains("What Okta usually stops for"));
}

async fn a_test_that_stays_away_asks_what_was_seen_there(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let page = format!("/teams/{slug}/setup/test");
    admin.get(&format!("{page}/start")).await;
    let question = "What did you see there?";
    let marker = |body: &str| body.split_once("data-marker=\"").unwrap().1.split('"').next().unwrap().to_owned();
    portal.pass(TimeDelta::seconds(119));
    let before = admin.get(&page).await.body;
    assert!(before.contains("has not returned yet") && !before.contains(question), "{before}");
    portal.pass(TimeDelta::seconds(1));
    let after = admin.get(&page).await.body;
    for words in [
        question,
        "403 App Not Assigned",
        &format!("href=\"/teams/{slug}/idp-error?code=okta.app-not-assigned\""),
        "https://contoso.okta.com/app/contoso_portal_1/exk1fcia6d6EMsf331d8/sso/saml",
        "What Okta usually stops for",
        "/api/idp_errors/explain",
    ] {
        assert!(after.contains(words), "{words}: {after}");
    }
    assert_ne!(marker(&before), marker(&after), "an open page learns of it");
}
