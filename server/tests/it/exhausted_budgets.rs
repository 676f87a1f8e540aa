//! What still works, and what is said, once somebody has used a budget of rows up.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait, PaginatorTrait as _, QueryFilter as _};
use store::entities::{attempt_documents, attempts, limits, swept_attempts};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, PASSWORD, Portal};
use crate::idp::{Idp, active_team, configured_team, post_response};

on_both_databases!(
    a_right_password_signs_in_when_strangers_have_used_all_counts_up,
    strangers_rubbish_does_not_thin_out_an_administrators_test,
    tests_of_many_teams_together_stay_small,
    the_newest_tests_are_kept_and_the_rest_counted,
    a_form_that_cannot_be_kept_gets_429_and_a_page,
    an_account_that_wrote_too_much_can_still_shut_an_intruder_out,
    lists_of_email_domains_are_bounded_in_the_audit_trail,
);

const EMAIL: &str = "ada@contoso.com";
const WRONG: &str = "wrong horse battery";

async fn guess(browser: &mut Browser, email: &str, password: &str) -> StatusCode {
    let headers = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    browser.post_with("/api/accounts/sign_in", &headers, &[("email", email), ("password", password)]).await.status
}

#[track_caller]
fn assert_limited(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(answer.header("location"), "");
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.body.contains("Nothing was changed") && answer.body.contains("go back to it"), "{}", answer.body);
}

/// Looks for mailed links that are not there, from many addresses: each is a count.
async fn use_up_strangers_counts(portal: &Portal) {
    for number in 0..820 {
        let mut browser = portal.browser().at(&format!("10.3.{}.{}", number / 250, number % 250));
        browser.get(&format!("/reset-password?token={number:0>42}A")).await;
    }
    let db = portal.services.db.connection();
    let written = limits::Entity::find().filter(limits::Column::Purpose.eq("link")).count(db).await.unwrap();
    assert!(written <= 800, "{written}");
}

async fn a_right_password_signs_in_when_strangers_have_used_all_counts_up(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    portal.signed_in("grace@contoso.com", None).await;
    use_up_strangers_counts(&portal).await;
    let mut owner = portal.browser().at("198.51.100.7");
    assert_eq!(guess(&mut owner, EMAIL, PASSWORD).await, StatusCode::SEE_OTHER);
    // guesses are counted all the same, at accounts that exist and at those that do not
    for email in ["grace@contoso.com", "nobody@contoso.com"] {
        let mut statuses = Vec::new();
        for number in 0..8 {
            let mut stranger = portal.browser().at(&format!("203.0.113.{number}"));
            statuses.push(guess(&mut stranger, email, WRONG).await);
        }
        assert_eq!(statuses[..6], [StatusCode::UNPROCESSABLE_ENTITY; 6], "{email}");
        assert_eq!(statuses[6..], [StatusCode::TOO_MANY_REQUESTS; 2], "{email}");
    }
    // and once there is room again nobody begins anew
    portal.pass(TimeDelta::minutes(1));
    let mut stranger = portal.browser().at("203.0.113.99");
    assert_eq!(guess(&mut stranger, "grace@contoso.com", WRONG).await, StatusCode::UNPROCESSABLE_ENTITY);
    let again = guess(&mut stranger, "grace@contoso.com", WRONG).await;
    assert_eq!(again, StatusCode::TOO_MANY_REQUESTS, "the count was taken along");
}

async fn strangers_rubbish_does_not_thin_out_an_administrators_test(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    for number in 0..200 {
        let mut stranger = portal.browser().at(&format!("10.2.0.{number}"));
        post_response(&mut stranger, &slug, "cnViYmlzaA==", None).await;
    }
    let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
    let mut options = idp.options(&asked, EMAIL, portal.now());
    options.audience = "somebody-else".into();
    let answer = post_response(&mut admin, &slug, &idp.sign(&options), asked.relay_state.as_deref()).await;
    let report = admin.follow(answer.location()).await.body;
    for words in ["The assertion is meant for another application", "somebody-else", "bytes"] {
        assert!(report.contains(words), "{words}: {report}");
    }
    let db = portal.services.db.connection();
    let test = attempts::Entity::find().filter(attempts::Column::IsTest.eq(true)).one(db).await.unwrap().unwrap();
    let responses = attempt_documents::Entity::find()
        .filter(attempt_documents::Column::AttemptId.eq(test.id))
        .filter(attempt_documents::Column::Kind.eq("response"));
    assert_eq!(responses.count(db).await.unwrap(), 1, "its XML, too");
}

/// A text that does not get much smaller by being compressed.
fn incompressible(length: usize) -> String {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'A' + u8::try_from(state >> 27).unwrap())
    };
    (0..length).map(|_| next()).collect()
}

async fn tests_of_many_teams_together_stay_small(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let padding = incompressible(100_000);
    for account in 0..8 {
        let mut admin = portal.signed_in(&format!("eve{account}@example.com"), None).await;
        let slug = configured_team(&portal, &mut admin, &idp).await;
        for _ in 0..10 {
            let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
            let mut options = idp.options(&asked, EMAIL, portal.now());
            options.claims[0].values = vec![padding.clone()];
            post_response(&mut admin, &slug, &idp.sign(&options), asked.relay_state.as_deref()).await;
        }
    }
    let db = portal.services.db.connection();
    let documents = attempt_documents::Entity::find().filter(attempt_documents::Column::Kind.eq("response"));
    let xml: usize = documents.all(db).await.unwrap().iter().map(|document| document.sealed.len()).sum();
    assert!((100_000..=2_200_000).contains(&xml), "{xml} bytes of XML");
    let ended = attempts::Entity::find().all(db).await.unwrap();
    let claims: usize = ended.iter().filter_map(|test| Some(test.claims.as_ref()?.to_string().len())).sum();
    assert!((100_000..=400 * 4_096).contains(&claims), "{claims} bytes of claims");
}

async fn the_newest_tests_are_kept_and_the_rest_counted(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    for number in 0..210 {
        if number >= 60 {
            portal.pass(TimeDelta::seconds(3));
        }
        admin.get(&format!("/teams/{slug}/setup/test/start")).await.location();
    }
    portal.pass(TimeDelta::minutes(11));
    admin.get(&format!("/teams/{slug}/setup/test/start")).await.location();
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    let db = portal.services.db.connection();
    assert_eq!(attempts::Entity::find().count(db).await.unwrap(), 201, "the newest, and one that is under way");
    let swept = swept_attempts::Entity::find().all(db).await.unwrap();
    assert_eq!(swept.iter().map(|row| row.count).collect::<Vec<_>>(), [10]);
}

async fn a_form_that_cannot_be_kept_gets_429_and_a_page(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let fields = [("slug", &*slug), ("email_domains", "no domain")];
    for _ in 0..60 {
        admin.post("/api/setup/save_email_domains", &fields).await.location();
    }
    assert_limited(&admin.post("/api/setup/save_email_domains", &fields).await);
    let headers =
        [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("referer", "http://localhost:3000/teams")];
    assert_limited(&admin.post_with("/api/setup/save_email_domains", &headers, &fields).await);
    assert_limited(&admin.upload(&slug, &[("a.cer", b"no certificate")]).await);
    let json = ("accept", "application/json");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let body = format!("slug={slug}&email_domains=no+domain");
    let ours = ("sec-fetch-site", "same-origin");
    let answer = admin.request(Method::POST, "/api/setup/save_email_domains", &[json, form, ours], &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "programs are told what is wrong: none is kept");
}

/// Lists of domains as long as they may be, one after the other.
fn long_list(number: usize) -> String {
    (0..120).map(|domain| format!("d{number:04}x{domain:04}.of-contoso-corp.com")).collect::<Vec<_>>().join(",")
}

/// Changes the list until no more is written down of the account; how often it was.
async fn use_up_own_events(admin: &mut Browser, slug: &str) -> usize {
    for number in 0..400 {
        let list = long_list(number);
        let answer = admin.post("/api/setup/save_email_domains", &[("slug", slug), ("email_domains", &list)]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return number;
        }
    }
    panic!("never refused");
}

async fn an_account_that_wrote_too_much_can_still_shut_an_intruder_out(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in(EMAIL, None).await;
    let mut intruder = portal.browser().at("198.51.100.7");
    intruder.sign_in(EMAIL).await;
    let slug = portal.team(&mut intruder, "Contoso").await;
    use_up_own_events(&mut intruder, &slug).await;
    assert_eq!(owner.post("/api/sessions/end_others", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(intruder.get("/account").await.status.is_redirection(), "is signed out");
    let fields = [("current", PASSWORD), ("password", "violet tractor lunch")];
    let changed = owner.post("/api/accounts/change_password", &fields).await;
    assert!(changed.location().starts_with("/account?"), "{}", changed.location());
    assert_eq!(owner.post("/api/accounts/sign_out", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(owner.get("/account").await.status.is_redirection());
}

async fn lists_of_email_domains_are_bounded_in_the_audit_trail(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let too_long = (0..10).map(long_list).collect::<Vec<_>>().join(",");
    let answer = admin.post("/api/setup/save_email_domains", &[("slug", &slug), ("email_domains", &too_long)]).await;
    let page = admin.follow(answer.location()).await.body;
    assert!(page.contains("Enter domains such as contoso.com"), "{page}");
    let saved = use_up_own_events(&mut admin, &slug).await;
    assert!((90..=160).contains(&saved), "each pays for its size: {saved}");
    let events = store::testing::audit_events(&portal.services.db).await;
    let sizes = events
        .iter()
        .map(|event| [&event.before_value, &event.after_value].into_iter().flatten().map(String::len).sum::<usize>());
    let sizes: Vec<_> = sizes.collect();
    assert!(sizes.iter().all(|size| *size <= 10 * 1024), "{sizes:?}");
    assert!(sizes.iter().sum::<usize>() <= 300 * 4 * 1024, "{sizes:?}");
}
