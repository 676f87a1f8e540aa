//! Errors that no handler makes: a page of ours for people, the same as ever for programs.

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::routing::get;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Portal};

on_both_databases!(
    every_refusal_of_a_layer_is_a_page_of_ours,
    programs_get_no_page,
    a_request_that_panics_gets_a_page_with_a_reference,
    a_visitor_does_not_choose_the_reference,
);

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");
const FOREIGN: (&str, &str) = ("sec-fetch-site", "cross-site");

#[track_caller]
fn is_our_page(answer: &Answer, words: &str) {
    assert!(answer.header("content-type").starts_with("text/html"), "{answer:?}");
    assert!(answer.body.starts_with("<!DOCTYPE html>") && answer.body.contains("Krisp Technologies"), "{answer:?}");
    assert!(answer.body.contains(words), "{words}: {}", answer.body);
    assert!(!answer.body.contains("<script"), "{}", answer.body);
    assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{answer:?}");
}

async fn every_refusal_of_a_layer_is_a_page_of_ours(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut browser, "Contoso").await;
    for path in ["/api/teams/create", "/sso", "/me/sign-out", &format!("/teams/{slug}/setup/certificates")] {
        let answer = browser.request(Method::POST, path, &[HTML, FOREIGN, FORM], "name=x").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        is_our_page(&answer, "did not come from a page of ours");
    }
    let large = format!("name={}", "n".repeat(100 * 1024));
    for path in ["/api/teams/create", "/sso", &format!("/sso/{slug}/continue")] {
        let answer = browser.request(Method::POST, path, &[HTML, OURS, FORM], &large).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        is_our_page(&answer, "larger than this form takes");
    }
    for (method, path) in [(Method::GET, "/me/sign-out"), (Method::POST, "/me"), (Method::PUT, "/sso")] {
        let answer = browser.request(method.clone(), path, &[HTML, OURS, FORM], "").await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert!(!answer.header("allow").is_empty(), "{method} {path}");
        is_our_page(&answer, "cannot be opened like this");
    }
    let json = ("content-type", "application/json");
    let upload = format!("/teams/{slug}/setup/certificates");
    for (path, body) in [("/sso", "{}"), (&*upload, "{}")] {
        let answer = browser.request(Method::POST, path, &[HTML, OURS, json], body).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        is_our_page(&answer, "could not be read");
    }
    let answer = browser.get(&format!("/teams/{slug}/keys/%FF/certificate.pem")).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    is_our_page(&answer, "Go to the start page");
    let answer = browser.request(Method::GET, "/pkg/no-such-file.css", &[HTML], "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    is_our_page(&answer, "Page not found");
}

async fn programs_get_no_page(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser();
    for accept in ["application/json", "*/*", "text/event-stream"] {
        let headers = [("accept", accept), FOREIGN, FORM];
        let answer = browser.request(Method::POST, "/sso", &headers, "hint=x").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::FORBIDDEN, ""), "{accept}");
    }
    let json = [("accept", "application/json")];
    let answer = browser.post_with("/api/setup/load", &json, &[("slug", "contoso-7k2m9q")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, "\"sign_in_needed\""));
}

const TEXT: &str = "the secret of the panic";

async fn panics() -> &'static str {
    panic!("{TEXT}")
}

async fn a_visitor_does_not_choose_the_reference(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser_at(Router::new().route("/panic", get(panics)));
    let answer = browser.request(Method::GET, "/panic", &[HTML, ("x-request-id", "call-0900-scam")], "").await;
    assert!(!answer.body.contains("call-0900-scam"), "{}", answer.body);
    assert_ne!(answer.header("x-request-id"), "call-0900-scam");
    assert!(answer.body.contains(answer.header("x-request-id")));
}

async fn a_request_that_panics_gets_a_page_with_a_reference(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let routes = Router::new().route("/panic", get(panics));
    let mut browser = portal.browser_at(routes);
    let answer = browser.get("/panic").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    is_our_page(&answer, "Something failed on our side");
    let reference = answer.header("x-request-id").to_owned();
    assert!(!reference.is_empty() && answer.body.contains(&format!(">{reference}<")), "{}", answer.body);
    assert!(!answer.body.contains(TEXT) && answer.body.contains("mailto:support@krisp.ai"), "{}", answer.body);
    let answer = browser.request(Method::GET, "/panic", &[("accept", "application/json")], "").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.body.contains(TEXT) && !answer.body.contains('<'), "{}", answer.body);
}
