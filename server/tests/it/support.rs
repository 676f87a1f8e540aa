//! Support over HTTP: the queue, the decisions, the mails they send.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team};
use crate::reauthentication::confirm;

on_both_databases!(
    a_submitted_team_waits_in_the_queue_and_goes_live_when_approved,
    changes_are_asked_for_with_words_that_reach_the_members,
    after_a_decision_the_queue_goes_on_with_the_team_that_waits_longest,
    a_decision_says_first_what_it_does_and_stands_first_on_the_page,
    suspending_needs_a_reason_and_resuming_undoes_it,
    a_decision_that_came_too_late_says_so,
    by_policy_a_successful_test_is_enough,
    a_decision_takes_a_fresh_proof_and_keeps_what_was_typed,
);

/// A team in review, who administers it, and a reviewer.
pub struct InReview {
    pub portal: Portal,
    pub idp: Idp,
    pub support: Browser,
    pub admin: Browser,
    pub slug: String,
}

pub async fn in_review(kind: DatabaseKind) -> InReview {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    InReview { portal, idp, support, admin, slug }
}

async fn a_submitted_team_waits_in_the_queue_and_goes_live_when_approved(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    assert!(support.get("/support").await.body.contains("No team is waiting for review"));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let mail = portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, "root@krisp.example"));
    assert!(mail[0].text_body.contains(&format!("/support/teams/{slug}")) && mail[0].html_body.contains("<html"));

    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    for words in [
        &*idp.tenant.entity_id(),
        &*idp.tenant.sso_url(),
        "ada@contoso.com",
        "Configuration submitted for review",
        "Approve",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(support.decide("support/approve", &slug, &[]).await.location(), "/support");
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("Single sign-on is live"));
    let mail = portal.mail().await;
    assert_eq!(mail[0].recipient, "ada@contoso.com");
    assert!(mail[0].subject.ends_with("is live") && mail[0].text_body.contains(&format!("/sso/{slug}")));
}

async fn changes_are_asked_for_with_words_that_reach_the_members(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    portal.mail().await;
    support.decide("support/request_changes", &slug, &[("words", "  ")]).await;
    assert!(support.get(&format!("/support/teams/{slug}")).await.body.contains("Say what the team should change"));
    let words = "Use the production tenant <b>please</b>.";
    support.decide("support/request_changes", &slug, &[("words", words)]).await;
    let queue = support.get("/support").await.body;
    let link = format!("<a href=\"/support/teams/{slug}\">Open Contoso</a>");
    assert!(queue.contains("Contoso is asked for changes") && queue.contains(&link), "{queue}");
    let mail = portal.mail().await;
    assert!(mail[0].text_body.contains(&format!("> {words}")), "{}", mail[0].text_body);
    assert!(!mail[0].html_body.contains("<b>please"), "words are text, not markup");
    let page = admin.get(&format!("/teams/{slug}/setup/go-live")).await.body;
    assert!(page.contains("Use the production tenant") && !page.contains("<b>please"));
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(support.get("/support").await.body.contains(&slug));
}

async fn after_a_decision_the_queue_goes_on_with_the_team_that_waits_longest(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut colleague = portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    let mut slugs = Vec::new();
    for name in ["Contoso", "Fabrikam", "Litware"] {
        let mut admin = portal.signed_in(&format!("ada@{}.com", name.to_lowercase()), None).await;
        let slug = configured_team(&portal, &mut admin, &idp).await;
        admin.post("/api/teams/rename", &[("slug", &slug), ("name", name)]).await;
        admin.decide("setup/submit", &slug, &[]).await;
        portal.pass(TimeDelta::minutes(1));
        slugs.push(slug);
    }
    let next = |slug: &str, name: &str| format!("<a href=\"/support/teams/{slug}\">Next: {name}</a>");
    support.decide("support/approve", &slugs[0], &[]).await;
    let queue = support.get("/support").await.body;
    assert!(queue.contains(&next(&slugs[1], "Fabrikam")), "{queue}");
    assert!(!support.get("/support").await.body.contains("Next: "), "said once");

    // what a colleague has taken is theirs, what oneself has taken is next
    portal.approve(&slugs[1]).await;
    colleague.post("/api/reviews/take", &[("slug", &slugs[2])]).await;
    let mut admin = portal.signed_in("kim@tailspin.com", None).await;
    let last = configured_team(&portal, &mut admin, &idp).await;
    for is_own in [false, true] {
        admin.decide("setup/submit", &last, &[]).await;
        if is_own {
            support.post("/api/reviews/take", &[("slug", &slugs[2])]).await;
        }
        support.decide("support/request_changes", &last, &[("words", "Use workMail.")]).await;
        let queue = support.get("/support").await.body;
        assert!(queue.contains("is asked for changes"), "{queue}");
        assert_eq!(queue.contains(&next(&slugs[2], "Litware")), is_own, "{queue}");
    }
}

async fn a_decision_says_first_what_it_does_and_stands_first_on_the_page(kind: DatabaseKind) {
    let InReview { portal: _portal, mut support, slug, .. } = in_review(kind).await;
    let page = format!("/support/teams/{slug}");
    let confirmation = |act: &str| format!("details.confirmation form[action='/api/support/{act}'] button");
    let body = support.get(&page).await.body;
    for (act, button) in [("approve", "Yes, approve and go live"), ("request_changes", "Yes, request changes")] {
        assert_eq!(html::text(&body, &confirmation(act)).as_deref(), Some(button), "{body}");
    }
    let cards = html::texts(&body, "main h2");
    let place = |title: &str| cards.iter().position(|card| card == title).unwrap();
    assert!(place("Decide") < place("Who reviews this team"), "{cards:?}");
    assert!(place("Checklist") < place("Who reviews this team"), "{cards:?}");

    // what was refused is open, and shows what is wrong
    let open = "details.confirmation[open] form[action='/api/support/request_changes']";
    assert!(html::text(&body, open).is_none(), "{body}");
    support.decide("support/request_changes", &slug, &[("words", " ")]).await;
    assert!(html::text(&support.get(&page).await.body, open).is_some());
    support.decide("support/approve", &slug, &[]).await;
    let body = support.get(&page).await.body;
    assert_eq!(html::text(&body, &confirmation("suspend")).as_deref(), Some("Yes, suspend the team"), "{body}");
    assert!(body.contains("Sign-ins in progress and all sessions of its people here end at once."), "{body}");
}

async fn suspending_needs_a_reason_and_resuming_undoes_it(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    portal.mail().await;
    let page = format!("/support/teams/{slug}");
    support.post("/api/support/suspend", &[("slug", &slug), ("reason", "")]).await;
    assert!(support.get(&page).await.body.contains("Say what the team should change or know"));
    support.post("/api/support/suspend", &[("slug", &slug), ("reason", "Unpaid invoice 17.")]).await;
    assert!(support.get(&page).await.body.contains("data-status=\"suspended\""));
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("Unpaid invoice 17."));
    assert!(portal.mail().await[0].text_body.contains("> Unpaid invoice 17."));
    support.decide("support/resume", &slug, &[]).await;
    assert!(portal.mail().await[0].subject.ends_with("works again"));
    assert_eq!(portal.browser().get(&format!("/sso/{slug}")).await.status, StatusCode::SEE_OTHER);
}

async fn a_decision_that_came_too_late_says_so(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    admin.decide("setup/withdraw", &slug, &[]).await;
    let page = format!("/support/teams/{slug}");
    assert_eq!(support.decide("support/approve", &slug, &[]).await.location(), page);
    assert!(support.get(&page).await.body.contains("The team is in set-up now"));
    assert_eq!(portal.browser().get(&format!("/sso/{slug}")).await.status, StatusCode::FORBIDDEN);
}

/// A test sign-in, as far as its code; where that is redeemed.
pub async fn verified_test(portal: &Portal, admin: &mut Browser, idp: &Idp, slug: &str) -> String {
    let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
    let response = idp.sign(&idp.options(&asked, "b.simon@contoso.com", portal.now()));
    crate::idp::post_response(admin, slug, &response, None).await.location().to_owned()
}

async fn by_policy_a_successful_test_is_enough(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "go_live = \"after_successful_test\"").await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let page = admin.get(&format!("/teams/{slug}/setup/go-live")).await.body;
    assert!(page.contains("Finish these steps first: Test sign-in"), "{page}");
    assert!(page.contains("Yes, make revision 1 live") && !page.contains("Submit for review"), "{page}");
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(
        !admin.get(&format!("/teams/{slug}")).await.body.contains("Single sign-on is live"),
        "still on its way back"
    );
    admin.follow(&verified).await;
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("Single sign-on is live"));
}

/// Where the team is in its life, by its page.
fn status(page: &str) -> String {
    html::attribute(page, "[data-status]", "data-status").unwrap_or_default()
}

async fn a_decision_takes_a_fresh_proof_and_keeps_what_was_typed(kind: DatabaseKind) {
    let InReview { portal, mut support, mut admin, slug, .. } = in_review(kind).await;
    let page = format!("/support/teams/{slug}");
    let acts =
        [("request_changes", ("words", "Use workMail.")), ("approve", ("", "")), ("suspend", ("reason", "Unpaid."))];
    for (act, typed) in acts {
        if act == "approve" {
            confirm(&mut admin, "").await;
            admin.decide("setup/submit", &slug, &[]).await;
        }
        portal.pass(TimeDelta::minutes(16));
        let before = status(&support.get(&page).await.body);
        let endpoint = format!("support/{act}");
        let asked = support.decide(&endpoint, &slug, &[typed]).await.location().to_owned();
        assert_eq!(asked, format!("/account/reauthenticate?next={page}"), "{act}");
        support.follow(&asked).await;
        let code = support.authenticator.as_ref().unwrap().code();
        confirm(&mut support, &code).await;
        let body = support.get(&page).await.body;
        assert_eq!(status(&body), before, "{act}: nothing was decided");
        assert!(body.contains(typed.1), "{act}: {body}");
        support.decide(&endpoint, &slug, &[typed]).await;
        assert_ne!(status(&support.get(&page).await.body), before, "{act}");
    }
}
