//! What anybody can write into an address or a header, and where pages lead when something
//! went wrong.

use axum::http::StatusCode;
use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{PASSWORD, Portal};
use crate::idp::{Idp, active_team, post_response};

on_both_databases!(
    no_date_and_no_cursor_in_an_address_breaks_a_page,
    a_proxy_names_the_client_with_a_port,
    a_failed_sign_in_starts_again_at_its_team,
    a_trial_says_in_which_folder_its_mail_is,
);

/// Days and moments at and beyond the ends of what chrono and the databases can hold.
const DATES: [&str; 8] = [
    "%2B262142-12-31",
    "-262143-01-01",
    "%2B10000-01-01",
    "9999-12-31",
    "3000-01-01",
    "0000-01-01",
    "1969-12-31",
    "99999999999999999999-01-01",
];

async fn no_date_and_no_cursor_in_an_address_breaks_a_page(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let mut support = portal.support("root@krisp.example", SupportRole::Administrator).await;
    let lists = ["/support/audit".to_owned(), "/support/sign-ins".to_owned()];
    let of_team = [format!("/teams/{slug}/audit"), format!("/teams/{slug}/sign-ins")];
    for date in DATES {
        for field in ["from", "until"] {
            for (list, browser) in lists.iter().map(|list| (list, true)).chain(of_team.iter().map(|list| (list, false)))
            {
                let browser = if browser { &mut support } else { &mut admin };
                let page = browser.get(&format!("{list}?{field}={date}")).await;
                assert!(
                    page.body.contains("Enter a day as year, month and day"),
                    "{list} {field} {date}: {}",
                    page.body
                );
                for ending in ["csv", "json", "jsonl"] {
                    let status = browser.get(&format!("{list}.{ending}?{field}={date}")).await.status;
                    assert!(status.is_client_error(), "{list}.{ending} {field} {date}: {status}");
                }
            }
        }
    }
    let id = "00000000-0000-0000-0000-000000000007";
    for at in ["8210266876799999", "8210266876799999999", "-8334601228800000", "9223372036854775807", "-1", "x"] {
        for older in [format!("{at}_{id}"), format!("{at}_9223372036854775807_{id}"), format!("{at}_-1_{id}")] {
            for list in &of_team {
                let page = admin.get(&format!("{list}?older={older}")).await;
                assert_eq!(page.status, StatusCode::OK, "{list} {older}");
                assert!(
                    !page.body.contains("Something failed on our side. Try again"),
                    "{list} {older}: {}",
                    page.body
                );
            }
        }
    }
}

async fn a_proxy_names_the_client_with_a_port(kind: DatabaseKind) {
    for (header, value) in [
        ("x-forwarded-for", "203.0.113.9, 198.51.100.7:4711"),
        ("x-real-ip", "198.51.100.7"),
        ("forwarded", "for=203.0.113.9, for=\"198.51.100.7:4711\";proto=https"),
    ] {
        let portal = Portal::with_config(kind, &format!("client_ip_header = \"{header}\"")).await;
        portal.signed_in("ada@contoso.com", None).await;
        let mut browser = portal.browser();
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), (header, value)];
        let fields = [("email", "ada@contoso.com"), ("password", PASSWORD)];
        let answer = browser.post_with("/api/accounts/sign_in", &headers, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let sessions = browser.get("/account/sessions").await.body;
        assert!(sessions.contains("198.51.100.7"), "{header}: {sessions}");
        assert!(!sessions.contains("203.0.113.9"), "clients write what comes before: {sessions}");
    }
}

async fn a_failed_sign_in_starts_again_at_its_team(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let at_team = format!("href=\"http://localhost:3000/sso/{slug}\"");

    let refused = post_response(&mut portal.browser(), &slug, "AAAA", None).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains(&at_team), "{}", refused.body);
    let late = portal.browser().get(&format!("/sso/{slug}/complete?code=x")).await;
    assert!(late.body.contains(&at_team), "{}", late.body);
    let unknown = portal.browser().get("/sso/contoso-222222").await;
    assert!(!unknown.body.contains("Start again"), "there is nowhere to begin: {}", unknown.body);

    let mut browser = portal.browser().at("198.51.100.7");
    let said = "too many sign-ins at the moment".to_owned();
    for (path, says) in [(format!("/sso/{slug}/complete?code=x"), at_team), ("/sso".to_owned(), said)] {
        let mut stopped = None;
        for _ in 0..2000 {
            let answer = browser.get(&path).await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                stopped = Some(answer);
                break;
            }
        }
        let stopped = stopped.unwrap_or_else(|| panic!("{path} was never refused"));
        assert!(stopped.body.contains(&says), "{path}: {}", stopped.body);
    }
}

async fn a_trial_says_in_which_folder_its_mail_is(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "data_dir = \"/srv/trial\"").await;
    for page in ["/signup/check-email", "/forgot-password/sent"] {
        let body = portal.browser().get(page).await.body;
        assert!(body.contains("/srv/trial/mail<"), "{page}: {body}");
    }
    let urls = "account_url = \"https://account.krisp.ai\"\napi_url = \"https://api.krisp.ai\"";
    let public = Portal::with_config(kind, &format!("data_dir = \"/srv/trial\"\n{urls}")).await;
    let body = public.browser().get("/forgot-password/sent").await.body;
    assert!(!body.contains("/srv/trial"), "no folder is anybody's business elsewhere: {body}");
}
