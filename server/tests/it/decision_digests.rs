//! What is decided is what was looked at: each decision carries the digest of what its page
//! showed. Saves say what they did, and where nothing changed, nothing is made.

use domain::decision_digest::ExpectedDigest;
use model::{RevisionState, SupportRole};
use store::revisions::{self, Revision};
use store::testing::DatabaseKind;
use store::{attempts, on_both_databases};

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team, save_urls, sign_in};

on_both_databases!(
    a_configuration_changed_after_viewing_is_not_approved,
    each_part_that_changed_is_named,
    what_another_admin_edits_meanwhile_does_not_go_live,
    what_was_saved_meanwhile_is_told_and_nothing_typed_is_lost,
    going_back_is_for_what_was_shown,
    a_decision_without_a_digest_asks_to_look,
    of_two_that_decide_at_once_one_does,
    sending_back_and_resuming_are_for_what_was_shown,
    keys_are_replaced_as_they_were_shown,
    nothing_new_makes_no_draft_and_says_so,
    a_save_says_what_it_changed_and_where,
    steps_of_a_live_team_are_never_to_do,
);

const CHANGED: &str = "something has changed since this page was shown";

async fn revision(portal: &Portal, slug: &str, state: RevisionState) -> Option<Revision> {
    let team = crate::sign_in::team_id(portal, slug).await;
    revisions::in_state(portal.services.db.connection(), team, state).await.unwrap()
}

async fn events(portal: &Portal, slug: &str) -> Vec<String> {
    let team = crate::sign_in::team_id(portal, slug).await;
    portal.events_of(team).await.into_iter().map(|event| event.action.as_str().to_owned()).collect()
}

async fn step(browser: &mut Browser, slug: &str, step: &str) -> String {
    browser.get(&format!("/teams/{slug}/setup/{step}")).await.body
}

async fn reviewer(portal: &Portal) -> Browser {
    portal.support("root@krisp.example", SupportRole::Reviewer).await
}

async fn a_configuration_changed_after_viewing_is_not_approved(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (honest, evil) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut support = reviewer(&portal).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &honest).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let seen = support.look("support/approve", &slug).await;
    assert!(!seen.is_empty());

    admin.decide("setup/withdraw", &slug, &[]).await;
    let page = step(&mut admin, &slug, "certificates").await;
    let id = html::field(&page, "certificate").unwrap();
    admin.post("/api/setup/remove_certificate", &[("slug", &slug), ("certificate", &id)]).await;
    admin.upload(&slug, &[("evil.cer", &evil.certificate())]).await;
    admin.decide("setup/submit", &slug, &[]).await;

    let page = format!("/support/teams/{slug}");
    assert_eq!(support.decide_on("support/approve", &slug, &seen, &[]).await.location(), page);
    let body = support.get(&page).await.body;
    assert!(body.contains(CHANGED) && body.contains("Signing certificates: now"), "{body}");
    assert!(body.contains("data-status=\"in_review\""), "nothing was decided: {body}");
    assert!(revision(&portal, &slug, RevisionState::Live).await.is_none());
    assert!(!events(&portal, &slug).await.contains(&"team.approved".to_owned()));

    // asked again, with what is there now
    assert_eq!(support.decide("support/approve", &slug, &[]).await.location(), "/support");
    let queue = support.get("/support").await.body;
    let link = format!("<a href=\"{page}\">Open Contoso</a>");
    assert!(queue.contains("Contoso is live") && queue.contains(&link), "{queue}");
    assert_eq!(sign_in(&portal, &mut portal.browser(), &slug, &evil, "b.simon@contoso.com").await.location(), "/me");
}

async fn each_part_that_changed_is_named(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = reviewer(&portal).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let entity_id = idp.tenant.entity_id();
    let edits = [
        ("setup/save_options", vec![("force_authn", "true")], "People authenticate again: no → yes"),
        ("setup/save_email_domains", vec![("email_domains", "evil.example")], "now evil.example"),
        ("setup/save_claims", vec![("email", "otherMail")], "E-mail claim: now otherMail"),
        (
            "setup/save_urls",
            vec![("idp_entity_id", &*entity_id), ("sso_url", "http://localhost:7100/other"), ("slo_url", "")],
            "Login URL: now http://localhost:7100/other",
        ),
    ];
    for (endpoint, fields, words) in edits {
        admin.decide("setup/submit", &slug, &[]).await;
        let seen = support.look("support/approve", &slug).await;
        admin.decide("setup/withdraw", &slug, &[]).await;
        let mut all = vec![("slug", &*slug)];
        all.extend(&fields);
        admin.post(&format!("/api/{endpoint}"), &all).await;
        admin.decide("setup/submit", &slug, &[]).await;
        support.decide_on("support/approve", &slug, &seen, &[]).await;
        let body = support.get(&format!("/support/teams/{slug}")).await.body;
        assert!(body.contains(CHANGED) && body.contains(words), "{endpoint}: {words}: {body}");
        assert_eq!(body.matches(": now ").count() + body.matches("no → yes").count(), 1, "{endpoint}: only that");
        admin.decide("setup/withdraw", &slug, &[]).await;
    }
    // what is the same again is what was looked at
    admin.decide("setup/submit", &slug, &[]).await;
    let seen = support.look("support/approve", &slug).await;
    admin.decide("setup/withdraw", &slug, &[]).await;
    admin.decide("setup/submit", &slug, &[]).await;
    assert_eq!(support.decide_on("support/approve", &slug, &seen, &[]).await.location(), "/support");
}

async fn what_another_admin_edits_meanwhile_does_not_go_live(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    admin.post("/api/setup/save_options", &[("slug", &slug), ("name_id_format", "persistent")]).await;
    let page = step(&mut admin, &slug, "go-live").await;
    let change = "Name identifier format: as the identity provider decides → urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    assert!(page.contains(change), "the step that asks says what changes: {page}");
    let seen = admin.look("setup/make_live", &slug).await;
    let mut other = admin.clone();
    other.post("/api/setup/save_options", &[("slug", &slug), ("allow_idp_initiated", "true")]).await;
    for (decision, field) in [("setup/make_live", "make_live_reason"), ("setup/discard_draft", "discard_reason")] {
        let answer = admin.decide_on(decision, &slug, &seen, &[(field, "Rolled over")]).await;
        assert_eq!(answer.location(), format!("/teams/{slug}/setup/go-live"), "{decision}");
        let page = step(&mut admin, &slug, "go-live").await;
        assert!(page.contains(CHANGED) && page.contains("may begin at the identity provider: no → yes"), "{page}");
        assert_eq!(page.matches("Rolled over").count(), 1, "what was typed is in the field that it was typed into");
        assert_eq!(revision(&portal, &slug, RevisionState::Live).await.unwrap().number, 1);
        assert!(revision(&portal, &slug, RevisionState::Draft).await.is_some(), "{decision}");
    }
    admin.decide("setup/make_live", &slug, &[]).await;
    let page = admin.get(&format!("/teams/{slug}")).await.body;
    assert!(page.contains("Revision 2 is live") && page.contains("Revision 1 is kept"), "{page}");
    assert!(!admin.get(&format!("/teams/{slug}")).await.body.contains("Revision 2 is live"), "said once");
}

async fn what_was_saved_meanwhile_is_told_and_nothing_typed_is_lost(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let mut other = admin.clone();
    let entity_id = idp.tenant.entity_id();
    let urls = |login: &'static str| vec![("idp_entity_id", entity_id.clone()), ("sso_url", login.to_owned())];
    let domains = |text: &str| vec![("email_domains", text.to_owned())];
    let claims = |email: &str| vec![("email", email.to_owned())];
    let options = |format: &str| vec![("name_id_format", format.to_owned())];
    let (theirs, mine) = ("http://localhost:7100/theirs", "http://localhost:7100/mine");
    let cases = [
        ("setup/save_urls", "urls", urls(theirs), urls(mine), format!("Login URL: now {theirs}"), mine),
        (
            "setup/save_claims",
            "attributes",
            claims("theirs"),
            claims("mine"),
            "E-mail claim: now theirs".into(),
            "mine",
        ),
        (
            "setup/save_email_domains",
            "options",
            domains("theirs.example"),
            domains("mine.example"),
            "now theirs.example".into(),
            "mine.example",
        ),
        (
            "setup/save_options",
            "options",
            options("persistent"),
            options("unspecified"),
            "Name identifier format: now urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".into(),
            "unspecified",
        ),
    ];
    for (endpoint, at, theirs, mine, told, typed) in cases {
        let page = step(&mut admin, &slug, at).await;
        let selector = format!("form[action=\"/api/{endpoint}\"] [name=digest]");
        let digest = html::attribute(&page, &selector, "value").unwrap();
        let save = async |browser: &mut Browser, values: &[(&'static str, String)], digest: &str| {
            let mut fields = vec![("slug", slug.as_str()), ("digest", digest)];
            fields.extend(values.iter().map(|(name, value)| (*name, value.as_str())));
            browser.post(&format!("/api/{endpoint}"), &fields).await;
        };
        save(&mut other, &theirs, &digest).await;
        save(&mut admin, &mine, &digest).await;
        let page = step(&mut admin, &slug, at).await;
        assert!(page.contains("Not saved yet") && page.contains(&told), "{endpoint}: {page}");
        assert!(page.contains(&format!("value=\"{typed}\"")), "{endpoint}: what was typed is there: {page}");
        let digest = html::attribute(&page, &selector, "value").unwrap();
        save(&mut admin, &mine, &digest).await;
        let page = step(&mut admin, &slug, at).await;
        assert!(!page.contains("Not saved yet") && page.contains(typed), "{endpoint}: saved the second time: {page}");
        // whoever wants what is there already is not stopped
        save(&mut other, &mine, &"0".repeat(64)).await;
        assert!(!step(&mut other, &slug, at).await.contains("Not saved yet"), "{endpoint}");
    }
}

async fn going_back_is_for_what_was_shown(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    for email in ["first", "second"] {
        admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", email)]).await;
        admin.decide("setup/make_live", &slug, &[]).await;
    }
    let page = step(&mut admin, &slug, "go-live").await;
    assert!(page.contains("E-mail claim: second → first"), "{page}");
    assert!(page.contains("No successful test of revision 2"), "{page}");
    let seen = admin.look("setup/roll_back", &slug).await;
    admin.decide("setup/roll_back", &slug, &[]).await;
    let page = admin.get(&format!("/teams/{slug}")).await.body;
    assert!(page.contains("Revision 2 is live again"), "{page}");
    admin.decide_on("setup/roll_back", &slug, &seen, &[]).await;
    assert!(step(&mut admin, &slug, "go-live").await.contains(CHANGED), "it would have swapped back");
    assert_eq!(revision(&portal, &slug, RevisionState::Live).await.unwrap().number, 2);
}

async fn a_decision_without_a_digest_asks_to_look(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = reviewer(&portal).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    for digest in ["", "nonsense", "."] {
        admin.decide_on("setup/submit", &slug, digest, &[]).await;
        let page = step(&mut admin, &slug, "go-live").await;
        assert!(page.contains("it is not certain that you saw"), "{digest}: {page}");
    }
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("In set-up"));
    admin.decide("setup/submit", &slug, &[]).await;
    support.post("/api/support/approve", &[("slug", &slug)]).await;
    support.post("/api/support/request_changes", &[("slug", &slug), ("words", "Change it.")]).await;
    admin.post("/api/setup/withdraw", &[("slug", &slug)]).await;
    assert!(support.get(&format!("/support/teams/{slug}")).await.body.contains("data-status=\"in_review\""));
    let operator = domain::Actor::operator();
    let stale = domain::team_review::approve(&portal.services, &operator, &slug, ExpectedDigest::Shown("0")).await;
    assert!(matches!(stale, Err(domain::Error::Invalid(_))), "{stale:?}");
    portal.approve(&slug).await;
}

async fn of_two_that_decide_at_once_one_does(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "first")]).await;
    let seen = admin.look("setup/make_live", &slug).await;
    let (mut one, mut two, mut three) = (admin.clone(), admin.clone(), admin.clone());
    let edit = [("slug", &*slug), ("email", "second")];
    let (first, second, _) = tokio::join!(
        one.decide_on("setup/make_live", &slug, &seen, &[]),
        two.decide_on("setup/make_live", &slug, &seen, &[]),
        three.post("/api/setup/save_claims", &edit),
    );
    let live = revision(&portal, &slug, RevisionState::Live).await.unwrap();
    assert_ne!(live.claims.email.as_deref(), Some("second"), "nobody has looked at that");
    let done = [first, second].iter().filter(|answer| answer.location() == format!("/teams/{slug}")).count();
    assert!(done <= 1, "one, or none if the edit was quicker");
    let made = events(&portal, &slug).await.iter().filter(|event| *event == "connection.made_live").count();
    assert_eq!(made, done);
}

async fn sending_back_and_resuming_are_for_what_was_shown(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = reviewer(&portal).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let seen = support.look("support/request_changes", &slug).await;
    admin.decide("setup/withdraw", &slug, &[]).await;
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    admin.decide("setup/submit", &slug, &[]).await;
    support.decide_on("support/request_changes", &slug, &seen, &[("words", "Use workMail.")]).await;
    let page = format!("/support/teams/{slug}");
    let body = support.get(&page).await.body;
    assert!(body.contains(CHANGED) && body.contains("Use workMail."), "what was typed is kept: {body}");
    support.decide("support/approve", &slug, &[]).await;
    support.post("/api/support/suspend", &[("slug", &slug), ("reason", "Unpaid.")]).await;
    let body = support.get(&page).await.body;
    assert!(body.contains("data-status=\"suspended\"") && body.contains("Sign-in is suspended"), "{body}");
    support.decide_on("support/resume", &slug, &seen, &[]).await;
    assert!(support.get(&page).await.body.contains("data-status=\"suspended\""));
    support.decide("support/resume", &slug, &[]).await;
    assert!(support.get(&page).await.body.contains("Sign-in works again"));
}

async fn keys_are_replaced_as_they_were_shown(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for _ in 0..2 {
        admin.post("/api/keys/create", &[("slug", &slug)]).await;
        portal.pass(chrono::TimeDelta::seconds(1));
    }
    let seen = admin.look("keys/promote", &slug).await;
    admin.decide("keys/promote", &slug, &[]).await;
    assert!(step(&mut admin, &slug, "options").await.contains("The next key is current now"));
    admin.post("/api/keys/create", &[("slug", &slug)]).await;
    let known = step(&mut admin, &slug, "options").await.matches("Current: signs").count();
    admin.decide_on("keys/promote", &slug, &seen, &[]).await;
    let page = step(&mut admin, &slug, "options").await;
    assert!(page.contains(CHANGED) && page.contains("Next: decrypts"), "the third key still waits: {page}");
    assert_eq!(page.matches("Current: signs").count(), known);
}

async fn nothing_new_makes_no_draft_and_says_so(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let before = events(&portal, &slug).await;
    let unchanged = "What you saved is what is there already";
    admin.upload(&slug, &[("same.cer", &idp.certificate())]).await;
    let page = step(&mut admin, &slug, "certificates").await;
    assert!(page.contains("This certificate is already here"), "{page}");
    save_urls(&mut admin, &slug, &idp).await;
    assert!(step(&mut admin, &slug, "users").await.contains(unchanged));
    admin.post("/api/setup/save_claims", &[("slug", &slug)]).await;
    assert!(step(&mut admin, &slug, "certificates").await.contains(unchanged));
    for (endpoint, fields) in [
        ("setup/save_options", vec![("slug", &*slug), ("sso_binding", "redirect")]),
        ("setup/save_email_domains", vec![("slug", &*slug), ("email_domains", " ")]),
    ] {
        admin.post(&format!("/api/{endpoint}"), &fields).await;
        assert!(step(&mut admin, &slug, "options").await.contains(unchanged), "{endpoint}");
    }
    let metadata = idp.metadata("SingleSignOnService", &idp.tenant.sso_url());
    admin.upload(&slug, &[("metadata.xml", metadata.as_bytes())]).await;
    assert!(step(&mut admin, &slug, "certificates").await.contains("This certificate is already here"));
    assert!(revision(&portal, &slug, RevisionState::Draft).await.is_none());
    assert_eq!(events(&portal, &slug).await, before);
}

async fn a_save_says_what_it_changed_and_where(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (idp, next) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let page = step(&mut admin, &slug, "users").await;
    assert!(page.contains("Saved in revision 1") && page.contains("Login URL"), "{page}");
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(admin.get(&format!("/teams/{slug}")).await.body.contains("Submitted for review"));
    portal.approve(&slug).await;
    admin.upload(&slug, &[("next.cer", &next.certificate())]).await;
    let page = step(&mut admin, &slug, "certificates").await;
    assert!(page.contains("Saved in revision 2") && page.contains("Changed: Signing certificates."), "{page}");
    assert!(page.contains("people go on signing in with revision 1"), "{page}");
    assert!(page.contains(&format!("/teams/{slug}/setup/go-live\">Make it live")), "{page}");
    admin.post("/api/setup/save_options", &[("slug", &slug), ("force_authn", "true")]).await;
    let page = step(&mut admin, &slug, "options").await;
    assert!(page.contains("Saved in revision 2") && page.contains("Changed: People authenticate again."), "{page}");
    admin.decide("setup/discard_draft", &slug, &[]).await;
    let page = admin.get(&format!("/teams/{slug}")).await.body;
    assert!(page.contains("The changes of revision 2 are discarded"), "{page}");
}

async fn steps_of_a_live_team_are_never_to_do(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    // nobody confirmed a step, nobody tested: as with a team that was imported
    let slug = active_team(&portal, &mut admin, &idp).await;
    let team = crate::sign_in::team_id(&portal, &slug).await;
    let live = revision(&portal, &slug, RevisionState::Live).await.unwrap();
    let db = portal.services.db.connection();
    assert!(attempts::latest_test(db, team, live.revision_id()).await.unwrap().is_none());
    let page = step(&mut admin, &slug, "go-live").await;
    assert_eq!(page.matches("data-state=\"done\"").count(), 8, "{page}");
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    let page = step(&mut admin, &slug, "create").await;
    assert_eq!(page.matches("data-state=\"todo\"").count(), 0, "{page}");
    assert_eq!(page.matches("data-state=\"attention\"").count(), 2, "the draft's test and going live: {page}");
}
