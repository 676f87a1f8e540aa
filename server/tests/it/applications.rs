//! The pages on which administrators manage applications, over HTTP.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use model::SupportRole::{Administrator, Reviewer};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal, html};

on_both_databases!(
    an_administrator_registers_an_application,
    a_refused_form_keeps_what_was_typed,
    each_problem_stands_beside_its_field,
    an_application_is_changed_and_keeps_its_kind,
    a_secret_is_shown_once_and_never_again,
    a_secret_is_shown_to_the_browser_that_created_it_for_its_application,
    secrets_are_replaced_without_a_break_and_deleted,
    a_public_client_has_no_secrets,
    an_application_is_disabled_and_enabled,
    only_administrators_manage_applications,
    what_was_refused_is_explained,
    who_is_not_told_of_logouts_reads_why,
);

const ROOT: &str = "root@krisp.example";
const LIST: &str = "/support/applications";
const NEW: &str = "/support/applications/new";
const CALLBACK: &str = "https://notes.example/callback";

async fn scene(kind: DatabaseKind) -> (Portal, Browser) {
    let portal = Portal::start(kind).await;
    let root = portal.support(ROOT, Administrator).await;
    (portal, root)
}

/// Registers an application with these fields besides the least that it needs.
async fn register(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let least = [("name", "Notes"), ("kind", "web"), ("redirect_uris", CALLBACK), ("team_choice", "all")];
    let mut all: Vec<_> = least.into_iter().filter(|(name, _)| fields.iter().all(|(given, _)| given != name)).collect();
    all.extend(fields);
    browser.post("/api/applications/register", &all).await
}

/// An application; its page and its client ID.
async fn registered(browser: &mut Browser, fields: &[(&str, &str)]) -> (String, String) {
    let answer = register(browser, fields).await;
    let page = answer.location().split('?').next().unwrap().to_owned();
    let client_id = page.rsplit('/').next().unwrap().to_owned();
    assert!(client_id.starts_with("app_"), "{page}");
    (page, client_id)
}

async fn create_secret(browser: &mut Browser, client_id: &str, others: &str) -> Answer {
    let fields = [("client_id", client_id), ("other_secrets", others)];
    browser.post("/api/applications/create_secret", &fields).await
}

/// The secret that a page shows.
fn secret_in(page: &str) -> Option<String> {
    let rest = page.split("sso_secret_").nth(1)?;
    Some(format!("sso_secret_{}", &rest[..43]))
}

async fn an_administrator_registers_an_application(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let empty = root.get(LIST).await.body;
    assert!(empty.contains("No applications yet") && empty.contains("one of your products"), "{empty}");
    assert!(empty.contains("Register an application") && root.get("/support").await.body.contains(LIST));
    assert!(root.get(NEW).await.body.contains("Redirect addresses"));

    let fields = [("scope_email", "true"), ("scope_profile", "true"), ("post_logout_redirect_uris", "")];
    let answer = register(&mut root, &fields).await;
    assert!(answer.location().ends_with("?done=application-registered"), "{}", answer.location());
    let page = root.get(answer.location()).await.body;
    assert!(page.contains("The application was registered") && page.contains("There is no secret yet"), "{page}");
    let values = html::texts(&page, ".copy__value");
    let client_id = values[0].clone();
    let issuer = "http://localhost:3000";
    assert_eq!(values[1..], [issuer.to_owned(), format!("{issuer}/.well-known/openid-configuration")]);
    assert_eq!(html::text(&page, "textarea[name=redirect_uris]").as_deref(), Some(CALLBACK));
    assert!(html::attribute(&page, "[name=scope_email][checked]", "value").is_some());
    assert!(html::attribute(&page, "[name=scope_saml][checked]", "value").is_none());
    let code = html::texts(&page, "pre");
    assert_eq!(code.len(), 10, "{code:?}");
    assert!(code.iter().all(|code| code.contains(&client_id) && code.contains(issuer)), "{code:?}");

    let list = root.get(LIST).await.body;
    for text in ["Notes", client_id.as_str(), "Web application", "Every team", "Enabled"] {
        assert!(list.contains(text), "{text}: {list}");
    }
    assert!(portal.audit_codes_of_vendor().await.iter().any(|code| code == "application.created"));
}

async fn a_refused_form_keeps_what_was_typed(kind: DatabaseKind) {
    let (_portal, mut root) = scene(kind).await;
    let addresses = "https://notes.example/callback\r\nhttp://notes.example/callback";
    let fields = [
        ("name", ""),
        ("kind", "single_page"),
        ("redirect_uris", addresses),
        ("backchannel_logout_uri", "https://notes.example/logout"),
        ("team_choice", "listed"),
        ("teams", "contoso-7k2m9q"),
        ("scope_groups", "true"),
        ("signing_algorithm", "ES256"),
        ("id_token_lifetime", "300"),
        ("pkce_optional", "true"),
    ];
    let answer = register(&mut root, &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, NEW));
    let page = root.get(NEW).await.body;
    assert_eq!(
        html::text(&page, "textarea[name=redirect_uris]").unwrap().replace('\r', ""),
        addresses.replace('\r', "")
    );
    assert_eq!(html::text(&page, "textarea[name=teams]").as_deref(), Some("contoso-7k2m9q"));
    for chosen in [
        "[name=kind] option[value=single_page][selected]",
        "[name=signing_algorithm] option[value=ES256][selected]",
        "[name=team_choice][value=listed][checked]",
        "[name=scope_groups][checked]",
        "[name=pkce_optional][checked]",
        "[name=backchannel_logout_uri][value='https://notes.example/logout']",
        "[name=id_token_lifetime][value='300']",
        "details[open] [name=pkce_optional]",
    ] {
        assert!(html::attribute(&page, chosen, "class").is_some() || html::text(&page, chosen).is_some(), "{chosen}");
    }
    for not_chosen in ["[name=scope_email][checked]", "[name=team_choice][value=all][checked]"] {
        assert_eq!(html::text(&page, not_chosen), None, "{not_chosen}");
    }
    assert!(root.get(LIST).await.body.contains("No applications yet"));
}

async fn each_problem_stands_beside_its_field(kind: DatabaseKind) {
    let (_portal, mut root) = scene(kind).await;
    let wrong = [
        ("name", ""),
        ("redirect_uris", "https://notes.example/#part"),
        ("initiate_login_uri", "notes"),
        ("jwks", "{}"),
        ("access_token_lifetime", "forever"),
        ("team_choice", "some"),
    ];
    register(&mut root, &wrong).await;
    let page = root.get(NEW).await.body;
    for (field, words) in [
        ("name", ""),
        ("redirect_uris", "\"https://notes.example/#part\" is not an address to return to"),
        ("initiate_login_uri", ""),
        ("jwks", "JSON Web Key Set"),
        ("access_token_lifetime", "between 60 and 86400 seconds"),
        ("team_choice", "Choose one of the values"),
    ] {
        let problem = html::text(&page, &format!("#{field}-problem")).unwrap_or_else(|| panic!("{field}: {page}"));
        assert!(problem.contains(words), "{field}: {problem}");
    }
    register(&mut root, &[("team_choice", "listed"), ("teams", "nobody-222222")]).await;
    let problem = html::text(&root.get(NEW).await.body, "#teams-problem").unwrap();
    assert!(problem.contains("No team has the slug \"nobody-222222\""), "{problem}");
}

async fn an_application_is_changed_and_keeps_its_kind(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let mut ada = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut ada, "Contoso").await;
    let (page, client_id) =
        registered(&mut root, &[("kind", "native"), ("redirect_uris", "com.example.notes:/callback")]).await;
    assert!(html::attribute(&root.get(&page).await.body, "[name=kind]", "name").is_none());
    let fields = [
        ("client_id", client_id.as_str()),
        ("kind", "web"),
        ("name", "Notes for phones"),
        ("redirect_uris", "com.example.notes:/back"),
        ("team_choice", "listed"),
        ("teams", &slug),
        ("access_token_lifetime", "120"),
    ];
    let answer = root.post("/api/applications/change", &fields).await;
    assert_eq!(answer.location(), format!("{page}?done=application-changed"));
    let body = root.get(&page).await.body;
    assert!(body.contains("Notes for phones") && body.contains("Native application") && body.contains(&slug), "{body}");
    assert_eq!(html::attribute(&body, "[name=access_token_lifetime]", "value").as_deref(), Some("120"));
    assert_eq!(html::attribute(&body, "[name=refresh_token_lifetime]", "value").as_deref(), Some("2592000"));

    let refused =
        [("client_id", client_id.as_str()), ("name", "Notes"), ("redirect_uris", "here"), ("team_choice", "all")];
    assert_eq!(root.post("/api/applications/change", &refused).await.location(), page);
    let body = root.get(&page).await.body;
    assert_eq!(html::text(&body, "textarea[name=redirect_uris]").as_deref(), Some("here"));
    assert!(root.get(&page).await.body.contains("com.example.notes:/back"), "nothing was changed");
}

async fn a_secret_is_shown_once_and_never_again(kind: DatabaseKind) {
    let (_portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[]).await;
    let answer = create_secret(&mut root, &client_id, "").await;
    assert_eq!(answer.location(), page, "the address carries nothing");
    let body = root.get(&page).await.body;
    let secret = secret_in(&body).unwrap_or_else(|| panic!("{body}"));
    assert!(body.contains("Copy the secret now") && body.contains("never"), "{body}");
    let credentials = |secret: &str| {
        [("client_id", client_id.clone()), ("client_secret", secret.to_owned()), ("token", "x".to_owned())]
    };
    let mut backend = root.clone();
    backend.cookies.clear();
    let fields = credentials(&secret);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = backend.post_with("/oauth2/introspect", &[], &fields).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "{\"active\":false}"));

    for _ in 0..2 {
        let body = root.get(&page).await.body;
        assert_eq!(secret_in(&body), None, "{body}");
        assert!(body.contains(&format!("…{}", &secret[secret.len() - 4..])), "{body}");
    }
    assert!(!root.get(LIST).await.body.contains(&secret));
}

async fn a_secret_is_shown_to_the_browser_that_created_it_for_its_application(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[]).await;
    let (other, _) = registered(&mut root, &[("name", "Tasks")]).await;
    create_secret(&mut root, &client_id, "").await;
    let mut stranger = portal.support("second@krisp.example", Administrator).await;
    assert_eq!(secret_in(&stranger.get(&page).await.body), None);
    assert_eq!(secret_in(&root.get(&other).await.body), None, "another application's page");

    create_secret(&mut root, &client_id, "").await;
    let mut late = root.clone();
    let id = html::attribute(&root.get(&page).await.body, "[name=secret]", "value").unwrap();
    root.post("/api/applications/delete_secret", &[("client_id", client_id.as_str()), ("secret", &id)]).await;
    assert_eq!(secret_in(&late.get(&page).await.body), None, "a deleted secret is not shown");
}

async fn secrets_are_replaced_without_a_break_and_deleted(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[]).await;
    for _ in 0..2 {
        create_secret(&mut root, &client_id, "stay").await;
        portal.pass(TimeDelta::seconds(1));
    }
    assert_eq!(create_secret(&mut root, &client_id, "stay").await.location(), page);
    let body = root.get(&page).await.body;
    assert!(body.contains("has 2 secrets that work"), "{body}");
    assert_eq!(html::texts(&body, "tbody tr").len(), 2);
    create_secret(&mut root, &client_id, "end_in_a_day").await;
    let body = root.get(&page).await.body;
    let rows = html::texts(&body, "tbody tr");
    assert!(rows.len() == 2 && rows[1].contains("24 Nov 2026") && !rows[0].contains("24 Nov 2026"), "{rows:?}");

    let id = html::attribute(&body, "[name=secret]", "value").unwrap();
    let fields = [("client_id", client_id.as_str()), ("secret", id.as_str())];
    let answer = root.post("/api/applications/delete_secret", &fields).await;
    assert_eq!(answer.location(), format!("{page}?done=secret-deleted"));
    assert_eq!(html::texts(&root.get(&page).await.body, "tbody tr").len(), 1);
    assert_eq!(root.post("/api/applications/delete_secret", &fields).await.location(), page);
    portal.pass(TimeDelta::days(1));
    root.sign_in(ROOT).await;
    let body = root.get(&page).await.body;
    assert!(body.contains("There is no secret yet"), "{body}");
}

async fn a_public_client_has_no_secrets(kind: DatabaseKind) {
    let (_portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[("kind", "single_page")]).await;
    let body = root.get(&page).await.body;
    assert!(!body.contains("create_secret") && body.contains("oidc-client-ts"), "{body}");
    assert!(root.get(LIST).await.body.contains("none needed"));
    create_secret(&mut root, &client_id, "").await;
    assert!(root.get(&page).await.body.contains("keep no secret"));
}

async fn an_application_is_disabled_and_enabled(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[]).await;
    let mut set = async |enabled: &str| {
        let fields = [("client_id", client_id.as_str()), ("enabled", enabled)];
        let location = root.post("/api/applications/set_enabled", &fields).await.location().to_owned();
        let body = root.get(&page).await.body;
        (location, body, root.get(LIST).await.body)
    };
    let authorize = format!("/oauth2/authorize?response_type=code&client_id={client_id}&redirect_uri={CALLBACK}");
    let (location, body, list) = set("false").await;
    assert_eq!(location, format!("{page}?done=application-disabled"));
    assert!(body.contains("Enable application") && list.contains("Disabled"), "{body}");
    assert_eq!(portal.browser().get(&authorize).await.status, StatusCode::BAD_REQUEST);
    let (location, body, list) = set("true").await;
    assert_eq!(location, format!("{page}?done=application-enabled"));
    assert!(body.contains("Disable application") && !list.contains("Disabled"), "{body}");
    assert!(portal.browser().get(&authorize).await.status.is_redirection());
}

async fn only_administrators_manage_applications(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[]).await;
    create_secret(&mut root, &client_id, "").await;
    let mut reviewer = portal.support("rev@krisp.example", Reviewer).await;
    let mut member = portal.signed_in("ada@contoso.com", None).await;
    assert!(!reviewer.get("/support").await.body.contains(LIST));
    for browser in [&mut reviewer, &mut member] {
        for page in [LIST, NEW, page.as_str(), "/support/applications/unknown"] {
            assert_eq!(browser.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        register(browser, &[]).await;
        create_secret(browser, &client_id, "").await;
        browser.post("/api/applications/set_enabled", &[("client_id", &client_id), ("enabled", "false")]).await;
        browser.post("/api/applications/change", &[("client_id", &client_id), ("name", "Evil")]).await;
    }
    assert!(portal.browser().get(&page).await.location().starts_with("/login"));
    assert_eq!(root.get("/support/applications/unknown").await.status, StatusCode::NOT_FOUND);
    let applications = domain::applications::list(&portal.services, &Actor::operator()).await.unwrap();
    assert_eq!(applications.len(), 1);
    assert_eq!((applications[0].name.as_str(), applications[0].secrets.len()), ("Notes", 1));
    assert_eq!(applications[0].disabled_at, None);
    portal.pass(TimeDelta::minutes(16));
    assert!(root.get(&page).await.location().starts_with("/account/reauthenticate?next=/support/applications/"));
}

async fn what_was_refused_is_explained(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let (page, client_id) = registered(&mut root, &[]).await;
    assert!(root.get(&page).await.body.contains("No request was refused lately"));
    let address =
        format!("/oauth2/authorize?response_type=code&client_id={client_id}&redirect_uri=https://evil.example/<b>");
    portal.browser().get(&address.replace('<', "%3C").replace('>', "%3E")).await;
    let body = root.get(&page).await.body;
    assert!(body.contains("asked to return to an address that is not registered"), "{body}");
    assert!(body.contains("Register exactly the address") && body.contains("https://evil.example/&lt;b"), "{body}");
}

async fn who_is_not_told_of_logouts_reads_why(kind: DatabaseKind) {
    let (portal, mut root) = scene(kind).await;
    let (page, _) = registered(&mut root, &[]).await;
    assert!(root.get(&page).await.body.contains("Without a back-channel logout address"));
    let (page, _) = registered(&mut root, &[("backchannel_logout_uri", "https://notes.example/logout")]).await;
    assert!(root.get(&page).await.body.contains("not told of any logout yet"));
    drop(portal);
}
