//! The thread of a review over HTTP: changes that support asks for, and the team's answers.

use model::{Role, SupportRole};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, configured_team};
use crate::policy::join;

on_both_databases!(
    changes_and_answers_are_one_thread_for_both_sides,
    an_answer_that_is_too_long_is_refused_and_kept,
    a_thread_keeps_its_newest_messages,
);

/// Each message of the thread on a page: who wrote it, and what.
async fn thread(browser: &mut Browser, path: &str) -> Vec<(String, String)> {
    let page = browser.get(path).await.body;
    let of = |what: &str| html::texts(&page, &format!("[aria-labelledby=review-thread] li {what}"));
    of("strong").into_iter().zip(of("blockquote")).collect()
}

fn pairs(messages: &[(&str, &str)]) -> Vec<(String, String)> {
    messages.iter().map(|(who, what)| ((*who).to_owned(), (*what).to_owned())).collect()
}

async fn changes_and_answers_are_one_thread_for_both_sides(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let mut viewer = portal.signed_in("viewer@contoso.com", None).await;
    join(&portal, &slug, "viewer@contoso.com", Role::Viewer).await;
    let (go_live, review) = (format!("/teams/{slug}/setup/go-live"), format!("/support/teams/{slug}"));
    let page = admin.get(&go_live).await.body;
    assert!(!page.contains("Your answer to support") && !page.contains("Changes and answers"), "{page}");

    admin.decide("setup/submit", &slug, &[]).await;
    support.decide("support/request_changes", &slug, &[("words", "Use <b>workMail</b>.")]).await;
    portal.pass(chrono::TimeDelta::seconds(1));
    assert!(admin.get(&go_live).await.body.contains("Your answer to support"));
    assert_eq!(thread(&mut admin, &go_live).await, pairs(&[("Support", "Use <b>workMail</b>.")]));
    admin.decide("setup/submit", &slug, &[("answer", " It is there now. ")]).await;
    let mail = portal.mail().await;
    let told = mail.iter().find(|mail| mail.subject.contains("waits for review again")).unwrap();
    assert!(
        told.text_body.contains("It is there now."),
        "support reads the answer where they are told of it: {told:?}"
    );
    portal.pass(chrono::TimeDelta::seconds(1));
    support.decide("support/request_changes", &slug, &[("words", "And the logo?")]).await;
    portal.pass(chrono::TimeDelta::seconds(1));
    admin.decide("setup/submit", &slug, &[("answer", "")]).await;

    let said = |support: &'static str| {
        pairs(&[(support, "Use <b>workMail</b>."), ("ada@contoso.com", "It is there now."), (support, "And the logo?")])
    };
    let (overview, team) = (format!("/teams/{slug}"), said("Support"));
    for path in [&go_live, &overview] {
        assert_eq!(thread(&mut admin, path).await, team, "{path}");
        assert_eq!(thread(&mut viewer, path).await, team, "{path}: every member sees it");
    }
    assert_eq!(thread(&mut support, &review).await, said("Support, root@krisp.example"));
    let mut other = portal.signed_in("owner@fabrikam.com", None).await;
    let json = [("accept", "application/json")];
    for endpoint in ["team_thread", "support_thread"] {
        let answer = other.post_with(&format!("/api/reviews/{endpoint}"), &json, &[("slug", &slug)]).await;
        assert_eq!(answer.status, axum::http::StatusCode::NOT_FOUND, "{endpoint}");
    }
}

async fn an_answer_that_is_too_long_is_refused_and_kept(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let go_live = format!("/teams/{slug}/setup/go-live");
    admin.decide("setup/submit", &slug, &[]).await;
    support.decide("support/request_changes", &slug, &[("words", "Use workMail.")]).await;
    let long = "x".repeat(2_001);
    assert_eq!(admin.decide("setup/submit", &slug, &[("answer", &long)]).await.location(), go_live);
    let page = admin.get(&go_live).await.body;
    assert!(page.contains("Use at most 2000 characters") && page.contains(&long), "{page}");
    assert_eq!(thread(&mut admin, &go_live).await.len(), 1, "nothing was said");
    assert!(support.get(&format!("/support/teams/{slug}")).await.body.contains("data-status=\"changes_requested\""));
}

async fn a_thread_keeps_its_newest_messages(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let operator = domain::Actor::operator();
    let any = domain::decision_digest::ExpectedDigest::Unchecked;
    for number in 0..52 {
        domain::review_submission::submit(&portal.services, &operator, &slug, any, "").await.unwrap();
        portal.pass(chrono::TimeDelta::seconds(1));
        let words = format!("Change {number}.");
        domain::team_review::request_changes(&portal.services, &operator, &slug, &words, any).await.unwrap();
    }
    let kept = domain::review_thread::of_team(&portal.services, &operator, &slug).await.unwrap();
    let words: Vec<_> = kept.iter().map(|message| message.words.as_str()).collect();
    assert_eq!((words.len(), words[0], words[49]), (50, "Change 2.", "Change 51."));
    let db = portal.services.db.connection();
    let team = store::teams::by_slug(db, &slug.parse().unwrap()).await.unwrap().unwrap().team_id();
    assert_eq!(store::review_messages::list(db, team, 99).await.unwrap().len(), 50, "the others are gone");
}
