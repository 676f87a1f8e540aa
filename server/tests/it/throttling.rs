//! Failed login throttling, and whom it must not stop.

use axum::http::StatusCode;
use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;
use tokio::task::JoinSet;

use crate::harness::{Answer, Browser, PASSWORD, Portal};

on_both_databases!(
    guesses_at_the_same_time_are_counted_one_by_one_on_every_replica,
    waits_double_say_how_long_and_end,
    known_and_unknown_addresses_wait_alike,
    an_address_in_other_letters_has_the_same_count,
    a_browser_that_the_account_knows_is_not_kept_out,
    a_device_cookie_is_of_no_use_elsewhere,
    a_reset_makes_the_browser_known,
    one_good_sign_in_does_not_clear_what_an_address_guessed_elsewhere,
    the_owner_is_told_of_a_burst_once_a_day,
    looking_for_links_is_counted_by_address,
    mail_to_one_address_is_limited_from_everywhere,
    too_many_requests_to_a_sign_on_address_get_429,
);

const EMAIL: &str = "ada@contoso.com";
const FETCH: [(&str, &str); 2] = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
/// Five are free, and the sixth makes the seventh wait.
const LOOKED_AT: usize = 6;

async fn guess(browser: &mut Browser, email: &str, password: &str) -> Answer {
    browser.post_with("/api/accounts/sign_in", &FETCH, &[("email", email), ("password", password)]).await
}

/// As many wrong guesses as are looked at, and one that is not.
async fn guess_until_stopped(browser: &mut Browser, email: &str) -> u64 {
    for number in 0..LOOKED_AT {
        let answer = guess(browser, email, "wrong horse battery").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{email} {number}: {}", answer.body);
    }
    let answer = guess(browser, email, "wrong horse battery").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{email}");
    answer.header("retry-after").parse().unwrap()
}

async fn guesses_at_the_same_time_are_counted_one_by_one_on_every_replica(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let replica = portal.replica().await;
    let mut guesses = JoinSet::new();
    for number in 0..20 {
        let mut browser = portal.browser().at(&format!("198.51.100.{number}"));
        if number % 2 == 0 {
            browser = replica.with_cookies_of(&browser);
        }
        guesses.spawn(async move { guess(&mut browser, EMAIL, "wrong horse battery").await.status });
    }
    let statuses = guesses.join_all().await;
    let looked_at = statuses.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
    let refused = statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
    assert_eq!((looked_at, refused), (LOOKED_AT, 20 - LOOKED_AT), "{statuses:?}");
}

async fn waits_double_say_how_long_and_end(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let mut browser = portal.browser();
    let mut wait = guess_until_stopped(&mut browser, EMAIL).await;
    let mut waits = vec![wait];
    while wait < 800 {
        portal.pass(TimeDelta::seconds(i64::try_from(wait).unwrap()));
        let looked_at = guess(&mut browser, EMAIL, "wrong horse battery").await;
        assert_eq!(looked_at.status, StatusCode::UNPROCESSABLE_ENTITY, "after the wait one may try again");
        let refused = guess(&mut browser, EMAIL, PASSWORD).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "even the right one is not looked at");
        wait = refused.header("retry-after").parse().unwrap();
        waits.push(wait);
    }
    assert_eq!(waits, [3, 5, 9, 17, 33, 65, 129, 257, 513, 901], "doubling, up to a quarter of an hour");
    let answer = browser.post("/api/accounts/sign_in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "901"));
    let page = answer.body;
    assert!(page.contains("Too many attempts. Wait 16 minutes"), "the page says how long: {page}");
    portal.pass(TimeDelta::minutes(15));
    assert_eq!(guess(&mut browser, EMAIL, PASSWORD).await.status, StatusCode::SEE_OTHER);
    guess_until_stopped(&mut portal.browser(), EMAIL).await;
}

async fn known_and_unknown_addresses_wait_alike(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let mut seen = Vec::new();
    for email in [EMAIL, "nobody@contoso.com", "not an address"] {
        let mut browser = portal.browser();
        let mut answers = Vec::new();
        for _ in 0..8 {
            let answer = guess(&mut browser, email, "wrong horse battery").await;
            let headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
            answers.push((answer.status, answer.body.replace(email, ""), headers));
        }
        seen.push(answers);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[1], seen[2]);
}

async fn an_address_in_other_letters_has_the_same_count(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let mut browser = portal.browser();
    for email in
        [EMAIL, "ADA@contoso.com", " ada@contoso.com ", "Ada@Contoso.Com", "ada@CONTOSO.com", "aDa@contoso.com"]
    {
        assert_eq!(guess(&mut browser, email, "wrong horse battery").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = guess(&mut browser, "adA@contoso.com", "wrong horse battery").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

async fn a_browser_that_the_account_knows_is_not_kept_out(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in(EMAIL, None).await;
    owner.post("/api/accounts/sign_out", &[]).await;
    assert!(owner.cookies.contains_key("device"), "{:?}", owner.cookies);
    guess_until_stopped(&mut portal.browser(), EMAIL).await;
    let mut elsewhere = portal.browser().at("198.51.100.7");
    assert_eq!(guess(&mut elsewhere, EMAIL, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);

    // the same network as whoever guesses, too
    assert_eq!(guess(&mut owner, EMAIL, PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert!(owner.cookies.contains_key("session"));
    let asked = owner.post("/api/accounts/forgot_password", &[("email", EMAIL)]).await;
    assert_eq!(asked.location(), "/forgot-password/sent");
    assert_eq!(guess(&mut elsewhere, EMAIL, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "others still wait");

    owner.post("/api/accounts/sign_out", &[]).await;
    let stolen = guess_until_stopped(&mut owner, EMAIL).await;
    assert_eq!(stolen, 3, "a browser that is known has no more guesses than others");
    portal.pass(TimeDelta::days(180));
    guess_until_stopped(&mut portal.browser(), EMAIL).await;
    assert_eq!(guess(&mut owner, EMAIL, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "known for 180 days");
}

async fn a_device_cookie_is_of_no_use_elsewhere(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let mut eve = portal.signed_in("eve@example.com", None).await;
    guess_until_stopped(&mut portal.browser(), EMAIL).await;
    assert_eq!(guess(&mut eve, EMAIL, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "another account's");
    let mut forged = portal.browser();
    for value in ["x".to_owned(), "A".repeat(43), String::new()] {
        forged.cookies.insert("device".to_owned(), value);
        assert_eq!(guess(&mut forged, EMAIL, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    }
    // one browser of several accounts keeps one cookie, and is known to each
    let before = eve.cookies["device"].to_owned();
    portal.pass(TimeDelta::minutes(15));
    assert_eq!(guess(&mut eve, EMAIL, PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(eve.cookies["device"], before);
    // a value that is not ours is not taken over
    let planted = forged.cookies.insert("device".to_owned(), "A".repeat(43));
    assert_eq!(guess(&mut forged, EMAIL, PASSWORD).await.status, StatusCode::SEE_OTHER, "{planted:?}");
    assert_ne!(forged.cookies["device"], "A".repeat(43));
}

async fn a_reset_makes_the_browser_known(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    guess_until_stopped(&mut portal.browser(), EMAIL).await;
    let mut owner = portal.browser();
    owner.post("/api/accounts/forgot_password", &[("email", EMAIL)]).await;
    let link = crate::harness::link(&portal.mail().await[0]);
    let token = link.rsplit_once("token=").unwrap().1;
    let password = "violet tractor lunch";
    owner.post("/api/accounts/reset_password", &[("token", token), ("password", password)]).await;
    assert_eq!(guess(&mut portal.browser(), EMAIL, password).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess(&mut owner, EMAIL, password).await.status, StatusCode::SEE_OTHER);
}

async fn one_good_sign_in_does_not_clear_what_an_address_guessed_elsewhere(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in("eve@example.com", None).await;
    let mut sprayer = portal.browser().at("2001:db8:1:2::1");
    for number in 0..30 {
        let answer = guess(&mut sprayer, &format!("person{number}@contoso.com"), "Summer2026").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    assert_eq!(guess(&mut sprayer, "eve@example.com", PASSWORD).await.status, StatusCode::SEE_OTHER);
    sprayer.cookies.clear();
    let last = guess(&mut sprayer, "person30@contoso.com", "Summer2026").await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut neighbour = portal.browser().at("2001:db8:1:2:ffff::2");
    let stopped = guess(&mut neighbour, "person31@contoso.com", "Summer2026").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS, "of IPv6 the network counts");
    let mut elsewhere = portal.browser().at("2001:db8:1:3::1");
    let other = guess(&mut elsewhere, "person31@contoso.com", "Summer2026").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn the_owner_is_told_of_a_burst_once_a_day(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let burst = async |count: usize| {
        let mut stranger = portal.browser().at("203.0.113.9");
        for _ in 0..count {
            portal.pass(TimeDelta::minutes(1));
            let answer = guess(&mut stranger, EMAIL, "wrong horse battery").await;
            assert!(answer.status.is_client_error());
        }
    };
    burst(6).await;
    portal.pass(TimeDelta::minutes(5));
    burst(3).await;
    assert!(portal.mail().await.is_empty(), "nine are no burst");
    for _ in 0..4 {
        portal.pass(TimeDelta::minutes(15));
        burst(1).await;
    }
    let mails = portal.mail().await;
    assert_eq!((mails.len(), mails[0].recipient.as_str()), (1, EMAIL));
    let text = &mails[0].text_body;
    assert!(text.contains("- 23 November 2026, 12:") && text.contains("from 203.0.113.9"), "{text}");
    assert_eq!(text.matches("203.0.113.9").count(), 10, "{text}");
    assert!(text.contains("If it was not you") && !text.contains("wrong horse"), "{text}");
    portal.pass(TimeDelta::hours(25));
    burst(6).await;
    for _ in 0..4 {
        portal.pass(TimeDelta::minutes(15));
        burst(1).await;
    }
    assert_eq!(portal.mail().await.len(), 1, "a day later it is told again");
    burst(3).await;
    for _ in 0..12 {
        guess(&mut portal.browser(), "nobody@contoso.com", "wrong horse battery").await;
    }
    assert!(portal.mail().await.is_empty());
}

async fn looking_for_links_is_counted_by_address(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser();
    let pages = [
        "/reset-password?token=",
        "/account/email/confirm?token=",
        "/account/email/undo?token=",
        "/support/first-account?token=",
    ];
    let mut stopped = None;
    for number in 0..40 {
        let guess = format!("{number:0>42}A");
        assert_eq!(browser.get("/reset-password?token=no-token-at-all").await.status, StatusCode::OK, "is no guess");
        let page = browser.get(&format!("{}{guess}", pages[number % pages.len()])).await;
        if page.status == StatusCode::TOO_MANY_REQUESTS {
            stopped = Some((number, page.header("retry-after").to_owned()));
            break;
        }
    }
    assert_eq!(stopped, Some((31, "3".to_owned())));
    let elsewhere = portal.browser().at("198.51.100.7").get(&format!("/reset-password?token={}", "0".repeat(43))).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
}

async fn mail_to_one_address_is_limited_from_everywhere(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let endpoints = ["sign_up", "forgot_password", "resend_verification"];
    let mut statuses = Vec::new();
    for number in 0..9 {
        let path = format!("/api/accounts/{}", endpoints[number % 3]);
        let mut browser = portal.browser().at(&format!("198.51.100.{number}"));
        let answer = browser.post_with(&path, &FETCH, &[("email", EMAIL), ("password", PASSWORD)]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
        }
        statuses.push(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(statuses, [false, false, false, false, true, true, true, true, true]);
    assert_eq!(portal.mail().await.len(), 4);
    let mut other = portal.browser();
    let answer = other.post("/api/accounts/forgot_password", &[("email", "grace@contoso.com")]).await;
    assert_eq!(answer.location(), "/forgot-password/sent", "others are not stopped by it");
}

async fn too_many_requests_to_a_sign_on_address_get_429(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let acs = "/v2/auth/sso/saml/contoso-7k2m9q";
    let gets = [
        "/sso".to_owned(),
        "/sso/contoso-7k2m9q".to_owned(),
        "/sso/contoso-7k2m9q/complete?code=x".to_owned(),
        "/sso/contoso-7k2m9q/continue?code=x".to_owned(),
        acs.to_owned(),
        format!("{acs}/metadata"),
        format!("{acs}/logout"),
    ];
    let posts = ["/sso", "/sso/contoso-7k2m9q/continue", acs, &format!("{acs}/logout")];
    let mut browser = portal.browser();
    let requests = gets.iter().map(|path| (false, &**path)).chain(posts.iter().map(|path| (true, *path)));
    for (is_post, path) in requests {
        let mut stopped = None;
        for _ in 0..2000 {
            let answer = if is_post { browser.post(path, &[]).await } else { browser.get(path).await };
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                stopped = Some(answer);
                break;
            }
        }
        let stopped = stopped.unwrap_or_else(|| panic!("{path} was never refused"));
        assert!(stopped.header("retry-after").parse::<u64>().unwrap() > 0, "{path}");
        assert!(stopped.body.contains("Too many") || stopped.body.contains("too many"), "{path}: {}", stopped.body);
    }
    let mut elsewhere = portal.browser().at("198.51.100.7");
    assert_eq!(elsewhere.get("/sso").await.status, StatusCode::OK, "others go on");
}
