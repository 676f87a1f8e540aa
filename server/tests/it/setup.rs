//! The wizard over HTTP: every step saves, refuses with words at the field, and loses nothing.

use axum::http::StatusCode;
use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team, save_urls, sign_in};

on_both_databases!(
    every_step_has_a_page_and_saves,
    a_certificate_is_known_by_its_content_and_refused_with_words,
    a_mixed_up_address_is_refused_at_its_field_and_kept,
    an_unfinished_team_cannot_be_submitted,
    editing_a_live_connection_never_touches_what_is_live,
    a_configuration_under_review_is_frozen_until_taken_back,
    another_teams_pages_are_not_there,
    the_metadata_file_names_the_teams_addresses,
    each_certificate_says_when_it_signed_last,
    addresses_of_uploaded_metadata_are_no_step_until_they_are_changed,
);

const STEPS: [&str; 8] = ["create", "basic-saml", "attributes", "certificates", "urls", "users", "test", "go-live"];

async fn page(browser: &mut Browser, slug: &str, step: &str) -> String {
    let answer = browser.get(&format!("/teams/{slug}/setup/{step}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{step}");
    answer.body
}

async fn every_step_has_a_page_and_saves(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    assert!(slug.starts_with("contoso-"), "{slug}");
    for step in ["create", "basic-saml", "users"] {
        let answer = admin.post("/api/setup/confirm_step", &[("slug", &slug), ("step", step)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    let claims = [("slug", &*slug), ("email", "workMail")];
    assert_eq!(
        admin.post("/api/setup/save_claims", &claims).await.location(),
        format!("/teams/{slug}/setup/test"),
        "all steps before it are done"
    );
    for (number, step) in STEPS.into_iter().enumerate() {
        let body = page(&mut admin, &slug, step).await;
        assert_eq!(body.matches("rail__step").count(), 8, "{step}");
        assert!(body.contains("wizard__blade"), "{step}");
        assert!(body.contains(&format!("Step {} of 8", number + 1)), "typed addresses are a step: {body}");
    }
    let done = page(&mut admin, &slug, "test").await.matches("data-state=\"done\"").count();
    assert_eq!(done, 6, "all but the test and going live");
    assert!(page(&mut admin, &slug, "attributes").await.contains("value=\"workMail\""));
    assert!(page(&mut admin, &slug, "basic-saml").await.contains(&format!("http://localhost:3000/sso/{slug}")));
    assert_eq!(admin.get(&format!("/teams/{slug}/setup/nonsense")).await.status, StatusCode::NOT_FOUND);
}

async fn a_certificate_is_known_by_its_content_and_refused_with_words(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let pem = idp.key.certificate_pem().unwrap();
    let key = b"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
    let expired = Idp::new(portal.now() - chrono::TimeDelta::days(4 * 365));
    for (content, words) in [
        (&b""[..], "This file is empty"),
        (b"<!DOCTYPE html><html>", "This file is a web page"),
        (key, "This is a private key"),
        (b"hello", "This file holds no certificate"),
        (&idp.certificate()[..200], "damaged"),
        (&expired.certificate(), "This certificate expired on"),
    ] {
        admin.upload(&slug, &[("contoso.cer", content)]).await;
        let body = page(&mut admin, &slug, "certificates").await;
        assert!(body.contains(words), "{words}: {body}");
        assert!(!body.contains("class=\"certificate\""), "nothing was kept: {words}");
    }
    // both are called .cer, as Entra calls both
    admin.upload(&slug, &[("raw.cer", &idp.certificate()), ("base64.cer", &pem)]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert_eq!(body.matches("class=\"certificate\"").count(), 1, "the same certificate once: {body}");
    assert!(body.contains("Microsoft Azure Federated SSO Certificate"));

    let id = html::field(&body, "certificate").unwrap();
    admin.post("/api/setup/remove_certificate", &[("slug", &slug), ("certificate", &id)]).await;
    assert!(!page(&mut admin, &slug, "certificates").await.contains("class=\"certificate\""));
}

async fn a_mixed_up_address_is_refused_at_its_field_and_kept(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let fields = [
        ("slug", &*slug),
        ("idp_entity_id", "https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11"),
        ("sso_url", "http://login.example.com/saml2"),
        ("slo_url", "nonsense"),
    ];
    let answer = admin.post("/api/setup/save_urls", &fields).await;
    assert_eq!(answer.location(), format!("/teams/{slug}/setup/urls"));
    let body = page(&mut admin, &slug, "urls").await;
    for (_, value) in &fields[1..] {
        assert!(body.contains(&format!("value=\"{value}\"")), "{value} is kept: {body}");
    }
    assert!(body.contains("id=\"idp_entity_id-problem\"") && body.contains("ends with a slash"));
    assert!(body.contains("id=\"sso_url-problem\"") && body.contains("must begin with https://"));
    assert!(body.contains("id=\"slo_url-problem\""));
    let body = page(&mut admin, &slug, "urls").await;
    assert!(!body.contains("nonsense"), "nothing was saved");
}

async fn an_unfinished_team_cannot_be_submitted(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    admin.decide("setup/submit", &slug, &[]).await;
    let body = page(&mut admin, &slug, "go-live").await;
    assert!(body.contains("Finish these steps first: SAML Certificates, Set up URLs"), "{body}");
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("In set-up"));
}

async fn editing_a_live_connection_never_touches_what_is_live(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (old, new) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &old).await;

    admin.upload(&slug, &[("next.cer", &new.certificate())]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert_eq!(body.matches("class=\"certificate\"").count(), 2, "the draft begins as a copy of the live one");
    let mut person = portal.browser();
    let with_new = {
        let started = person.get(&format!("/sso/{slug}")).await;
        let asked = new.asked(started.location());
        let response = new.sign(&new.options(&asked, "b.simon@contoso.com", portal.now()));
        crate::idp::post_response(&mut person, &slug, &response, None).await
    };
    assert_eq!(with_new.status, StatusCode::FORBIDDEN, "the draft's certificate is not trusted yet");
    assert_eq!(sign_in(&portal, &mut person, &slug, &old, "b.simon@contoso.com").await.location(), "/me");

    assert_eq!(admin.decide("setup/make_live", &slug, &[]).await.location(), format!("/teams/{slug}"));
    for idp in [&old, &new] {
        assert_eq!(sign_in(&portal, &mut person, &slug, idp, "b.simon@contoso.com").await.location(), "/me");
    }
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "x")]).await;
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("is edited and not live"));
    admin.decide("setup/discard_draft", &slug, &[]).await;
    assert!(!page(&mut admin, &slug, "attributes").await.contains("value=\"x\""));
}

async fn a_configuration_under_review_is_frozen_until_taken_back(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    assert_eq!(admin.decide("setup/submit", &slug, &[]).await.location(), format!("/teams/{slug}"));

    assert_eq!(save_urls(&mut admin, &slug, &idp).await.location(), format!("/teams/{slug}/setup/urls"));
    let body = page(&mut admin, &slug, "urls").await;
    assert!(body.contains("The configuration is with support for review") && body.contains("<fieldset disabled"));
    admin.decide("setup/withdraw", &slug, &[]).await;
    assert_eq!(save_urls(&mut admin, &slug, &idp).await.location(), format!("/teams/{slug}/setup/users"));
}

async fn another_teams_pages_are_not_there(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let mut stranger = portal.signed_in("eve@fabrikam.com", None).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    for path in
        [format!("/teams/{slug}"), format!("/teams/{slug}/setup/urls"), format!("/teams/{slug}/setup/test/start")]
    {
        let theirs = stranger.get(&path).await;
        let unknown = stranger.get(&path.replace(&slug, "contoso-222222")).await;
        assert_eq!((theirs.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path}");
        assert_eq!(support.get(&path).await.status, StatusCode::NOT_FOUND, "support has pages of its own: {path}");
        assert!(portal.browser().get(&path).await.status.is_redirection(), "{path}");
    }
    let before = page(&mut admin, &slug, "urls").await;
    save_urls(&mut stranger, &slug, &Idp::new(portal.now())).await;
    stranger.upload(&slug, &[("evil.cer", &Idp::new(portal.now()).certificate())]).await;
    stranger.decide("setup/submit", &slug, &[]).await;
    stranger.decide("setup/withdraw", &slug, &[]).await;
    let value = |body: &str| html::attribute(body, "#sso_url", "value");
    assert_eq!(value(&before), value(&page(&mut admin, &slug, "urls").await));
    assert_eq!(page(&mut admin, &slug, "certificates").await.matches("class=\"certificate\"").count(), 1);
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("In set-up"));
}

async fn the_metadata_file_names_the_teams_addresses(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let answer = portal.browser().get(&format!("/v2/auth/sso/saml/{slug}/metadata")).await;
    assert_eq!(answer.header("content-type"), "application/samlmetadata+xml");
    assert!(answer.body.contains(&format!("entityID=\"{slug}\"")), "{}", answer.body);
    assert!(answer.body.contains(&format!("Location=\"http://localhost:3000/v2/auth/sso/saml/{slug}\"")));
}

async fn each_certificate_says_when_it_signed_last(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (before, after) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &before).await;
    let shown = page(&mut admin, &slug, "certificates").await;
    assert!(!shown.contains("Signs now") && !shown.contains("It has signed none"), "nobody has signed in: {shown}");
    sign_in(&portal, &mut portal.browser(), &slug, &before, "b.simon@contoso.com").await;
    admin.upload(&slug, &[("next.cer", &after.certificate())]).await;
    let shown = page(&mut admin, &slug, "certificates").await;
    assert!(shown.contains("Signs now") && shown.contains("It has signed none of the latest sign-ins"), "{shown}");
    admin.decide("setup/make_live", &slug, &[]).await;
    portal.pass(chrono::TimeDelta::seconds(5));
    sign_in(&portal, &mut portal.browser(), &slug, &after, "b.simon@contoso.com").await;
    let shown = page(&mut admin, &slug, "certificates").await;
    assert!(shown.contains("Signs now") && shown.contains("another certificate has signed since"), "{shown}");
}

async fn addresses_of_uploaded_metadata_are_no_step_until_they_are_changed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let metadata = idp.metadata("SingleSignOnService", &idp.tenant.sso_url());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let (uploaded, pasted) = (portal.team(&mut admin, "Contoso").await, portal.team(&mut admin, "Fabrikam").await);
    admin.upload(&uploaded, &[("metadata.xml", metadata.as_bytes())]).await;
    admin.type_certificates(&pasted, &[("text", &metadata)]).await;
    for slug in [&uploaded, &pasted] {
        let body = page(&mut admin, slug, "certificates").await;
        assert!(body.contains("Step 4 of 7") && body.contains("Next: Users and groups"), "{body}");
        assert!(!page(&mut admin, slug, "urls").await.contains("page-head__place"), "it has no number");
        assert!(page(&mut admin, slug, "users").await.contains("Step 5 of 7"));
    }
    let slug = &*uploaded;
    admin.post("/api/setup/save_options", &[("slug", slug), ("sso_binding", "post")]).await;
    assert!(page(&mut admin, slug, "users").await.contains("Step 5 of 7"), "how requests travel is no address");

    let (entity_id, other) = (idp.tenant.entity_id(), "http://localhost:7100/other/saml2");
    let fields = [("slug", slug), ("idp_entity_id", &*entity_id), ("sso_url", other), ("slo_url", "")];
    admin.post("/api/setup/save_urls", &fields).await;
    assert!(page(&mut admin, slug, "users").await.contains("Step 6 of 8"), "somebody typed another");
    let unchanged = page(&mut admin, &pasted, "users").await;
    assert!(unchanged.contains("Step 5 of 7"), "another team's are its own: {unchanged}");
    save_urls(&mut admin, slug, &idp).await;
    assert!(page(&mut admin, slug, "users").await.contains("Step 5 of 7"), "those of the metadata again");
}
