//! Support's notes about a team over HTTP.

use axum::http::StatusCode;
use model::{Role, SupportRole};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team};
use crate::policy::join;

on_both_databases!(
    support_writes_notes_that_no_member_ever_sees,
    a_note_is_deleted_by_who_wrote_it_or_by_an_administrator,
    a_note_says_something_and_not_too_much,
    notes_go_with_their_team,
);

const WORDS: &str = "Calls back on Monday <b>about</b> the tenant.";

async fn write(support: &mut Browser, slug: &str, words: &str) -> String {
    support.post("/api/team_notes/write", &[("slug", slug), ("note", words)]).await.location().to_owned()
}

async fn notes(support: &mut Browser, slug: &str) -> Vec<String> {
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    html::texts(&page, "#notes li blockquote")
}

async fn support_writes_notes_that_no_member_ever_sees(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut owner, &idp).await;
    let mut viewer = portal.signed_in("viewer@contoso.com", None).await;
    join(&portal, &slug, "viewer@contoso.com", Role::Viewer).await;
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let written = write(&mut support, &slug, WORDS).await;
    assert_eq!(written, format!("/support/teams/{slug}?done=note-added#notes"));
    let page = support.get(written.trim_end_matches("#notes")).await.body;
    for place in [".notice--success", "#notes .notice--success"] {
        assert_eq!(html::texts(&page, place), ["The note was added."], "once, and beside the notes: {page}");
    }
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    assert_eq!(html::texts(&page, "#notes li blockquote"), [WORDS]);
    assert!(html::text(&page, "#notes li").unwrap().contains("root@krisp.example"), "{page}");

    let pages = ["", "/connection", "/people", "/sign-ins", "/members", "/audit", "/settings", "/setup/go-live"];
    for path in pages.map(|page| format!("/teams/{slug}{page}")) {
        for browser in [&mut owner, &mut viewer] {
            let page = browser.get(&path).await.body;
            assert!(!page.contains("Calls back on Monday"), "{path}: {page}");
        }
    }
    let trail = portal.audit_codes_of_vendor().await;
    assert!(trail.contains(&"note.written".to_owned()), "{trail:?}");
    let trail = owner.get(&format!("/teams/{slug}/audit.jsonl")).await.body;
    assert!(trail.contains("team.approved") && !trail.contains("note"), "{trail}");
    let json = [("accept", "application/json")];
    let answer = owner.post_with("/api/team_notes/list", &json, &[("slug", &slug)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

async fn a_note_is_deleted_by_who_wrote_it_or_by_an_administrator(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    let other = portal.team(&mut owner, "Fabrikam").await;
    let mut author = portal.support("a@krisp.example", SupportRole::Reviewer).await;
    let mut reviewer = portal.support("b@krisp.example", SupportRole::Reviewer).await;
    let mut administrator = portal.support("root@krisp.example", SupportRole::Administrator).await;
    for words in ["First.", "Second."] {
        write(&mut author, &slug, words).await;
        portal.pass(chrono::TimeDelta::seconds(1));
    }
    assert_eq!(notes(&mut reviewer, &slug).await, ["Second.", "First."], "newest first");
    let page = format!("/support/teams/{slug}");
    let id = html::attribute(&author.get(&page).await.body, "#notes li [name=id]", "value").unwrap();
    let asks_first = "#notes details.confirmation form[action='/api/team_notes/delete'] button";
    assert_eq!(html::texts(&author.get(&page).await.body, asks_first), ["Yes, delete the note"; 2]);
    assert!(html::texts(&reviewer.get(&page).await.body, asks_first).is_empty(), "not offered");
    reviewer.post("/api/team_notes/delete", &[("slug", &slug), ("id", &id)]).await;
    administrator.post("/api/team_notes/delete", &[("slug", &other), ("id", &id)]).await;
    assert_eq!(notes(&mut author, &slug).await, ["Second.", "First."], "not by another, not by another team's page");
    let deleted = author.post("/api/team_notes/delete", &[("slug", &slug), ("id", &id)]).await;
    let said = author.get(deleted.location().trim_end_matches("#notes")).await.body;
    assert_eq!(html::text(&said, "#notes .notice--success").as_deref(), Some("The note was deleted."));
    assert_eq!(notes(&mut author, &slug).await, ["First."]);
    let id = html::attribute(&administrator.get(&page).await.body, "#notes li [name=id]", "value").unwrap();
    administrator.post("/api/team_notes/delete", &[("slug", &slug), ("id", &id)]).await;
    assert!(notes(&mut author, &slug).await.is_empty());
    let trail = portal.audit_codes_of_vendor().await;
    assert_eq!(trail.iter().filter(|code| *code == "note.deleted").count(), 2, "{trail:?}");
}

async fn a_note_says_something_and_not_too_much(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let page = format!("/support/teams/{slug}");
    let long = "x".repeat(2_001);
    for (words, problem) in [("  ", ": enter this value"), (&*long, "Use at most 2000 characters")] {
        assert_eq!(write(&mut support, &slug, words).await, page);
        let body = support.get(&page).await.body;
        assert!(body.contains(problem), "{problem}: {body}");
        assert!(body.contains(words.trim()), "what was typed is kept");
        assert!(notes(&mut support, &slug).await.is_empty());
    }
    let operator = domain::Actor::operator();
    for number in 0..100 {
        // accounts have a budget of their own
        domain::team_notes::write(&portal.services, &operator, &slug, &format!("Note {number}")).await.unwrap();
    }
    write(&mut support, &slug, "One too many.").await;
    let body = support.get(&page).await.body;
    assert!(body.contains("A team has at most 100 notes") && body.contains("One too many."), "{body}");
    assert_eq!(notes(&mut support, &slug).await.len(), 100);
}

async fn notes_go_with_their_team(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    let slug: model::TeamSlug = slug.parse().unwrap();
    let db = portal.services.db.connection();
    let team = store::teams::by_slug(db, &slug).await.unwrap().unwrap().team_id();
    domain::team_notes::write(&portal.services, &domain::Actor::operator(), slug.as_str(), WORDS).await.unwrap();
    assert_eq!(store::team_notes::count(db, team).await.unwrap(), 1);
    portal.sql("DELETE FROM teams").await;
    assert_eq!(store::team_notes::count(db, team).await.unwrap(), 0);
}
