//! Anonymous traffic of every route, from one IPv6 network, from many addresses and at several
//! teams, asserting how much the database grows. `script/soak` runs it for a minute; in the
//! suite it runs for some seconds, with the clock of the portal a minute further at the end:
//! budgets that come back are spent, too.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::Timestamp;
use sea_orm::{ConnectionTrait as _, Statement};
use store::testing::DatabaseKind;
use store::{Db, on_both_databases};
use tokio::task::JoinSet;

use crate::harness::{Browser, PASSWORD, Portal};
use crate::idp::{Idp, active_team, post_response};
use crate::policy::table::{Access, FUNCTIONS, PAGES, ROUTES};

on_both_databases!(anonymous_traffic_of_every_route_stores_less_than_5_mb_a_minute);

/// What a minute may add.
const MOST: u64 = 5 * 1024 * 1024;
/// In the suite.
const SHORT: Duration = Duration::from_secs(8);
/// At a time.
const BROWSERS: usize = 6;
/// How often the portal's clock is moved on.
const STEPS: u32 = 12;

/// Bytes that the database takes.
async fn size(db: &Db) -> u64 {
    let backend = db.connection().get_database_backend();
    let sql = match backend {
        sea_orm::DbBackend::Postgres => "SELECT CAST(pg_database_size(current_database()) AS BIGINT) AS size",
        _ => "SELECT page_count * page_size AS size FROM pragma_page_count(), pragma_page_size()",
    };
    let row = db.connection().query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
    u64::try_from(row.try_get::<i64>("", "size").unwrap()).unwrap()
}

/// Every path that somebody not signed in may open, and what they may post to.
fn doors(slugs: &[String]) -> Vec<(bool, String)> {
    let public = |access: &Access| matches!(access, Access::Public(_));
    let mut doors = Vec::new();
    for slug in slugs {
        for page in PAGES.iter().chain(ROUTES) {
            let path =
                page.path.replace("{slug}", slug).replace("{step}", "urls").replace("{reference}", "SSO-2222-2222");
            let path = path.replace("{token}", &"A".repeat(43)).replace("{key}", "x");
            let query = format!("?token={}&code={}", "A".repeat(43), "B".repeat(43));
            doors.push((false, format!("{path}{query}")));
            doors.push((true, path));
        }
    }
    doors.extend(
        FUNCTIONS
            .iter()
            .filter(|function| public(&function.access))
            .map(|function| (true, format!("/api/{}", function.endpoint))),
    );
    doors
}

/// Opens every door, over and over, each time from another address.
async fn drive(
    portal_browser: Browser,
    doors: Vec<(bool, String)>,
    idp: Idp,
    slugs: Vec<String>,
    number: usize,
    now: Timestamp,
    until: Instant,
) -> usize {
    let mut asked = 0;
    let junk = "x".repeat(60_000);
    let long = "x".repeat(2_000);
    let rubbish = "QUJD".repeat(40_000);
    while Instant::now() < until {
        for (is_post, path) in &doors {
            asked += 1;
            let place = asked * BROWSERS + number;
            let ip = match place % 2 {
                // one network, and as many addresses as there are
                0 => format!("2001:db8:1:2::{:x}", place % 65_536),
                _ => format!("10.{}.{}.{}", place / 65_536 % 256, place / 256 % 256, place % 256),
            };
            let mut browser = portal_browser.clone().at(&ip);
            browser.cookies.clear();
            let email = format!("person{place}@contoso.com");
            if *is_post {
                let fields: &[(&str, &str)] = match place % 3 {
                    0 => &[("email", &email), ("password", PASSWORD), ("hint", "nobody"), ("code", "x")],
                    1 => &[("email", &junk), ("password", "x"), ("token", "x"), ("hint", &junk)],
                    _ => &[("email", &email), ("password", "violet tractor lunch"), ("SAMLRequest", "x")],
                };
                browser.post(path, fields).await;
            } else {
                let answer = browser.get(path).await;
                assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            }
            if place.is_multiple_of(7) {
                // an attempt of their own, answered with rubbish or a forgery, and rubbish that
                // answers nothing
                let slug = &slugs[asked % slugs.len()];
                let started = browser.get(&format!("/sso/{slug}?return_to=/{long}")).await;
                let to_idp = (started.status == StatusCode::SEE_OTHER).then(|| idp.asked(started.location()));
                let (response, state) = match to_idp {
                    Some(to_idp) if asked.is_multiple_of(2) => {
                        (idp.sign(&idp.options(&to_idp, "eve@contoso.com", now)), to_idp.relay_state)
                    }
                    Some(to_idp) => (rubbish.clone(), to_idp.relay_state),
                    None => (rubbish.clone(), None),
                };
                post_response(&mut browser, slug, &response, state.as_deref()).await;
                browser.get(&format!("/sso/nobody-{place:06}")).await;
            }
        }
    }
    asked
}

async fn anonymous_traffic_of_every_route_stores_less_than_5_mb_a_minute(kind: DatabaseKind) {
    let minute = std::env::var("SSO_PORTAL_SOAK_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let lasts = minute.map_or(SHORT, Duration::from_secs);
    let portal = Portal::start(kind).await;
    let mut slugs = Vec::new();
    for name in ["one", "two", "three"] {
        let idp = Idp::new(portal.now());
        let mut owner = portal.signed_in(&format!("{name}@contoso.com"), None).await;
        slugs.push(active_team(&portal, &mut owner, &idp).await);
    }
    portal.mail().await;
    let db = &portal.services.db;
    let before = size(db).await;
    let until = Instant::now() + lasts;
    let mut browsers = JoinSet::new();
    for number in 0..BROWSERS {
        let (browser, idp) = (portal.browser(), Idp::new(portal.now()));
        browsers.spawn(drive(browser, doors(&slugs), idp, slugs.clone(), number, portal.now(), until));
    }
    for _ in 0..STEPS {
        tokio::time::sleep(lasts / STEPS).await;
        portal.pass(TimeDelta::seconds(60 / i64::from(STEPS)));
    }
    let asked: usize = browsers.join_all().await.into_iter().sum();
    let grown = size(db).await.saturating_sub(before);
    eprintln!("{asked} requests, {grown} bytes");
    assert!(asked > 500, "{asked} requests are no traffic");
    assert!(grown > 0, "some of it is stored");
    assert!(grown < MOST, "{grown} bytes after {asked} requests");
}
