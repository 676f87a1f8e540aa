//! The audit trail: what is written, who sees it, and that nothing can be changed unseen.

use axum::http::StatusCode;
use domain::Actor;
use domain::audit::{Anchor, ChainProblem, VerificationReport, verify};
use model::SupportRole;
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, PASSWORD, Portal, html};
use crate::idp::{Idp, active_team};

on_both_databases!(
    acts_are_told_with_who_what_when_and_from_where,
    an_actor_without_an_account_is_found_by_its_former_name_too,
    a_change_is_told_with_before_and_after,
    only_those_who_may_see_a_trail,
    the_trail_is_filtered_and_read_page_by_page,
    the_export_has_one_event_a_line,
    an_untouched_trail_is_whole,
    every_change_to_the_audit_trail_is_detected,
    a_trail_written_anew_is_found_by_an_anchor,
    acts_at_the_same_time_make_one_chain,
    no_secret_is_in_the_trail,
    going_back_to_the_revision_before_is_told_and_can_be_undone,
    the_history_of_a_connection_says_why,
);

async fn report(portal: &Portal, anchors: &[Anchor]) -> VerificationReport {
    verify(&portal.services, &Actor::operator(), anchors).await.unwrap()
}

/// A team with some history, and its admin's browser.
async fn eventful(portal: &Portal) -> (Browser, String) {
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for email in ["workMail", "otherMail", "thirdMail"] {
        admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", email)]).await;
    }
    (admin, slug)
}

async fn acts_are_told_with_who_what_when_and_from_where(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = eventful(&portal).await;
    let page = admin.get(&format!("/teams/{slug}/audit")).await;
    assert_eq!(page.status, StatusCode::OK);
    let row = page.body.split("<tr>").find(|row| row.contains("Team created</b>")).unwrap();
    assert!(row.contains("2026-11-23T12:00:00Z"), "{row}");
    let row = html::texts(&page.body, "tr").into_iter().find(|row| row.contains("Team created")).unwrap();
    assert!(row.contains("ada@contoso.com") && row.contains("192.0.2.1"), "{row}");

    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    portal.browser().post("/api/accounts/sign_in", &[("email", "ada@contoso.com"), ("password", "guess")]).await;
    let page = support.get("/support/audit").await.body;
    assert!(page.contains("Sign-in failed") && page.contains("not signed in"), "{page}");
    assert!(page.contains("Account created at the command line"));
    let by_nobody = support.get("/support/audit?actor=Not+signed+in").await.body;
    assert!(by_nobody.contains("Sign-in failed</b>") && !by_nobody.contains("command line</b>"), "{by_nobody}");
    assert!(!page.contains("Team created</b>"), "a team's events are its own");
    assert!(support.get(&format!("/support/audit?team={slug}")).await.body.contains("Team created</b>"));
    assert!(support.get("/support/audit?team=all").await.body.contains("Team created</b>"));
}

/// The trail of before has the name in place of the code.
async fn an_actor_without_an_account_is_found_by_its_former_name_too(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    let guess = [("email", "root@krisp.example"), ("password", "guess")];
    portal.browser().post("/api/accounts/sign_in", &guess).await;
    portal.sql("UPDATE audit_events SET actor = 'somebody not signed in' WHERE actor_kind = 'anonymous'").await;
    portal.browser().post("/api/accounts/sign_in", &guess).await;
    for name in ["somebody+not+signed+in", "Somebody+not+signed+in", "not+signed+in"] {
        let page = support.get(&format!("/support/audit?actor={name}")).await.body;
        assert_eq!(page.matches("Sign-in failed</b>").count(), 2, "{name}: {page}");
        assert!(!page.contains("command line</b>"), "{name}: {page}");
    }
}

async fn a_change_is_told_with_before_and_after(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = eventful(&portal).await;
    let lines = admin.get(&format!("/teams/{slug}/audit.jsonl?action=connection.claims_saved")).await.body;
    let newest: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(newest["unmapped"]["before"]["email"], "otherMail");
    assert_eq!(newest["unmapped"]["after"]["email"], "thirdMail");
}

async fn only_those_who_may_see_a_trail(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = eventful(&portal).await;
    let mut stranger = portal.signed_in("eve@fabrikam.com", None).await;
    let mut reviewer = portal.signed_in("rev@krisp.example", Some(SupportRole::Reviewer)).await;
    for ending in ["", ".jsonl"] {
        let path = format!("/teams/{slug}/audit{ending}");
        assert_eq!(admin.get(&path).await.status, StatusCode::OK);
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        assert!(portal.browser().get(&path).await.status.is_redirection());
        let path = format!("/support/audit{ending}");
        assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(reviewer.get(&path).await.status, StatusCode::NOT_FOUND, "administrators only");
    }
}

async fn the_trail_is_filtered_and_read_page_by_page(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (mut admin, slug) = eventful(&portal).await;
    for number in 0..60 {
        admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", &format!("mail{number}"))]).await;
    }
    let count = |body: &str| body.matches("data-label=\"When\"").count();
    let first = admin.get(&format!("/teams/{slug}/audit")).await.body;
    assert_eq!(count(&first), 50);
    let older = first.split("older=").nth(1).unwrap().split('"').next().unwrap();
    let second = admin.get(&format!("/teams/{slug}/audit?older={older}")).await.body;
    assert_eq!(count(&second), 14, "60 changes, 3 before, and the team's creation");
    assert!(second.contains("Team created") && !second.contains("older="), "the last page");

    let created = admin.get(&format!("/teams/{slug}/audit?action=team.created")).await.body;
    assert_eq!(count(&created), 1);
    assert!(admin.get(&format!("/teams/{slug}/audit?actor=eve@x.yz")).await.body.contains("No event matches"));
    assert_eq!(count(&admin.get(&format!("/teams/{slug}/audit?until=2026-11-22")).await.body), 0);
    assert_eq!(count(&admin.get(&format!("/teams/{slug}/audit?until=2026-11-23")).await.body), 50);
    let odd = admin.get(&format!("/teams/{slug}/audit?from=yesterday")).await.body;
    assert!(odd.contains("Enter a day as year, month and day"), "{odd}");
}

async fn the_export_has_one_event_a_line(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (_, slug) = eventful(&portal).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    let answer = support.get("/support/audit.jsonl?team=all").await;
    assert_eq!(answer.header("content-type"), "application/jsonl");
    let events: Vec<Value> = answer.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |code: &str| events.iter().find(|event| event["metadata"]["event_code"] == code).unwrap();
    let signed_in = of("account.signed_in");
    assert_eq!((&signed_in["class_uid"], &signed_in["activity_id"]), (&3002.into(), &1.into()));
    assert_eq!(signed_in["type_uid"], 300_201);
    assert_eq!(signed_in["src_endpoint"]["ip"], "192.0.2.1");
    assert_eq!(of("account.created")["class_uid"], 3001);
    let created = of("team.created");
    assert_eq!(created["class_uid"], 3004);
    assert_eq!(created["actor"]["user"]["name"], "ada@contoso.com");
    assert_eq!(created["unmapped"]["sequence"], 1);
    let one = support.get(&format!("/support/audit.jsonl?team={slug}")).await.body;
    assert_eq!(one.lines().count(), 4, "the team's creation and three changes");
}

async fn an_untouched_trail_is_whole(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (_, slug) = eventful(&portal).await;
    let report = report(&portal, &[]).await;
    assert!(report.is_whole(), "{report:?}");
    let names: Vec<_> = report.chains.iter().map(|chain| chain.name.as_str()).collect();
    assert_eq!(names, ["vendor", &slug]);
    assert_eq!(report.chains[1].events, 4);
}

async fn every_change_to_the_audit_trail_is_detected(kind: DatabaseKind) {
    let stray = "UPDATE audit_events SET chain = id, sequence = 1 WHERE sequence = 4 AND team_id IS NOT NULL";
    for (deed, expected) in [
        (
            "UPDATE audit_events SET detail = 'x' WHERE sequence = 2 AND team_id IS NOT NULL",
            ChainProblem::Changed { sequence: 2 },
        ),
        (
            "DELETE FROM audit_events WHERE sequence = 2 AND team_id IS NOT NULL",
            ChainProblem::Missing { expected: 2, found: 3 },
        ),
        (
            "DELETE FROM audit_events WHERE sequence = 4 AND team_id IS NOT NULL",
            ChainProblem::Truncated { expected: 4, found: 3 },
        ),
        ("DELETE FROM audit_heads", ChainProblem::HeadMissing),
        (stray, ChainProblem::Truncated { expected: 4, found: 3 }),
    ] {
        let portal = Portal::start(kind).await;
        eventful(&portal).await;
        portal.pass(chrono::TimeDelta::seconds(1));
        portal.sql(deed).await;
        let report = report(&portal, &[]).await;
        assert!(!report.is_whole(), "{deed}");
        assert!(report.chains.iter().any(|chain| chain.problems.contains(&expected)), "{deed}: {report:?}");
    }
}

async fn a_trail_written_anew_is_found_by_an_anchor(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    eventful(&portal).await;
    let before = report(&portal, &[]).await;
    let anchors: Vec<_> = before.chains.iter().filter_map(|chain| chain.anchor.clone()).collect();
    assert_eq!(anchors.len(), 2);
    assert!(report(&portal, &anchors).await.is_whole());
    // somebody who can write everything lets the last events never have happened
    for chain in 1..3 {
        let team = if chain == 1 { "IS NULL" } else { "IS NOT NULL" };
        portal.sql(&format!("DELETE FROM audit_events WHERE team_id {team}")).await;
    }
    portal.sql("DELETE FROM audit_heads").await;
    assert!(report(&portal, &[]).await.is_whole(), "an empty trail is whole in itself");
    let found = report(&portal, &anchors).await;
    assert!(!found.is_whole(), "{found:?}");
}

async fn acts_at_the_same_time_make_one_chain(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let replica = portal.replica().await;
    let admin = portal.signed_in("ada@contoso.com", None).await;
    let guess = async |number: usize| {
        let browser = if number.is_multiple_of(2) { admin.clone() } else { replica.with_cookies_of(&admin) };
        let email = format!("nobody{number}@contoso.com");
        let mut browser = browser.at(&format!("198.51.100.{number}"));
        browser.post("/api/accounts/sign_in", &[("email", &email), ("password", "guess")]).await.status
    };
    for status in futures_util::future::join_all((0..12).map(guess)).await {
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    let report = report(&portal, &[]).await;
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(report.chains[0].events, 14, "the account, its sign-in, and twelve failures");
}

async fn no_secret_is_in_the_trail(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (admin, _) = eventful(&portal).await;
    portal.browser().post("/api/accounts/sign_up", &[("email", "new@contoso.com")]).await;
    let link = crate::harness::link(&portal.mail().await[0]);
    let token = link.rsplit_once("token=").unwrap().1;
    portal.browser().post("/api/accounts/verify_email", &[("token", token), ("password", PASSWORD)]).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    let all = support.get("/support/audit.jsonl?team=all").await.body;
    assert!(all.contains("account.email_verified"), "{all}");
    for secret in [PASSWORD, token, &admin.cookies["session"]] {
        assert!(!all.contains(secret), "{all}");
    }
}

async fn going_back_to_the_revision_before_is_told_and_can_be_undone(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let step = format!("/teams/{slug}/setup/go-live");
    assert!(!admin.get(&step).await.body.contains("Go back to revision"), "there is none before the first");
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    admin.decide("setup/make_live", &slug, &[]).await;
    let claims = async |admin: &mut Browser| {
        let page = admin.get(&format!("/teams/{slug}/setup/attributes")).await.body;
        page.contains("value=\"workMail\"")
    };
    assert!(claims(&mut admin).await);
    assert!(admin.get(&step).await.body.contains("Go back to revision 1"));

    assert_eq!(admin.decide("setup/roll_back", &slug, &[]).await.location(), format!("/teams/{slug}"));
    assert!(!claims(&mut admin).await, "revision 1 serves again");
    let signed_in = crate::idp::sign_in(&portal, &mut portal.browser(), &slug, &idp, "b.simon@contoso.com").await;
    assert_eq!(signed_in.location(), "/me");
    admin.decide("setup/roll_back", &slug, &[]).await;
    assert!(claims(&mut admin).await, "and back");
    let trail = admin.get(&format!("/teams/{slug}/audit")).await.body;
    assert_eq!(trail.matches("Rolled back to an earlier revision</b>").count(), 2);

    portal.pass(chrono::TimeDelta::minutes(16));
    let answer = admin.decide("setup/roll_back", &slug, &[]).await;
    assert!(answer.location().starts_with("/account/reauthenticate?next=/teams/"), "{}", answer.location());
}

async fn the_history_of_a_connection_says_why(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let edit = async |admin: &mut Browser, claim: &str| {
        admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", claim)]).await;
    };
    edit(&mut admin, "workMail").await;
    let long = "x".repeat(501);
    let step = format!("/teams/{slug}/setup/go-live");
    let refused = admin.decide("setup/make_live", &slug, &[("make_live_reason", &long)]).await;
    assert_eq!(refused.location(), step);
    let page = admin.get(&step).await.body;
    assert!(page.contains("500 characters") && page.contains(&long), "nothing typed is lost: {page}");
    admin.decide("setup/make_live", &slug, &[("make_live_reason", " The claim was <renamed> ")]).await;
    admin.decide("setup/roll_back", &slug, &[("roll_back_reason", "It was renamed back")]).await;
    edit(&mut admin, "mail").await;
    admin.decide("setup/discard_draft", &slug, &[("discard_reason", "Not needed any more")]).await;
    let history = admin.get(&format!("/teams/{slug}/connection")).await.body;
    for why in ["The claim was &lt;renamed&gt;", "It was renamed back", "Not needed any more"] {
        assert!(history.contains(why), "{why}: {history}");
    }
}
