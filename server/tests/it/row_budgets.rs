//! What somebody without rights can make the portal store is bounded: by the address it comes
//! from, by the team it is for, and in total.

use axum::http::StatusCode;
use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait, PaginatorTrait as _, QueryFilter as _};
use store::entities::{
    account_sessions, accounts, attempt_documents, attempts, form_states, known_devices, limits, outbox,
    swept_attempts, teams,
};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, active_team, post_response};

on_both_databases!(
    refused_forms_are_bounded_from_one_address_and_from_many,
    no_form_is_kept_where_the_answer_is_429_or_sign_in_first,
    a_long_form_says_what_is_wrong_and_keeps_what_is_short,
    one_network_opens_no_more_sign_ins_than_a_team_has_places,
    one_network_keeps_nobody_else_out,
    one_network_keeps_nobody_out_of_other_teams,
    a_company_behind_one_address_gets_in_at_nine,
    unknown_teams_are_limited_and_cost_no_row,
    rubbish_at_a_reply_url_is_bounded_by_size_and_number,
    an_account_creates_twenty_teams_a_day,
    made_up_names_leave_few_counts,
    an_account_has_no_more_sessions_and_browsers_than_people_have,
    the_newest_that_never_came_back_are_kept_and_the_rest_counted,
    unconfirmed_accounts_and_old_mail_go,
    every_post_is_limited_and_says_when_to_come_again,
);

async fn rows<E: EntityTrait<Model: Send + Sync>>(portal: &Portal) -> u64 {
    E::find().count(portal.services.db.connection()).await.unwrap()
}

/// Limited, and says for how long.
#[track_caller]
fn assert_limited(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    assert!(answer.body.contains("Too many"), "{}", answer.body);
}

/// An address of one IPv6 network, another each time.
fn in_one_network(number: usize) -> String {
    format!("2001:db8:1:2::{number:x}")
}

async fn team(portal: &Portal, idp: &Idp) -> String {
    let mut owner = portal.signed_in("owner@contoso.com", None).await;
    active_team(portal, &mut owner, idp).await
}

async fn refused_forms_are_bounded_from_one_address_and_from_many(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let long = "x".repeat(60_000);
    let mut kept = 0;
    for number in 0..1_000 {
        let mut browser = portal.browser().at(&in_one_network(number));
        let answer = browser.post("/api/accounts/forgot_password", &[("email", &long)]).await;
        if answer.status == StatusCode::SEE_OTHER {
            kept += 1;
        } else {
            assert_limited(&answer);
        }
    }
    assert_eq!((kept, rows::<form_states::Entity>(&portal).await), (30, 30));
    for number in 0..300 {
        let mut browser = portal.browser().at(&format!("10.1.{}.{}", number / 250, number % 250));
        browser.post("/api/accounts/forgot_password", &[("email", "not an address")]).await;
    }
    assert_eq!(rows::<form_states::Entity>(&portal).await, 80, "all addresses together");
    let states = form_states::Entity::find().all(portal.services.db.connection()).await.unwrap();
    assert!(states.iter().all(|state| state.state.to_string().len() <= 4_096));
    portal.pass(TimeDelta::minutes(1));
    let answer = portal.browser().post("/api/accounts/forgot_password", &[("email", "x")]).await;
    assert_eq!(answer.location(), "/forgot-password", "a minute later there is room");
}

async fn no_form_is_kept_where_the_answer_is_429_or_sign_in_first(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser();
    let fields = [("email", "ada@contoso.com"), ("password", "wrong horse battery")];
    for _ in 0..6 {
        browser.post("/api/accounts/sign_in", &fields).await.location();
    }
    let before = rows::<form_states::Entity>(&portal).await;
    assert_limited(&browser.post("/api/accounts/sign_in", &fields).await);
    // as browsers do, which Leptos would send back to where they come from
    let headers =
        [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("referer", "http://localhost:3000/login")];
    let limited = browser.post_with("/api/accounts/sign_in", &headers, &fields).await;
    assert_limited(&limited);
    assert_eq!(limited.header("location"), "");
    let answer = browser.post("/api/teams/create", &[("name", "Contoso")]).await;
    assert!(answer.location().starts_with("/login"));
    assert_eq!(rows::<form_states::Entity>(&portal).await, before);
}

async fn a_long_form_says_what_is_wrong_and_keeps_what_is_short(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in("owner@contoso.com", None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    let text = "no certificate ".repeat(4_000);
    let fields = [("text", &*text), ("metadata_url", "http://idp.example/metadata.xml")];
    let answer = owner.type_certificates(&slug, &fields).await;
    let page = owner.follow(answer.location()).await.body;
    assert!(page.contains("http://idp.example/metadata.xml"), "{page}");
    assert!(page.contains("error-summary") || page.contains("field__error"), "{page}");
    assert!(!page.contains("no certificate no certificate"));
}

async fn one_network_opens_no_more_sign_ins_than_a_team_has_places(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let slug = team(&portal, &idp).await;
    let mut started = 0;
    for number in 0..1_000 {
        let answer = portal.browser().at(&in_one_network(number)).get(&format!("/sso/{slug}")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert_limited(&answer);
        } else {
            answer.location();
            started += 1;
        }
    }
    assert!((500..=520).contains(&started), "{started}");
    assert_eq!(rows::<attempts::Entity>(&portal).await, started);
}

async fn one_network_keeps_nobody_else_out(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let slug = team(&portal, &idp).await;
    let (mut attacker, mut refused) = (portal.browser().at("203.0.113.9"), 0);
    for _ in 0..20 {
        // as fast as one address may
        portal.pass(TimeDelta::seconds(10));
        for _ in 0..50 {
            let answer = attacker.get(&format!("/sso/{slug}")).await;
            refused += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        }
    }
    assert!(refused > 0);
    let mut person = portal.browser().at("198.51.100.7");
    let answer = crate::idp::sign_in(&portal, &mut person, &slug, &idp, "ada@contoso.com").await;
    assert_eq!(answer.location(), "/me");
}

async fn one_network_keeps_nobody_out_of_other_teams(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("owner@contoso.com", None).await;
    let first = active_team(&portal, &mut owner, &idp).await;
    let second = active_team(&portal, &mut owner, &idp).await;
    let (mut attacker, mut refused) = (portal.browser().at("203.0.113.9"), 0);
    for number in 0..600 {
        let slug = if number % 2 == 0 { &first } else { &second };
        let answer = attacker.get(&format!("/sso/{slug}")).await;
        refused += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0, "what strangers have in common is used up");
    for address in ["198.51.100.7", "192.0.2.77", "2001:db8:9::1"] {
        let mut person = portal.browser().at(address);
        let answer = crate::idp::sign_in(&portal, &mut person, &second, &idp, "ada@contoso.com").await;
        assert_eq!(answer.location(), "/me", "{address}");
    }
}

async fn a_company_behind_one_address_gets_in_at_nine(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let slug = team(&portal, &idp).await;
    let mut begun = Vec::new();
    for _ in 0..500 {
        let mut browser = portal.browser();
        let location = browser.get(&format!("/sso/{slug}")).await.location().to_owned();
        begun.push((browser, location));
    }
    for (number, (mut browser, location)) in begun.into_iter().enumerate() {
        let asked = idp.asked(&location);
        let response = idp.sign(&idp.options(&asked, &format!("person{number}@contoso.com"), portal.now()));
        let received = post_response(&mut browser, &slug, &response, asked.relay_state.as_deref()).await;
        let complete = received.location().to_owned();
        assert_eq!(browser.follow(&complete).await.location(), "/me", "{number}");
    }
    // who came back has made room
    portal.pass(TimeDelta::minutes(1));
    for _ in 0..500 {
        portal.browser().get(&format!("/sso/{slug}")).await.location();
    }
}

async fn unknown_teams_are_limited_and_cost_no_row(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut limited = 0;
    for number in 0..600 {
        let mut browser = portal.browser().at(&in_one_network(number));
        let slug = format!("nobody-{number:06}");
        for path in [format!("/sso/{slug}"), format!("/sso/{slug}/complete?code=x")] {
            let answer = browser.get(&path).await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                assert_limited(&answer);
                limited += 1;
            }
        }
        post_response(&mut browser, &slug, "rubbish", None).await;
    }
    assert!(limited > 1_100, "{limited}");
    assert_eq!(rows::<attempts::Entity>(&portal).await, 0);
}

async fn rubbish_at_a_reply_url_is_bounded_by_size_and_number(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let slug = team(&portal, &idp).await;
    let rubbish = "QUJD".repeat(60_000);
    for number in 0..300 {
        let mut browser = portal.browser().at(&format!("10.2.{}.{}", number / 250, number % 250));
        post_response(&mut browser, &slug, &rubbish, None).await;
        // and with an attempt of its own
        let started = browser.get(&format!("/sso/{slug}")).await;
        let state = idp.asked(started.location()).relay_state;
        let refused = post_response(&mut browser, &slug, &rubbish, state.as_deref()).await;
        assert!(refused.status.is_client_error(), "{}", refused.status);
    }
    let strays = attempts::Entity::find().filter(attempts::Column::InitiatedBy.eq("unmatched"));
    let db = portal.services.db.connection();
    assert!(strays.count(db).await.unwrap() <= 100);
    let documents = attempt_documents::Entity::find().filter(attempt_documents::Column::Kind.eq("response"));
    let kept: usize = documents.all(db).await.unwrap().iter().map(|document| document.sealed.len()).sum();
    assert!(kept <= 600 * 1024, "{kept} bytes of XML");
    let failed = attempts::Entity::find().filter(attempts::Column::Status.eq("failed"));
    assert!(failed.count(db).await.unwrap() >= 300, "how each sign-in ended is known all the same");
}

async fn an_account_creates_twenty_teams_a_day(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut eve = portal.signed_in("eve@example.com", None).await;
    let create = async |browser: &mut Browser| browser.post("/api/teams/create", &[("name", "Contoso")]).await;
    for number in 0..60 {
        let answer = create(&mut eve).await;
        if number < 20 {
            assert!(answer.location().starts_with("/teams/"), "{number}");
        } else {
            assert_limited(&answer);
        }
    }
    assert_eq!(rows::<teams::Entity>(&portal).await, 20);
    let replica = portal.replica().await;
    assert_limited(&create(&mut replica.with_cookies_of(&eve)).await);
    let mut ada = portal.signed_in("ada@contoso.com", None).await;
    assert!(create(&mut ada).await.location().starts_with("/teams/"), "others are not stopped by it");
    portal.pass(TimeDelta::days(1));
    eve.sign_in("eve@example.com").await;
    assert!(create(&mut eve).await.location().starts_with("/teams/"), "a day later");
}

async fn made_up_names_leave_few_counts(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut statuses = Vec::new();
    for number in 0..1_200 {
        let mut browser = portal.browser().at(&format!("10.3.{}.{}", number / 250, number % 250));
        let email = format!("person{number}@contoso.com");
        statuses.push(browser.post("/api/accounts/forgot_password", &[("email", &email)]).await.status);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS));
    assert!(rows::<limits::Entity>(&portal).await <= 1_600);
    let db = portal.services.db.connection();
    let events = store::testing::audit_events(&portal.services.db).await;
    assert!(events.len() <= 310, "{}", events.len());
    assert_eq!(outbox::Entity::find().count(db).await.unwrap(), 0, "none of them has an account");
}

async fn an_account_has_no_more_sessions_and_browsers_than_people_have(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let first = portal.signed_in("eve@example.com", None).await;
    let sign_in = async || {
        let fields = [("email", "eve@example.com"), ("password", crate::harness::PASSWORD)];
        portal.browser().post("/api/accounts/sign_in", &fields).await
    };
    let mut begun = 1;
    for _ in 0..70 {
        // browsers are told apart by when they came
        portal.pass(TimeDelta::milliseconds(10));
        let answer = sign_in().await;
        if answer.status == StatusCode::SEE_OTHER {
            begun += 1;
        } else {
            assert_limited(&answer);
        }
    }
    assert_eq!(begun, 60);
    assert_eq!(rows::<account_sessions::Entity>(&portal).await, 60);
    assert_eq!(rows::<known_devices::Entity>(&portal).await, 50);
    assert_eq!(first.clone().get("/account").await.status, StatusCode::OK, "who is signed in stays so");
    portal.pass(TimeDelta::minutes(1));
    sign_in().await.location();
}

async fn the_newest_that_never_came_back_are_kept_and_the_rest_counted(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("owner@contoso.com", None).await;
    let slug = active_team(&portal, &mut owner, &idp).await;
    let mut stranger = portal.browser().at("203.0.113.9");
    for _ in 0..310 {
        stranger.get(&format!("/sso/{slug}")).await.location();
    }
    let done = crate::idp::sign_in(&portal, &mut portal.browser(), &slug, &idp, "ada@contoso.com").await;
    assert_eq!(done.location(), "/me");
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    assert_eq!(rows::<attempts::Entity>(&portal).await, 311, "nothing that may still come back goes");
    portal.pass(TimeDelta::minutes(11));
    let newest = stranger.get(&format!("/sso/{slug}")).await;
    newest.location();
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    assert_eq!(rows::<attempts::Entity>(&portal).await, 302, "300, who came back, and who is away");
    let swept = swept_attempts::Entity::find().all(portal.services.db.connection()).await.unwrap();
    assert_eq!(swept.iter().map(|row| row.count).collect::<Vec<_>>(), [10]);
    let page = owner.get(&format!("/teams/{slug}/sign-ins")).await.body;
    assert!(
        page.contains("10 older sign-ins are counted here but no longer listed: sign-ins that never came back"),
        "{page}"
    );
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    assert_eq!(rows::<attempts::Entity>(&portal).await, 302, "once");
}

async fn unconfirmed_accounts_and_old_mail_go(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let sign_up = [("email", "ada@contoso.com")];
    portal.signed_in("owner@contoso.com", None).await;
    portal.browser().post("/api/accounts/sign_up", &sign_up).await.location();
    assert_eq!(portal.mail().await.len(), 1);
    portal.pass(TimeDelta::days(6) + TimeDelta::hours(20));
    // signs up again, a moment before the week is over: the new link works for its whole day
    portal.browser().post("/api/accounts/sign_up", &sign_up).await.location();
    portal.pass(TimeDelta::hours(10));
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    assert_eq!(rows::<accounts::Entity>(&portal).await, 2);
    portal.pass(TimeDelta::hours(15));
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    let left = accounts::Entity::find().all(portal.services.db.connection()).await.unwrap();
    assert_eq!(left.iter().map(|account| &*account.email).collect::<Vec<_>>(), ["owner@contoso.com"]);
    let report = domain::audit::verify(&portal.services, &domain::Actor::operator(), &[]).await.unwrap();
    assert!(report.is_whole(), "the trail is as it was");

    assert_eq!(rows::<outbox::Entity>(&portal).await, 2, "the second was not sent yet");
    portal.mail().await;
    portal.pass(TimeDelta::days(30));
    domain::sweep::delete_expired(&portal.services).await.unwrap();
    assert_eq!(rows::<outbox::Entity>(&portal).await, 0);
}

async fn every_post_is_limited_and_says_when_to_come_again(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let paths = ["/me/sign-out", "/api/forms/take", "/api/accounts/password_strength", "/teams/x/setup/certificates"];
    for (number, path) in paths.into_iter().enumerate() {
        let mut stopped = None;
        for address in 0..1_300 {
            let ip = format!("2001:db8:{number}:9::{address:x}");
            let answer = portal.browser().at(&ip).post(path, &[("name", "x")]).await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                stopped = Some(answer);
                break;
            }
        }
        assert_limited(&stopped.unwrap_or_else(|| panic!("{path} was never refused")));
    }
}
