//! One box finds a team by all that support may know of it.

use axum::http::StatusCode;
use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::{Scene, names_on};
use crate::harness::{Portal, html};
use crate::idp::{Idp, active_team};
use crate::members::join;
use crate::policy::failed_sign_in;

on_both_databases!(
    a_team_is_found_by_each_of_its_keys,
    a_search_is_by_beginnings_of_words_in_any_case,
    characters_of_patterns_mean_themselves,
    a_whole_reference_leads_to_its_report,
    words_that_many_teams_have_narrow_one_another,
    the_box_keeps_what_was_typed_and_works_without_scripts,
    a_key_leads_to_the_box_from_every_page_of_support,
);

async fn a_team_is_found_by_each_of_its_keys(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@owner.example", None).await;
    let slug = active_team(&scene.portal, &mut owner, &idp).await;
    join(&scene.portal, &mut owner, &slug, "grace@member.example", "viewer").await;
    owner.post("/api/setup/save_email_domains", &[("slug", &slug), ("email_domains", "people.example")]).await;
    scene.team("Fabrikam", "fabrikam-7k2m9q").await;

    let entity_id = idp.tenant.entity_id();
    let tenant = entity_id.split('/').find(|segment| segment.len() == 36).unwrap().to_owned();
    let upper = entity_id.to_uppercase();
    for key in [
        "Contoso",
        &slug,
        slug.rsplit_once('-').unwrap().1,
        "owner.example",
        "@owner.example",
        "member.example",
        "people.example",
        "ada@owner.example",
        "grace@member.example",
        &entity_id,
        &upper,
        &tenant,
    ] {
        assert_eq!(scene.found(key).await, ["Contoso"], "{key}");
    }
    assert!(scene.found("nobody@owner.example").await.is_empty());
}

async fn a_search_is_by_beginnings_of_words_in_any_case(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    scene.team("Müller Smith-Jones", "mueller-222222").await;
    scene.team("Smithson & Söhne", "smithson-222222").await;
    scene.team("Blacksmith", "blacksmith-222222").await;
    for (text, expected) in [
        ("smith", &["Müller Smith-Jones", "Smithson & Söhne"][..]),
        ("SMITH", &["Müller Smith-Jones", "Smithson & Söhne"]),
        ("  sm  ", &["Müller Smith-Jones", "Smithson & Söhne"]),
        ("MÜL", &["Müller Smith-Jones"]),
        ("jones", &["Müller Smith-Jones"]),
        ("smith-j", &["Müller Smith-Jones"]),
        ("smith söh", &["Smithson & Söhne"]),
        ("SÖHNE smithson", &["Smithson & Söhne"]),
        ("smith black", &[]),
        ("mith", &[]),
        ("b", &["Blacksmith"]),
    ] {
        assert_eq!(scene.found(text).await, expected, "{text}");
    }
    assert_eq!(scene.found(" ").await.len(), 3, "nothing is looked for");
}

async fn characters_of_patterns_mean_themselves(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    scene.team("Hundred 100% Wool", "wool-222222").await;
    scene.team("Hundred 1000 Boats", "boats-222222").await;
    scene.team("A_B Testing", "ab-222222").await;
    scene.team("AxB Testing", "axb-222222").await;
    scene.team("Back\\slash", "back-222222").await;
    scene.team("It's \"quoted\"", "quoted-222222").await;
    for (text, expected) in [
        ("100%", &["Hundred 100% Wool"][..]),
        ("100", &["Hundred 100% Wool", "Hundred 1000 Boats"]),
        ("%", &[]),
        ("_", &[]),
        ("a_", &["A_B Testing"]),
        ("a%", &[]),
        ("back\\", &["Back\\slash"]),
        ("\\", &[]),
        ("it's", &["It's \"quoted\""]),
        ("' OR 1=1", &[]),
        ("*", &[]),
        ("a\u{0}\u{0}_b", &["A_B Testing"]),
    ] {
        let mut found = scene.found(text).await;
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text:?}");
    }
    let long = "x".repeat(5_000);
    assert!(scene.found(&long).await.is_empty());
}

async fn a_whole_reference_leads_to_its_report(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let idp = Idp::new(scene.portal.now());
    let mut owner = scene.portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&scene.portal, &mut owner, &idp).await;
    let reference = failed_sign_in(&scene.portal, &slug, &idp).await;
    let report = format!("/support/sign-ins/{reference}");
    for typed in [reference.clone(), format!("%20{}", reference.to_lowercase())] {
        assert_eq!(scene.support.get(&format!("/support/teams?q={typed}")).await.location(), report);
    }
    let mut reviewer = scene.portal.signed_in("rev@krisp.example", Some(SupportRole::Reviewer)).await;
    assert!(reviewer.follow(&report).await.body.contains(&reference));
    let unknown = scene.support.get("/support/teams?q=SSO-2222-2222").await;
    assert_eq!(unknown.status, StatusCode::OK);
    assert!(unknown.body.contains("No team matches"), "{}", unknown.body);
}

async fn words_that_many_teams_have_narrow_one_another(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let amounts = domain::demo_data::Amounts { teams: 2_100, people: 0, attempts: 0 };
    domain::demo_data::fill(&portal.services, amounts, |_| {}).await.unwrap();
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let page = support.get("/support/teams?q=owner%40").await.body;
    assert!(page.contains("More than 500 teams"), "{page}");
    // each of these words is of more teams than are looked up at once
    let found = names_on(&support.get("/support/teams?q=owner%40+1234").await.body);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(" 1234 "), "{found:?}");
}

async fn the_box_keeps_what_was_typed_and_works_without_scripts(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    scene.team("Contoso", "contoso-7k2m9q").await;
    let page = scene.support.get("/support/teams?q=cont&state=draft").await.body;
    let form = "form[role=search]";
    assert_eq!(html::attribute(&page, form, "action").as_deref(), Some("/support/teams"));
    assert_eq!(html::attribute(&page, form, "method").as_deref(), Some("get"));
    let typed = html::attribute(&page, &format!("{form} input[name=q]"), "value");
    assert_eq!(typed.as_deref(), Some("cont"));
    let kept = html::attribute(&page, &format!("{form} input[name=state]"), "value");
    assert_eq!(kept.as_deref(), Some("draft"), "the filter stays");
    // the same box on support's first page
    let queue = scene.support.get("/support").await.body;
    assert_eq!(html::attribute(&queue, form, "action").as_deref(), Some("/support/teams"));
}

async fn a_key_leads_to_the_box_from_every_page_of_support(kind: DatabaseKind) {
    let scene = Scene::new(kind).await;
    scene.team("Contoso", "contoso-7k2m9q").await;
    let mut support = scene.portal.support("boss@krisp.example", SupportRole::Administrator).await;
    let sections = model::paths::SupportSection::ALL.map(|section| section.address().to_owned());
    for path in sections.into_iter().chain(["/support/teams/contoso-7k2m9q".to_owned()]) {
        let page = support.get(&path).await.body;
        assert_eq!(html::texts(&page, "script[src='/search-key.js']").len(), 1, "{path}: {page}");
        let nonce = html::attribute(&page, "script[src='/search-key.js']", "nonce").unwrap();
        assert!(!nonce.is_empty(), "{path}");
    }
    for path in ["/account", "/login"] {
        assert!(!support.get(path).await.body.contains("search-key"), "{path}");
    }
    let script = include_str!("../../../../app/assets/search-key.js");
    assert!(script.contains(&format!("\"{}#q\"", model::paths::SUPPORT_TEAMS)), "{script}");
    let box_id = html::attribute(&support.get("/support/teams").await.body, "[data-search-key]", "id");
    assert_eq!(box_id.as_deref(), Some("q"));
}
