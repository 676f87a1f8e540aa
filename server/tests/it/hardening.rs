//! What holds for every request: headers, CSRF, limits, errors that say nothing they should
//! not.

use axum::http::StatusCode;
use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{PASSWORD, Portal};

on_both_databases!(
    every_answer_carries_the_security_headers,
    a_page_with_scripts_names_them_by_nonce_and_nothing_else,
    what_another_site_posts_is_refused_everywhere_but_at_the_reply_url,
    an_error_in_the_address_is_never_shown_as_ours,
    no_next_leads_away,
    oversized_bodies_are_refused,
    callers_without_a_browser_get_status_and_json,
    health_and_readiness_answer,
    unknown_pages_are_404_and_say_so,
);

const PAGES: [&str; 7] = ["/", "/login", "/signup", "/sso", "/healthz", "/no-such-page", "/sso/no-such-team"];

async fn every_answer_carries_the_security_headers(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    for path in PAGES {
        let answer = portal.browser().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "plain http on localhost");
    }
    let urls = "account_url = \"https://account.krisp.ai\"\napi_url = \"https://api.krisp.ai\"";
    let https = Portal::with_config(kind, urls).await;
    let answer = https.browser().get("/login").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"));
}

async fn a_page_with_scripts_names_them_by_nonce_and_nothing_else(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let answer = portal.browser().get("/signup").await;
    let policy = answer.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0;
    assert!(policy.contains("'strict-dynamic'") && !policy.contains("unsafe-inline"), "{policy}");
    let scripts: Vec<_> = answer.body.match_indices("<script").map(|(at, _)| &answer.body[at..]).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let tag = script.split_once('>').unwrap().0;
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    assert!(!answer.body.contains(" style=\""), "no inline style");
    let again = portal.browser().get("/signup").await;
    assert_ne!(again.header("content-security-policy"), policy, "a nonce serves once");
    let plain = portal.browser().get("/sso").await;
    assert!(!plain.body.contains("<script"), "end users' pages carry no script");
}

async fn what_another_site_posts_is_refused_everywhere_but_at_the_reply_url(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for headers in [
        vec![("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        vec![("sec-fetch-site", "same-site"), ("origin", "http://evil.localhost:3000")],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
    ] {
        let mut headers = headers;
        headers.push(("accept", "text/html"));
        for path in ["/api/teams/create", "/api/setup/submit", "/api/accounts/sign_out", "/me/sign-out", "/sso"] {
            let answer = admin.post_with(path, &headers, &[("name", "Evil"), ("slug", &slug)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
        }
        let acs = format!("/v2/auth/sso/saml/{slug}");
        let answer = admin.post_with(&acs, &headers, &[("SAMLResponse", "AAAA")]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "the Reply URL takes it, and finds it is no response");
        for other in [format!("{acs}/metadata"), "/v2/auth/sso/saml/".into(), format!("{acs}/x")] {
            let answer = admin.post_with(&other, &headers, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{other}");
        }
    }
    assert_eq!(admin.get("/account").await.status, StatusCode::OK, "still signed in");
}

async fn an_error_in_the_address_is_never_shown_as_ours(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    // base64 of {"refused":…} and of plain words, as Leptos's own mechanism would carry them
    for error in ["Q2FsbCA1NTUtMDEwMA", "eyJyZWZ1c2VkIjp7InZhbHVlcyI6e30sInByb2JsZW1zIjpbXX19", "ImludGVybmFsIg"] {
        for page in ["/signup", "/login"] {
            let spoofed = format!("{page}?__path=%2Fapi%2Faccounts%2Fsign_up&__err={error}");
            let body = portal.browser().get(&spoofed).await.body;
            assert!(!body.contains("555-0100") && !body.contains("role=\"alert\""), "{body}");
        }
    }
}

async fn no_next_leads_away(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in("ada@contoso.com", None).await;
    for (next, location) in [
        ("/account", "/account"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ] {
        let fields = [("email", "ada@contoso.com"), ("password", PASSWORD), ("next", next)];
        let answer = browser.post("/api/accounts/sign_in", &fields).await;
        assert_eq!(answer.location(), location, "{next}");
    }
}

async fn oversized_bodies_are_refused(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let large = "A".repeat(400 * 1024);
    let answer = admin.post(&format!("/v2/auth/sso/saml/{slug}"), &[("SAMLResponse", &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = admin.post("/api/teams/create", &[("name", &"n".repeat(100 * 1024))]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "server functions too");
    let huge = vec![0x30; 3 * 1024 * 1024];
    let answer = admin.upload(&slug, &[("huge.cer", &huge)]).await;
    let page = admin.follow(answer.location()).await.body;
    assert!(page.contains("too large to be a certificate"), "{page}");
}

async fn callers_without_a_browser_get_status_and_json(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let json = [("accept", "application/json")];
    let answer = portal.browser().post_with("/api/setup/load", &json, &[("slug", "contoso-7k2m9q")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, "\"sign_in_needed\""));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let answer = admin.post_with("/api/setup/load", &json, &[("slug", "contoso-7k2m9q")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, "\"not_found\""));
    let answer = admin.post_with("/api/teams/create", &json, &[("name", "")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("\"name\",\"missing\""), "{}", answer.body);
    let answer = admin.post_with("/api/support/overview", &json, &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "a member is no support");
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    assert_eq!(support.post_with("/api/support/overview", &json, &[]).await.status, StatusCode::OK);
}

async fn health_and_readiness_answer(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    for path in ["/healthz", "/readyz"] {
        let answer = portal.browser().get(path).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "ok\n"), "{path}");
    }
}

async fn unknown_pages_are_404_and_say_so(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    for path in ["/no-such-page", "/teams/fabrikam-222222", "/support", "/v2/auth/sso/saml/fabrikam-222222/metadata"] {
        let answer = admin.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("not found") || answer.body.contains("nothing here"), "{path}: {}", answer.body);
    }
}
