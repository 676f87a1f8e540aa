//! Signing in over HTTP: who gets in, who does not, and what each finds out.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::ids::TeamId;
use store::on_both_databases;
use store::testing::DatabaseKind;
use store::{people, teams};

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team, post_response, sign_in};

on_both_databases!(
    a_new_person_is_provisioned_once_and_sees_who_they_are,
    a_person_follows_their_object_id_not_their_name,
    a_response_works_once,
    a_response_to_another_team_is_refused,
    a_response_nobody_asked_for_is_refused,
    only_the_browser_that_left_gets_the_session,
    the_code_works_once_and_for_a_minute,
    an_attempt_ends_after_ten_minutes,
    only_active_teams_sign_in,
    suspension_ends_the_sessions_that_are_open,
    another_key_is_refused_and_support_sees_why,
    a_missing_email_is_refused_with_what_came,
    a_test_works_before_approval_and_lets_nobody_in,
    a_failed_test_tells_the_admin_what_to_do,
    return_to_leads_only_to_allowed_places,
    a_login_hint_is_passed_on,
    the_identity_provider_may_end_a_session_early_and_sign_out_ends_it_here,
    the_chooser_finds_active_teams_only,
    the_way_in_is_mailed_to_an_address_that_has_signed_in,
);

const UPN: &str = "b.simon@contoso.com";

pub async fn team_id(portal: &Portal, slug: &str) -> TeamId {
    let db = portal.services.db.connection();
    teams::by_slug(db, &slug.parse().unwrap()).await.unwrap().unwrap().team_id()
}

async fn people_of(portal: &Portal, slug: &str) -> u64 {
    people::count(portal.services.db.connection(), team_id(portal, slug).await).await.unwrap()
}

struct Scene {
    portal: Portal,
    idp: Idp,
    admin: Browser,
    slug: String,
}

async fn active(kind: DatabaseKind) -> Scene {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    Scene { portal, idp, admin, slug }
}

async fn a_new_person_is_provisioned_once_and_sees_who_they_are(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut person = portal.browser();
    let done = sign_in(&portal, &mut person, &slug, &idp, UPN).await;
    assert_eq!(done.location(), "/me");
    assert!(done.header("set-cookie").starts_with("person=") && done.header("set-cookie").contains("HttpOnly"));
    let me = person.get("/me").await.body;
    for words in [UPN, "Contoso", "objectidentifier", "You are signed in"] {
        assert!(me.contains(words), "{words}: {me}");
    }
    assert_eq!(people_of(&portal, &slug).await, 1);
    portal.pass(TimeDelta::hours(1));
    sign_in(&portal, &mut portal.browser(), &slug, &idp, UPN).await;
    assert_eq!(people_of(&portal, &slug).await, 1, "the second sign-in makes no second row");
    sign_in(&portal, &mut portal.browser(), &slug, &idp, "a.vance@contoso.com").await;
    assert_eq!(people_of(&portal, &slug).await, 2);
    assert!(portal.browser().get("/me").await.status.is_redirection(), "others see nothing");
}

async fn a_person_follows_their_object_id_not_their_name(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    sign_in(&portal, &mut portal.browser(), &slug, &idp, UPN).await;
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let mut renamed = idp.options(&asked, UPN, portal.now());
    renamed.name_id = "b.jones@contoso.com".into();
    for claim in renamed.claims.iter_mut().filter(|claim| claim.name == "email") {
        claim.values = vec!["b.jones@contoso.com".into()];
    }
    let received = post_response(&mut browser, &slug, &idp.sign(&renamed), None).await;
    browser.follow(received.location()).await;
    assert!(browser.get("/me").await.body.contains("b.jones@contoso.com"));
    assert_eq!(people_of(&portal, &slug).await, 1, "the same person under a new name");
}

async fn a_response_works_once(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
    let first = post_response(&mut browser, &slug, &response, None).await;
    assert!(first.location().contains("/complete?code="));
    let again = post_response(&mut browser, &slug, &response, None).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    assert!(again.body.contains("This sign-in has ended"), "{}", again.body);

    // the same assertion in answer to another open request: the identity provider's ID was seen
    let other = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let mut repeated = idp.options(&other, UPN, portal.now());
    let used = idp.options(&asked, UPN, portal.now());
    repeated.assertion_id.clone_from(&used.assertion_id);
    let fresh = post_response(&mut browser, &slug, &idp.sign(&repeated), None).await;
    assert!(fresh.status.is_redirection(), "an ID that was never used is fine");
    let third = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let mut replayed = idp.options(&third, UPN, portal.now());
    replayed.assertion_id = used.assertion_id;
    let replay = post_response(&mut browser, &slug, &idp.sign(&replayed), None).await;
    assert_eq!(replay.status, StatusCode::FORBIDDEN, "the same assertion ID again");
}

async fn a_response_to_another_team_is_refused(kind: DatabaseKind) {
    let Scene { portal, idp, mut admin, slug } = active(kind).await;
    let other = active_team(&portal, &mut admin, &idp).await;
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
    let crossed = post_response(&mut browser, &other, &response, None).await;
    assert_eq!(crossed.status, StatusCode::FORBIDDEN);
    assert_eq!(people_of(&portal, &other).await, 0);
    assert!(
        post_response(&mut browser, &slug, &response, None).await.status.is_redirection(),
        "and still good at home"
    );
}

async fn a_response_nobody_asked_for_is_refused(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let mut invented = idp.options(&asked, UPN, portal.now());
    invented.in_response_to = "_0123456789abcdef0123456789abcdef".into();
    let answer = post_response(&mut browser, &slug, &idp.sign(&invented), None).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(people_of(&portal, &slug).await, 0);
}

async fn only_the_browser_that_left_gets_the_session(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut attacker = portal.browser();
    let asked = idp.asked(attacker.get(&format!("/sso/{slug}")).await.location());
    let response = idp.sign(&idp.options(&asked, "mallory@contoso.com", portal.now()));
    let code = post_response(&mut attacker, &slug, &response, None).await.location().to_owned();
    // login CSRF: the victim's browser is made to open the attacker's link
    let mut victim = portal.browser();
    let answer = victim.follow(&code).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!victim.cookies.contains_key("person"));
    assert_eq!(attacker.follow(&code).await.status, StatusCode::FORBIDDEN, "and the code is used up");
}

async fn the_code_works_once_and_for_a_minute(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let code_of = async |browser: &mut Browser| {
        let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
        let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
        post_response(browser, &slug, &response, None).await.location().to_owned()
    };
    let mut browser = portal.browser();
    let code = code_of(&mut browser).await;
    assert_eq!(browser.follow(&code).await.location(), "/me");
    assert_eq!(browser.follow(&code).await.status, StatusCode::FORBIDDEN, "used");
    let code = code_of(&mut browser).await;
    portal.pass(TimeDelta::seconds(61));
    assert_eq!(browser.follow(&code).await.status, StatusCode::FORBIDDEN, "too late");
}

async fn an_attempt_ends_after_ten_minutes(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    portal.pass(TimeDelta::minutes(10));
    let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
    let answer = post_response(&mut browser, &slug, &response, None).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("SSO-"), "with a reference: {}", answer.body);
}

async fn only_active_teams_sign_in(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let mut browser = portal.browser();
    for path in [format!("/sso/{slug}"), "/sso/no-such-team".into(), "/sso/NOT%20A%20SLUG".into()] {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.body.contains("Single sign-on is not active at this address"), "{}", answer.body);
    }
}

async fn suspension_ends_the_sessions_that_are_open(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut person = portal.browser();
    sign_in(&portal, &mut person, &slug, &idp, UPN).await;
    let asked = idp.asked(portal.browser().get(&format!("/sso/{slug}")).await.location());
    let operator = domain::Actor::operator();
    domain::team_review::suspend(&portal.services, &operator, &slug, "unpaid").await.unwrap();
    assert!(person.get("/me").await.status.is_redirection(), "signed out");
    assert_eq!(person.get(&format!("/sso/{slug}")).await.status, StatusCode::FORBIDDEN);
    let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
    let under_way = post_response(&mut portal.browser(), &slug, &response, None).await;
    assert_eq!(under_way.status, StatusCode::FORBIDDEN, "also who was under way");
    domain::team_review::resume(&portal.services, &operator, &slug, domain::decision_digest::ExpectedDigest::Unchecked)
        .await
        .unwrap();
    assert_eq!(sign_in(&portal, &mut person, &slug, &idp, UPN).await.location(), "/me");
}

async fn another_key_is_refused_and_support_sees_why(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let forger = Idp::new(portal.now());
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let forged = forger.sign(&forger.options(&asked, UPN, portal.now()));
    let answer = post_response(&mut browser, &slug, &forged, None).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!answer.body.contains("certificate") && !answer.body.contains("signature"), "{}", answer.body);
    let reference = answer.body.split("SSO-").nth(1).unwrap()[..9].to_owned();
    assert_eq!(people_of(&portal, &slug).await, 0);

    let mut support = portal.signed_in("root@krisp.example", Some(model::SupportRole::Reviewer)).await;
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    assert!(page.contains(&format!("SSO-{reference}")), "{page}");
    assert!(page.contains("Signed with a certificate that is not uploaded here"));
}

async fn a_missing_email_is_refused_with_what_came(kind: DatabaseKind) {
    let Scene { portal, idp, mut admin, slug } = active(kind).await;
    let mut options = {
        let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
        idp.options(&asked, UPN, portal.now())
    };
    options.name_id = "7f3k2q9m".into();
    options.claims.retain(|claim| !claim.name.contains("mail"));
    let answer = post_response(&mut admin, &slug, &idp.sign(&options), None).await;
    let report = format!("http://localhost:3000/teams/{slug}/sign-ins/SSO-");
    assert!(answer.location().starts_with(&report), "{}", answer.location());
    let page = admin.get(&format!("/teams/{slug}/setup/test")).await.body;
    assert!(page.contains("The person&#x27;s e-mail address is missing") || page.contains("e-mail address is missing"));
    assert!(page.contains("user.userprincipalname") && page.contains("objectidentifier"), "{page}");
}

async fn a_test_works_before_approval_and_lets_nobody_in(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    portal.pass(TimeDelta::seconds(1));
    let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
    assert!(admin.get(&format!("/teams/{slug}/setup/test")).await.body.contains("has not returned"));
    let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
    let code = post_response(&mut admin, &slug, &response, None).await.location().to_owned();
    let report = admin.follow(&code).await.location().to_owned();
    assert!(report.starts_with(&format!("/teams/{slug}/sign-ins/SSO-")), "{report}");
    assert!(admin.get(&report).await.body.contains("Test passed"));
    let page = admin.get(&format!("/teams/{slug}/setup/test")).await.body;
    assert!(page.contains("Ready to go live") && page.contains(UPN), "{page}");
    assert!(!admin.cookies.contains_key("person"), "no session");
    assert_eq!(people_of(&portal, &slug).await, 0, "no person");

    portal.pass(TimeDelta::seconds(1));
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "email")]).await;
    let page = admin.get(&format!("/teams/{slug}/setup/test")).await.body;
    assert!(page.contains("The configuration changed since this test"), "{page}");
}

async fn a_failed_test_tells_the_admin_what_to_do(kind: DatabaseKind) {
    let Scene { portal, idp, mut admin, slug } = active(kind).await;
    let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
    let mut options = idp.options(&asked, UPN, portal.now());
    options.audience = "somebody-else".into();
    let answer = post_response(&mut admin, &slug, &idp.sign(&options), None).await;
    let page = admin.follow(answer.location()).await.body;
    for words in ["The assertion is meant for another application", "somebody-else", &slug, "Basic SAML Configuration"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    portal.pass(TimeDelta::seconds(1));
    let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
    let garbled = post_response(&mut admin, &slug, "not base64!", asked.relay_state.as_deref()).await;
    assert!(garbled.status.is_redirection(), "found by its RelayState");
    assert!(admin.get(&format!("/teams/{slug}/setup/test")).await.body.contains("What was posted is not Base64"));
}

async fn return_to_leads_only_to_allowed_places(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "return_to = [\"https://app.krisp.ai\"]").await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    for (wanted, next) in [
        ("https://app.krisp.ai/meetings?id=1", "https://app.krisp.ai/meetings?id=1"),
        ("/me?from=mail", "/me?from=mail"),
        ("https://evil.example/", "/me"),
        ("https://app.krisp.ai.evil.example/", "/me"),
        ("//evil.example", "/me"),
    ] {
        let mut browser = portal.browser();
        let query: String =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", wanted).finish();
        let asked = idp.asked(browser.get(&format!("/sso/{slug}?{query}")).await.location());
        let response = idp.sign(&idp.options(&asked, UPN, portal.now()));
        let code = post_response(&mut browser, &slug, &response, None).await.location().to_owned();
        assert_eq!(browser.follow(&code).await.location(), next, "{wanted}");
    }
}

async fn a_login_hint_is_passed_on(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let started = portal.browser().get(&format!("/sso/{slug}?login_hint=b.simon%40contoso.com")).await;
    assert_eq!(idp.asked(started.location()).login_hint.as_deref(), Some(UPN));
    assert_eq!(started.header("referrer-policy"), "same-origin", "the identity provider learns no address of ours");
}

async fn the_identity_provider_may_end_a_session_early_and_sign_out_ends_it_here(kind: DatabaseKind) {
    let Scene { portal, idp, slug, .. } = active(kind).await;
    let mut person = portal.browser();
    sign_in(&portal, &mut person, &slug, &idp, UPN).await;
    let mut other = person.clone();
    assert!(person.post("/me/sign-out", &[]).await.location().starts_with("/me/signed-out?"));
    assert!(!person.cookies.contains_key("person"));
    assert!(other.get("/me").await.status.is_redirection(), "ended on the server");

    sign_in(&portal, &mut person, &slug, &idp, UPN).await;
    portal.pass(TimeDelta::hours(12));
    assert!(person.get("/me").await.status.is_redirection(), "twelve hours at most");
}

async fn the_chooser_finds_active_teams_only(kind: DatabaseKind) {
    let Scene { portal, slug, .. } = active(kind).await;
    let mut browser = portal.browser();
    let found = browser.post("/sso", &[("hint", &format!(" {} ", slug.to_uppercase()))]).await;
    assert_eq!(found.refresh(), format!("http://localhost:3000/sso/{slug}"), "no redirect: form-action would block it");
    let unknown = browser.post("/sso", &[("hint", "contoso-222222")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = browser.post("/sso", &[("hint", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nothing.body.matches("Enter your work e-mail address, or").count(), 2, "{}", nothing.body);
    assert!(unknown.body.contains("contoso-222222") && unknown.body.contains("No active team matches this"));
}

/// The answer is the same whether somebody with the address has signed in or not.
async fn the_way_in_is_mailed_to_an_address_that_has_signed_in(kind: DatabaseKind) {
    let Scene { portal, slug, idp, .. } = active(kind).await;
    let mut browser = portal.browser();
    portal.mail().await;
    let asked = async |browser: &mut Browser, email: &str| browser.post("/sso", &[("hint", email)]).await;
    let before = asked(&mut browser, UPN).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(portal.mail().await.is_empty(), "nobody with it has signed in yet");
    sign_in(&portal, &mut portal.browser(), &slug, &idp, UPN).await;
    portal.pass(TimeDelta::minutes(30));
    let after = asked(&mut browser, &format!(" {} ", UPN.to_uppercase())).await;
    let words = |body: &str| html::text(body, "main").unwrap().to_lowercase();
    assert_eq!(words(&after.body), words(&before.body), "the page tells nobody who is a customer");
    let mail = portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, UPN));
    assert!(mail[0].text_body.contains(&format!("http://localhost:3000/sso/{slug}")), "{}", mail[0].text_body);

    let refused = asked(&mut browser, "b.simon@").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"b.simon@\""), "what was typed is there: {}", refused.body);
    let mut last = StatusCode::OK;
    for _ in 0..20 {
        last = asked(&mut portal.browser(), UPN).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "nobody fills a mailbox");
    assert!(portal.mail().await.len() < 10);
}
