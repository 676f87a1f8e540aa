//! Logos of applications, and the vendor's own.

use axum::http::StatusCode;
use model::SupportRole::{Administrator, Reviewer};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal, html};
use crate::openid::{Scene, scene};

on_both_databases!(
    a_logo_is_shown_where_people_sign_in,
    what_is_no_logo_is_called_so,
    only_administrators_change_a_logo,
    the_vendors_own_logo_stands_at_the_head_of_every_page,
);

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

async fn upload(browser: &mut Browser, client_id: &str, content: &[u8]) -> Answer {
    let part = ("name=\"logo\"; filename=\"logo.svg\"".to_owned(), content);
    browser.post_multipart(&format!("/support/applications/{client_id}/logo"), &[part]).await
}

fn logo_in(page: &str) -> Option<String> {
    html::attribute(page, "img.logo", "src")
}

async fn a_logo_is_shown_where_people_sign_in(kind: DatabaseKind) {
    let scene: Scene = scene(kind).await;
    let mut root = scene.portal.support("root@krisp.example", Administrator).await;
    let page = format!("/support/applications/{}", scene.client_id);
    assert!(root.get(&page).await.body.contains("There is no logo"));
    let saved = upload(&mut root, &scene.client_id, SVG).await;
    assert_eq!(saved.location(), format!("{page}?done=logo-changed"));
    let shown = root.get(saved.location()).await.body;
    let address = logo_in(&shown).unwrap_or_else(|| panic!("{shown}"));
    assert!(shown.contains("The logo was saved"), "{shown}");

    let mut person = scene.portal.browser();
    let asked = person.get(&scene.authorize_address(&[("organization", "")])).await.body;
    assert_eq!(logo_in(&asked).as_ref(), Some(&address), "where the team is asked for");
    let picture = person.get(&address).await;
    assert_eq!((picture.body.as_bytes(), picture.header("content-type")), (SVG, "image/svg+xml"));
    assert!(picture.header("content-security-policy").contains("sandbox"), "opened by itself it runs nothing");
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert!(picture.header("cache-control").contains("immutable"));

    upload(&mut root, &scene.client_id, b"\x89PNG\r\n\x1a\n").await;
    let other = logo_in(&root.get(&page).await.body).unwrap();
    assert_ne!(other, address, "another version has another address");
    assert_eq!(person.get(&other).await.header("content-type"), "image/png");
    let removed = root.post("/api/applications/remove_logo", &[("client_id", &scene.client_id)]).await;
    assert_eq!(removed.location(), format!("{page}?done=logo-removed"));
    assert_eq!(logo_in(&root.get(&page).await.body), None);
    assert_eq!(person.get(&other).await.status, StatusCode::NOT_FOUND);
}

async fn what_is_no_logo_is_called_so(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut root = scene.portal.support("root@krisp.example", Administrator).await;
    let page = format!("/support/applications/{}", scene.client_id);
    upload(&mut root, &scene.client_id, SVG).await;
    for (content, says) in [
        (b"<html><svg/></html>".to_vec(), "no picture of a kind that is taken"),
        (vec![0; 200 * 1024], "larger than 128 KB"),
        (vec![0; 600 * 1024], "larger than 128 KB"),
        (Vec::new(), ""),
    ] {
        let answer = upload(&mut root, &scene.client_id, &content).await;
        assert_eq!(answer.location(), page, "{says}");
        let shown = root.get(&page).await.body;
        let problem = html::text(&shown, "#logo-problem").unwrap_or_else(|| panic!("{says}: {shown}"));
        assert!(!problem.is_empty() && problem.contains(says), "{problem}");
        assert!(logo_in(&shown).is_some(), "the one before stays");
    }
}

async fn only_administrators_change_a_logo(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut reviewer = scene.portal.support("rev@krisp.example", Reviewer).await;
    assert_eq!(upload(&mut reviewer, &scene.client_id, SVG).await.status, StatusCode::NOT_FOUND);
    assert!(upload(&mut scene.portal.browser(), &scene.client_id, SVG).await.location().starts_with("/login"));
    let logo = domain::applications::logo(&scene.portal.services, &scene.client_id).await;
    assert!(matches!(logo, Err(domain::Error::NotFound)));
}

async fn the_vendors_own_logo_stands_at_the_head_of_every_page(kind: DatabaseKind) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), SVG).unwrap();
    let config = format!("[brand]\nlogo = \"{}\"\nproduct_name = \"Notes\"", file.path().display());
    let portal = Portal::with_config(kind, &config).await;
    let mut browser = portal.browser();
    for (page, head) in [("/", ".topbar__brand img"), ("/sso", ".plain__brand img")] {
        let body = browser.get(page).await.body;
        let address = html::attribute(&body, head, "src").unwrap_or_else(|| panic!("{page}: {body}"));
        assert_eq!(html::attribute(&body, head, "alt").as_deref(), Some("Notes"));
        let picture = browser.get(&address).await;
        assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/svg+xml"));
        assert!(picture.header("content-security-policy").contains("sandbox"), "it runs nothing");
        assert_eq!(picture.body.as_bytes(), SVG);
    }
    let plain = Portal::start(kind).await;
    assert_eq!(plain.browser().get("/brand/logo/0").await.status, StatusCode::NOT_FOUND);
    assert!(!plain.browser().get("/").await.body.contains("<img"), "without one it is the name");
}
