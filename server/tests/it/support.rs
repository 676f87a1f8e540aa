//! Support over HTTP: the queue, the decisions, the mails they send.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::{Role, SupportRole};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team};
use crate::policy::join;
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
    the_reviewer_is_told_that_no_test_passed,
    the_checklist_is_fine_for_a_team_that_is,
    the_checklist_says_what_to_look_at,
    the_checklist_compares_the_tenant_of_the_test,
    the_checklist_names_other_teams_of_the_same_tenant,
    the_checklist_counts_the_domains_of_administrators_only,
    the_checklist_counts_what_changed_since_the_last_approval,
);

/// A team in review, who administers it, and a reviewer.
struct InReview {
    portal: Portal,
    idp: Idp,
    support: Browser,
    admin: Browser,
    slug: String,
}

async fn in_review(kind: DatabaseKind) -> InReview {
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
async fn verified_test(portal: &Portal, admin: &mut Browser, idp: &Idp, slug: &str) -> String {
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

async fn the_reviewer_is_told_that_no_test_passed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let untested = "No successful test of this revision";
    let page = format!("/support/teams/{slug}");
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(support.get(&page).await.body.contains(untested));
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.follow(&verified).await;
    assert!(!support.get(&page).await.body.contains(untested));

    // what it says now was not tested
    admin.decide("setup/withdraw", &slug, &[]).await;
    portal.pass(TimeDelta::seconds(1));
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(support.get(&page).await.body.contains(untested));
}

async fn the_checklist_is_fine_for_a_team_that_is(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.follow(&verified).await;
    let page = format!("/support/teams/{slug}");
    assert!(!support.get(&page).await.body.contains("Checklist"), "nothing is to be decided");
    admin.decide("setup/submit", &slug, &[]).await;
    let body = html::text(&support.get(&page).await.body, "main").unwrap();
    for words in [
        "Nothing needs a look.",
        "Tested by b.simon@contoso.com with revision 1",
        "The tester b.simon@contoso.com has an administrator's domain.",
        "All administrators have addresses of contoso.com.",
        "No administrator has a free-mail address.",
        "No other team has this identity provider.",
        "No other team has these certificates.",
        "All options at their defaults.",
        "This is the first approval.",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
}

async fn the_checklist_says_what_to_look_at(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut other = portal.signed_in("eve@fabrikam.com", None).await;
    let others = configured_team(&portal, &mut other, &idp).await;
    let mut admin = portal.signed_in("ada@gmail.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.follow(&verified).await;
    portal.pass(TimeDelta::seconds(1));
    admin.post("/api/setup/save_options", &[("slug", &slug), ("allow_idp_initiated", "true")]).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    let body = html::text(&page, "main").unwrap();
    for words in [
        "lines need a look.",
        "No successful test of this revision is on record.",
        "has a different domain from the administrators (gmail.com)",
        "Anybody can get such an address: ada@gmail.com",
        "The same identity provider serves",
        "The same certificate is configured by",
        "Not at its default:",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    assert!(page.contains(&format!("href=\"/support/teams/{others}\"")), "{page}");
}

/// The lines of the checklist: those that need a look, and those that do not.
async fn checklist(support: &mut Browser, slug: &str) -> (Vec<String>, Vec<String>) {
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    let lines = |ok: &str, head: &str| {
        let lines = html::texts(&page, &format!(".checks li[data-ok={ok}]")).into_iter();
        lines.filter_map(|line| Some(line.strip_prefix(head)?.trim().to_owned())).collect::<Vec<_>>()
    };
    (lines("look", "Needs a look:"), lines("true", "Fine:"))
}

async fn the_checklist_compares_the_tenant_of_the_test(kind: DatabaseKind) {
    let InReview { portal, idp, mut support, mut admin, slug } = in_review(kind).await;
    let configured = idp.tenant.id.clone();
    let (_, fine) = checklist(&mut support, &slug).await;
    assert!(fine.contains(&format!("Tenant {configured}; no test names its tenant.")), "{fine:?}");

    let other = "9b9b9b9b-1111-4000-8000-000000000009";
    let came_from_other = format!("The test came from tenant {other}, configured is {configured}.");
    let came_from_same = format!("The test came from the tenant that is configured, {configured}.");
    // in whatever case it is written
    for (tenant, is_same) in [(other.to_owned(), false), (configured.to_uppercase(), true)] {
        portal.pass(TimeDelta::seconds(1));
        let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
        let mut options = idp.options(&asked, "b.simon@contoso.com", portal.now());
        options.set_claim("http://schemas.microsoft.com/identity/claims/tenantid", vec![tenant]);
        let answer = crate::idp::post_response(&mut admin, &slug, &idp.sign(&options), None).await;
        admin.follow(answer.location()).await;
        let (look, fine) = checklist(&mut support, &slug).await;
        assert_eq!(look.contains(&came_from_other), !is_same, "{look:?}");
        assert_eq!(fine.contains(&came_from_same), is_same, "{fine:?}");
    }
}

async fn the_checklist_names_other_teams_of_the_same_tenant(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (idp, theirs) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut eve = portal.signed_in("eve@fabrikam.com", None).await;
    let other = configured_team(&portal, &mut eve, &theirs).await;
    eve.post("/api/teams/rename", &[("slug", &other), ("name", "Fabrikam")]).await;
    // with the application's ID in its issuer, as Entra can write it
    let appended = format!("https://sts.windows.net/{}/0c6f6d1f-2a11-4f0e-9d41-7d1c8c3e1f5c", theirs.tenant.id);
    let sso_url = theirs.tenant.sso_url();
    let fields = [("slug", &*other), ("idp_entity_id", &*appended), ("sso_url", &*sso_url), ("slo_url", "")];
    let answer = eve.post("/api/setup/save_urls", &fields).await;
    assert_eq!(answer.location(), format!("/teams/{other}/setup/users"));

    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let (look, fine) = checklist(&mut support, &slug).await;
    assert!(look.iter().any(|line| line.starts_with("The same identity provider serves")), "{look:?}");
    assert!(fine.contains(&"No other team has these certificates.".to_owned()), "{fine:?}");
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    let link = html::text(&page, &format!(".checks a[href='/support/teams/{other}']"));
    assert_eq!(link.as_deref(), Some("Fabrikam"), "{page}");
}

async fn the_checklist_counts_the_domains_of_administrators_only(kind: DatabaseKind) {
    let InReview { portal, mut support, slug, .. } = in_review(kind).await;
    let one = "All administrators have addresses of contoso.com.".to_owned();
    for (email, role) in [("bob@contoso.com", Role::Admin), ("vera@litware.com", Role::Viewer)] {
        portal.signed_in(email, None).await;
        join(&portal, &slug, email, role).await;
        let (_, fine) = checklist(&mut support, &slug).await;
        assert!(fine.contains(&one), "{email}: {fine:?}");
    }
    portal.signed_in("grace@fabrikam.com", None).await;
    join(&portal, &slug, "grace@fabrikam.com", Role::Admin).await;
    let (look, fine) = checklist(&mut support, &slug).await;
    let two = "The administrators have addresses of 2 domains: contoso.com, fabrikam.com.".to_owned();
    assert!(look.contains(&two) && !fine.contains(&one), "{look:?} {fine:?}");
}

async fn the_checklist_counts_what_changed_since_the_last_approval(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    // nothing leads from a team that is live back into review: the state is set here
    let review = "UPDATE teams SET status = 'in_review', submitted_at = created_at";
    portal.sql(review).await;
    let (_, fine) = checklist(&mut support, &slug).await;
    assert!(fine.contains(&"Nothing changes from revision 1, which is live.".to_owned()), "{fine:?}");
    let edits = [
        ("setup/save_options", ("allow_idp_initiated", "true"), "One part differs from revision 1, which is live"),
        ("setup/save_claims", ("email", "workMail"), "2 parts differ from revision 1, which is live"),
    ];
    for (endpoint, field, words) in edits {
        portal.sql("UPDATE teams SET status = 'active'").await;
        admin.post(&format!("/api/{endpoint}"), &[("slug", &*slug), field]).await;
        portal.sql(review).await;
        let (look, _) = checklist(&mut support, &slug).await;
        assert!(look.contains(&format!("{words}: see what approving changes.")), "{look:?}");
        assert!(!look.contains(&"This is the first approval.".to_owned()), "{look:?}");
    }
}
