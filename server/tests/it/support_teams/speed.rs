//! How long the pages of the support desk take the server. `script/bench support` fills databases with as
//! many teams as a large vendor has and prints a table; in the suite the same pages are opened once, of a
//! few teams.

use std::time::{Duration, Instant};

use domain::attempts::{self, AttemptScope};
use domain::demo_data::{self, Amounts};
use model::SupportRole;
use model::attempts::AttemptFilter;
use model::support::TeamListFilter;
use store::on_both_databases;
use store::testing::Kind;

use super::page;
use crate::harness::{Browser, Portal};

on_both_databases!(every_page_of_the_support_desk_answers);

/// In the suite.
const FEW: Amounts = Amounts { teams: 120, people: 240, attempts: 480 };

/// What `script/bench support` asks for, if it asks.
fn asked(name: &str) -> Option<u32> {
    std::env::var(format!("SSO_PORTAL_BENCH_{name}")).ok()?.parse().ok()
}

async fn every_page_of_the_support_desk_answers(kind: Kind) {
    let is_bench = asked("TEAMS").is_some();
    let amounts = Amounts {
        teams: asked("TEAMS").unwrap_or(FEW.teams),
        people: asked("PEOPLE").unwrap_or(FEW.people),
        attempts: asked("ATTEMPTS").unwrap_or(FEW.attempts),
    };
    let portal = Portal::start(kind).await;
    let begun = Instant::now();
    demo_data::fill(&portal.services, amounts, |_| {}).await.unwrap();
    let filled = begun.elapsed();
    let mut support = portal.support("root@krisp.example", SupportRole::Administrator).await;
    let requests = if is_bench { asked("REQUESTS").unwrap_or(100) } else { 1 };
    let mut rows = Vec::new();
    for (what, path) in pages(&portal).await {
        let times = measure(&mut support, &path, requests).await;
        rows.push(format!("| {what} | {} | {} |", millis(&times, 50), millis(&times, 95)));
    }
    if is_bench {
        println!("\n{kind:?}: {amounts:?}, made in {} s; {requests} requests a page\n", filled.as_secs());
        println!("| page | p50 | p95 |\n| --- | --- | --- |\n{}", rows.join("\n"));
    }
}

/// Opens a page again and again; how long each time took, the shortest first.
async fn measure(support: &mut Browser, path: &str, requests: u32) -> Vec<Duration> {
    let mut times = Vec::new();
    for number in 0..requests {
        // what one address asks too often is refused
        let mut browser = support.clone().at(&format!("10.0.{}.{}", number / 250, number % 250 + 1));
        let begun = Instant::now();
        let answer = browser.get(path).await;
        times.push(begun.elapsed());
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{path}: {}", answer.status);
    }
    times.sort();
    times
}

fn millis(times: &[Duration], percent: usize) -> String {
    let place = (times.len() * percent / 100).min(times.len() - 1);
    format!("{:.1} ms", times[place].as_secs_f64() * 1_000.0)
}

/// Every page, by name and address.
async fn pages(portal: &Portal) -> Vec<(&'static str, String)> {
    let first = page(portal, &TeamListFilter::default()).await;
    let team = first.teams.iter().find(|team| team.certificate_ends_at.is_some()).unwrap();
    let name = team.name.split(' ').nth(2).unwrap().to_owned();
    let middle = page(
        portal,
        &TeamListFilter { sort: "last-sign-in".into(), state: "active".into(), ..TeamListFilter::default() },
    )
    .await;
    let (operator, scope) = (domain::Actor::operator(), AttemptScope::AllTeams);
    let attempts = attempts::list(&portal.services, &operator, &scope, AttemptFilter::default()).await.unwrap();
    let reference = attempts.attempts[0].reference.to_string();
    let list = |query: &str| format!("/support/teams?{query}");
    let mut pages = vec![
        ("support's first page", "/support".to_owned()),
        ("all teams, first page", "/support/teams".to_owned()),
        ("search: two letters", list("q=no")),
        ("search: one letter", list("q=c")),
        ("search: a word of every team", list("q=owner%40")),
        ("search: a number that one team has", list(&format!("q={name}"))),
        ("search: two words", list("q=north+software")),
        ("search: a frequent and a rare word", list(&format!("q=owner%40+{name}"))),
        ("search: slug", list(&format!("q={}", team.slug))),
        ("search: domain", list("q=north-airlines")),
        ("search: entity ID of no team", list("q=https%3A%2F%2Fsts.windows.net%2Fffffffff")),
        ("search: nothing found", list("q=zzzz")),
        ("search: a reference", list(&format!("q={reference}"))),
        ("state: active", list("state=active")),
        ("state: suspended", list("state=suspended")),
        ("waiting for us, longest first", list("waiting=support&sort=waiting")),
        ("waiting for them, longest first", list("waiting=team&sort=waiting")),
        ("certificate ends within 30 days", list("certificate=ends-soon")),
        ("certificate over", list("certificate=over")),
        ("failing", list("sign_ins=failing")),
        ("failing, suspended", list("sign_ins=failing&state=suspended")),
        ("no sign-in for 30 days", list("quiet=30")),
        ("identity provider: AD FS", list("provider=ad-fs")),
        ("identity provider that no team has", list("provider=shibboleth")),
        ("in set-up with a certificate (none)", list("state=draft&certificate=over")),
        ("sorted by last sign-in", list("sort=last-sign-in")),
        ("sorted by longest without a sign-in", list("sort=quiet")),
        ("two letters, filtered, sorted", list("q=no&state=active&certificate=ends-soon&sort=quiet")),
        ("a team", format!("/support/teams/{}", team.slug)),
        ("all sign-ins", "/support/sign-ins".to_owned()),
        ("failed sign-ins", "/support/sign-ins?outcome=failed".to_owned()),
    ];
    if let Some(after) = &middle.next {
        pages
            .push(("second page, sorted and filtered", list(&format!("sort=last-sign-in&state=active&after={after}"))));
    }
    pages
}
