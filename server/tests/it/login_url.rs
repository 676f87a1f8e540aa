//! What stands in the field for the Login URL: what can never be one is refused by its name, and
//! what might be one is looked at, with servers of the test's own, which the configuration allows.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use store::on_both_databases;
use store::testing::DatabaseKind;
use tokio::net::TcpListener;

use crate::harness::{Answer, Browser, Portal, html};
use crate::idp::Idp;
use crate::mail::closed_port;

on_both_databases!(
    an_address_of_another_kind_is_refused_by_its_name_and_kept,
    a_metadata_address_offers_to_be_read,
    what_answers_at_a_login_url_is_said_and_nothing_saved,
    a_saved_login_url_is_looked_at,
    looking_at_login_urls_is_limited_and_stays_outside,
);

const CHECK: &str = "/api/setup/check_login_url";
const SAVE: &str = "/api/setup/save_urls";
const ALLOWED: &str = "[metadata]\nallow_private_addresses = true\n";

async fn post(admin: &mut Browser, path: &str, slug: &str, sso_url: &str, slo_url: &str) -> Answer {
    let fields = [("slug", slug), ("idp_entity_id", "urn:idp"), ("sso_url", sso_url), ("slo_url", slo_url)];
    admin.post(path, &fields).await
}

async fn page(admin: &mut Browser, slug: &str) -> String {
    let answer = admin.get(&format!("/teams/{slug}/setup/urls")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.body
}

fn typed(page: &str) -> [String; 2] {
    ["#sso_url", "#slo_url"].map(|field| html::attribute(page, field, "value").unwrap_or_default())
}

fn notice(page: &str) -> String {
    html::text(page, ".notice[role=status]").unwrap_or_default()
}

/// An identity provider's server, with its metadata at `/metadata-of-it`.
async fn server(metadata: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let to = |address: &'static str| get(move || async move { (StatusCode::FOUND, [(header::LOCATION, address)]) });
    let endless = || async { format!("<!DOCTYPE html>{}", " ".repeat(1 << 20)).into_response() };
    let routes = Router::new()
        .route("/sso", get(|| async { StatusCode::BAD_REQUEST }))
        .route("/page", get(endless))
        .route("/broken", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/away", to("https://login.contoso.example/form?token=secret"))
        .route("/within", to("/page"))
        .route("/metadata-of-it", get(move || std::future::ready(metadata.clone())));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    base
}

async fn an_address_of_another_kind_is_refused_by_its_name_and_kept(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let console = "https://entra.microsoft.com/#view/Microsoft_AAD_IAM";
    for (address, words) in [
        ("https://fs.contoso.com/adfs/services/trust", "The Login URL is https://fs.contoso.com/adfs/ls/"),
        ("https://contoso.okta.com/app/UserHome", "takes no sign-in request. Copy the address for SAML sign-in"),
        (console, "a page of the console"),
    ] {
        for path in [SAVE, CHECK] {
            let answer = post(&mut admin, path, &slug, address, console).await;
            assert_eq!(answer.location(), format!("/teams/{slug}/setup/urls"));
            let body = page(&mut admin, &slug).await;
            assert!(html::text(&body, "#sso_url-problem").unwrap().contains(words), "{address}: {body}");
            assert_eq!(body.contains("id=\"slo_url-problem\""), path == SAVE, "{body}");
            assert_eq!(typed(&body), [address, console]);
        }
    }
    assert_eq!(typed(&page(&mut admin, &slug).await), ["", ""], "nothing was saved");
}

async fn a_metadata_address_offers_to_be_read(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let idp = Idp::new(portal.now());
    let base = server(idp.metadata("SingleSignOnService", &idp.tenant.sso_url())).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let address = "http://localhost:8080/realms/staff/protocol/saml/descriptor";
    post(&mut admin, SAVE, &slug, &format!("{address} "), "").await;
    let body = page(&mut admin, &slug).await;
    let problem = html::text(&body, "#sso_url-problem").unwrap();
    assert!(problem.contains("Address of the metadata in the step SAML Certificates"), "{problem}");
    assert!(problem.ends_with("The Login URL is http://localhost:8080/realms/staff/protocol/saml"), "{problem}");
    let form = "form.notice";
    assert_eq!(html::attribute(&body, form, "action").as_deref(), Some(&*format!("/teams/{slug}/setup/certificates")));
    assert_eq!(html::attribute(&body, "form.notice input[name=metadata_url]", "value").as_deref(), Some(address));
    // what the button sends is taken by the step of the certificates
    admin.type_certificates(&slug, &[("metadata_url", &format!("{base}/metadata-of-it"))]).await;
    let body = admin.get(&format!("/teams/{slug}/setup/certificates")).await.body;
    assert!(body.contains("The addresses are filled in, too"), "{body}");
}

async fn what_answers_at_a_login_url_is_said_and_nothing_saved(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let idp = Idp::new(portal.now());
    let base = server(idp.metadata("SingleSignOnService", &idp.tenant.sso_url())).await;
    let nobody = closed_port();
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for (address, words) in [
        (format!("{base}/sso"), "127.0.0.1 answers (HTTP status 400)"),
        (format!("{base}/page"), "127.0.0.1 answers (HTTP status 200)"),
        (format!("{base}/nothing"), "nothing at this address (HTTP status 404)"),
        (format!("{base}/broken"), "an error of its own (HTTP status 500)"),
        (format!("{base}/away"), "sends on to login.contoso.example. That"),
        (format!("{base}/within"), "another of its pages"),
        (format!("{base}/metadata-of-it"), "answers with SAML metadata"),
        (
            format!("http://{}/sso", nobody.local_addr().unwrap()),
            "Nothing on the public internet answered at 127.0.0.1 within 5 seconds",
        ),
    ] {
        let answer = post(&mut admin, CHECK, &slug, &address, "typed too").await;
        assert_eq!(answer.location(), format!("/teams/{slug}/setup/urls"));
        let body = page(&mut admin, &slug).await;
        assert!(notice(&body).contains(words) && notice(&body).contains("Nothing was saved"), "{words}: {body}");
        assert!(!body.contains("secret"), "{body}");
        assert_eq!(typed(&body), [&*address, "typed too"]);
    }
    let body = page(&mut admin, &slug).await;
    assert_eq!((notice(&body).as_str(), typed(&body)), ("", [String::new(), String::new()]));
}

async fn a_saved_login_url_is_looked_at(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let base = server(String::new()).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for (path, said) in [("nothing", true), ("nothing", false), ("sso", true)] {
        let answer = post(&mut admin, SAVE, &slug, &format!("{base}/{path}"), "").await;
        assert_eq!(answer.location(), format!("/teams/{slug}/setup/users"), "it stops nobody");
        let body = admin.get(answer.location()).await.body;
        assert_eq!(notice(&body).contains("HTTP status"), said, "{path}: {body}");
    }
}

async fn looking_at_login_urls_is_limited_and_stays_outside(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for (address, words) in [
        ("https://idp.example:8443/sso", "idp.example was not asked"),
        ("http://localhost:7100/sso", "localhost was not asked"),
        ("https://127.0.0.1/sso", "127.0.0.1 is in a private network"),
        ("https://169.254.169.254/sso", "169.254.169.254 is in a private network"),
    ] {
        post(&mut admin, CHECK, &slug, address, "").await;
        let body = page(&mut admin, &slug).await;
        assert!(notice(&body).contains(words), "{words}: {body}");
    }
    for _ in 0..29 {
        post(&mut admin, CHECK, &slug, "https://127.0.0.1/sso", "").await;
    }
    post(&mut admin, CHECK, &slug, "https://127.0.0.1/other", "").await;
    let body = page(&mut admin, &slug).await;
    assert!(html::text(&body, "#sso_url-problem").unwrap().contains("Too many attempts"), "{body}");
    assert_eq!(typed(&body)[0], "https://127.0.0.1/other");
    let answer = post(&mut admin, SAVE, &slug, "https://127.0.0.1/sso", "").await;
    assert_eq!(answer.location(), format!("/teams/{slug}/setup/users"), "it stops nobody");
    assert!(!admin.get(answer.location()).await.body.contains("private network"), "and asks nobody");
}
