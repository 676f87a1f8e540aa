//! Errors that identity providers showed, brought here by people.

use axum::http::StatusCode;
use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal};

on_both_databases!(
    a_pasted_page_leads_to_its_explanation,
    a_text_without_a_number_comes_back_to_where_it_was_typed,
    unknown_numbers_are_said_to_be_unknown,
    every_identity_provider_is_understood_in_the_same_box,
    a_text_that_is_not_known_is_answered_with_what_can_be_compared,
    support_explains_errors_too,
    others_are_not_told_that_the_team_exists,
);

const EXPLAIN: &str = "/api/idp_errors/explain";
const PAGE: &str = "Sorry, but we're having trouble signing you in.\r\n\
    AADSTS50011: The reply URL specified in the request does not match the reply URLs configured for the application.\r\n\
    Request Id: 12345678-0000-4444-8888-987654321000\r\n\
    Correlation Id: 9c1d2e3f-1111-4222-8333-444455556666\r\n\
    Timestamp: 2026-11-23T11:59:01Z\r\n";

async fn team(portal: &Portal) -> (Browser, String) {
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    (admin, slug)
}

async fn a_pasted_page_leads_to_its_explanation(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let from = format!("/teams/{slug}/setup/test");
    let answer = admin.post(EXPLAIN, &[("slug", &slug), ("text", PAGE), ("from", &from)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let address = format!("/teams/{slug}/idp-error?code=50011");
    assert_eq!(answer.location(), address, "only the number stands in the address");
    let body = admin.get(&address).await.body;
    for words in [
        "AADSTS50011",
        "Your Entra administrator",
        "Basic SAML Configuration",
        &format!("/v2/auth/sso/saml/{slug}"),
        &format!("href=\"/teams/{slug}/setup/basic-saml\""),
        "https://login.microsoftonline.com/error?code=50011",
        "9c1d2e3f-1111-4222-8333-444455556666",
        "2026-11-23T11:59:01Z",
        "Did it show an error?",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    let again = admin.get(&address).await.body;
    assert!(again.contains("AADSTS50011") && !again.contains("9c1d2e3f"), "shown once: {again}");
}

async fn a_text_without_a_number_comes_back_to_where_it_was_typed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let text = "it said <b>something</b> at 12:00";
    let page = format!("/teams/{slug}/idp-error");
    for (from, back) in [(format!("{page}?code=50105"), format!("{page}?code=50105")), (String::new(), page.clone())] {
        let answer = admin.post(EXPLAIN, &[("slug", &slug), ("text", text), ("from", &from)]).await;
        assert_eq!(answer.location(), back);
        let body = admin.get(&back).await.body;
        assert!(body.contains("We do not recognise an error in this text"), "{body}");
        assert!(
            body.contains("id=\"text-problem\"") && body.contains("it said &lt;b>something&lt;/b> at 12:00"),
            "{body}"
        );
        assert!(!admin.get(&back).await.body.contains("We do not recognise"), "said once");
    }
    for elsewhere in ["https://evil.example/", "//evil.example/", "javascript:alert(1)"] {
        let answer = admin.post(EXPLAIN, &[("slug", &slug), ("text", text), ("from", elsewhere)]).await;
        assert_eq!(answer.location(), page, "{elsewhere}");
    }
}

async fn unknown_numbers_are_said_to_be_unknown(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let answer = admin.post(EXPLAIN, &[("slug", &slug), ("text", " 99999 ")]).await;
    let body = admin.get(answer.location()).await.body;
    assert!(body.contains("no explanation of this number") && body.contains("error?code=99999"), "{body}");
    let odd = admin.get(&format!("/teams/{slug}/idp-error?code=%3Cscript%3E")).await;
    assert_eq!(odd.status, StatusCode::OK);
    assert!(!odd.body.contains("AADSTS<") && !odd.body.contains("error?code="), "{}", odd.body);
}

async fn every_identity_provider_is_understood_in_the_same_box(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    for (text, code, words) in [
        (
            "MSIS7007: The requested relying party trust is unspecified",
            "ad-fs.unknown-relying-party",
            "Relying Party Trusts",
        ),
        ("403\nError: app_not_enabled_for_user", "google-workspace.app-not-enabled-for-user", "User access"),
        ("you are not assigned this app in Okta", "okta.app-not-assigned", "Assignments"),
        ("We are sorry... Invalid redirect uri", "keycloak.invalid-redirect-uri", "Valid redirect URIs"),
        ("Unable to locate metadata for 'x'", "simplesamlphp.metadata-not-found", "saml20-sp-remote.php"),
        ("Web Login Service - Unable to Respond", "shibboleth.unable-to-respond", "AssertionConsumerService"),
    ] {
        let answer = admin.post(EXPLAIN, &[("slug", &slug), ("text", text)]).await;
        assert_eq!(answer.location(), format!("/teams/{slug}/idp-error?code={code}"), "{text}");
        let body = admin.get(answer.location()).await.body;
        assert!(body.contains(words), "{words}: {body}");
    }
    // words that several use are those of the one that was chosen
    let invalid = [("slug", &*slug), ("text", "We are sorry... Invalid Request")];
    assert_eq!(admin.post(EXPLAIN, &invalid).await.location(), format!("/teams/{slug}/idp-error"));
    let chosen = [("slug", &*slug), ("identity_provider", "keycloak")];
    admin.post("/api/setup/save_identity_provider", &chosen).await;
    let answer = admin.post(EXPLAIN, &invalid).await;
    assert_eq!(answer.location(), format!("/teams/{slug}/idp-error?code=keycloak.invalid-request"));
}

async fn a_text_that_is_not_known_is_answered_with_what_can_be_compared(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let chosen = [("slug", &*slug), ("identity_provider", "okta")];
    admin.post("/api/setup/save_identity_provider", &chosen).await;
    let answer = admin.post(EXPLAIN, &[("slug", &slug), ("text", "nope")]).await;
    let body = admin.get(answer.location()).await.body;
    for words in [
        ">nope</textarea>",
        "We do not recognise an error in this text",
        "What Okta usually stops for",
        "Audience URI (SP Entity ID)",
        &format!("/v2/auth/sso/saml/{slug}"),
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
}

async fn support_explains_errors_too(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = team(&portal).await;
    let mut support = portal.signed_in("rev@krisp.example", Some(SupportRole::Reviewer)).await;
    let fields = [("slug", &*slug), ("text", "50011"), ("support", "1")];
    let answer = support.post(EXPLAIN, &fields).await;
    let address = format!("/support/teams/{slug}/idp-error?code=50011");
    assert_eq!(answer.location(), address);
    let body = support.get(&address).await.body;
    assert!(body.contains(&format!("/v2/auth/sso/saml/{slug}")), "the team's own value: {body}");
    assert!(!body.contains(&format!("\"/teams/{slug}")), "no link to pages that are the team's: {body}");
    assert!(body.contains("name=\"support\" value=\"1\""), "{body}");

    let json = [("accept", "application/json")];
    assert_eq!(admin.post_with(EXPLAIN, &json, &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(support.post_with(EXPLAIN, &json, &fields[..2]).await.status, StatusCode::NOT_FOUND);
    let odd = [("slug", "../x"), ("text", "50011"), ("support", "1")];
    assert_eq!(support.post_with(EXPLAIN, &json, &odd).await.status, StatusCode::NOT_FOUND);
}

async fn others_are_not_told_that_the_team_exists(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (_, slug) = team(&portal).await;
    let mut stranger = portal.signed_in("eve@fabrikam.com", None).await;
    let page = format!("/teams/{slug}/idp-error?code=50011");
    assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(portal.browser().get(&page).await.location().starts_with("/login"));
    assert_eq!(stranger.get(&format!("/support/teams/{slug}/idp-error")).await.status, StatusCode::NOT_FOUND);
    let fields = [("slug", &*slug), ("text", "50011")];
    let answer = stranger.post_with(EXPLAIN, &[("accept", "application/json")], &fields).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let answer = portal.browser().post(EXPLAIN, &fields).await;
    assert!(answer.location().starts_with("/login"), "{}", answer.location());
}
