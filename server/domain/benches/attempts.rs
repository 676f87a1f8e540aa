//! The list of sign-ins at a million attempts, as its pages ask for it: on SQLite, and on
//! PostgreSQL where `SSO_PORTAL_TEST_POSTGRES` names a server (`script/bench` sees to that).
#![expect(clippy::unwrap_used, reason = "in a benchmark, failing is the point")]

mod support;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use criterion::{Criterion, criterion_group, criterion_main};
use domain::attempts::{AttemptScope, list, report};
use domain::clock::Clock;
use domain::{Actor, Services};
use model::attempts::AttemptFilter;
use model::ids::{PersonId, TeamId};
use model::sign_in::Profile;
use model::{FindingCode, Reference, TeamStatus, Timestamp};
use sea_orm::EntityTrait as _;
use store::attempts::{Attempt, AttemptStatus, NewAttempt, open};
use store::entities::{self, attempts};
use store::people::{self, Person};
use store::teams::{self, Team};
use store::testing::{DatabaseKind, fresh};
use tokio::runtime::Runtime;
use uuid::Uuid;

const ATTEMPTS: u32 = 1_000_000;
/// Half of all attempts are the first team's.
const TEAMS: u32 = 200;
/// A multiple of the teams, so that each person is of one team.
const PEOPLE: u32 = 5_000;
/// One statement's; SQLite binds 32,766 values at most, and an attempt has 39.
const BATCH: u32 = 800;

struct FixedClock(Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

async fn services(kind: DatabaseKind) -> (Services, store::testing::TestDb) {
    let test = fresh(kind).await;
    let services = support::services(&test, Arc::new(FixedClock(start()))).await;
    (services, test)
}

fn start() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn slug(team: u32) -> String {
    format!("team-{team}-bench2")
}

async fn fill(services: &Services) {
    let db = &services.db.autocommit();
    for team in 0..TEAMS {
        let row = Team {
            id: team_id(team),
            slug: slug(team).parse().unwrap(),
            name: format!("Team {team}"),
            status: TeamStatus::Active,
            status_words: None,
            submitted_at: None,
            created_at: start(),
            second_factor_required: false,
            is_vendor: false,
            vendor_roles: None,
            identity_provider: None,
        };
        teams::insert(db, row).await.unwrap();
    }
    let batch = usize::try_from(BATCH).unwrap();
    for first in (0..PEOPLE).step_by(batch) {
        let rows = (first..PEOPLE.min(first + BATCH)).map(|number| entities::people::ActiveModel::from(person(number)));
        entities::people::Entity::insert_many(rows).exec_without_returning(db).await.unwrap();
    }
    for first in (0..ATTEMPTS).step_by(batch) {
        let rows = (first..ATTEMPTS.min(first + BATCH)).map(|number| attempts::ActiveModel::from(attempt(number)));
        attempts::Entity::insert_many(rows).exec_without_returning(db).await.unwrap();
    }
    // the planner's statistics, which PostgreSQL gathers by itself after a while and SQLite
    // does without
    sea_orm::ConnectionTrait::execute_unprepared(db, "ANALYZE").await.unwrap();
}

fn team_id(team: u32) -> TeamId {
    Uuid::from_u128(u128::from(team) + 1).into()
}

/// The team that an attempt or a person of this number is of.
fn team_of(number: u32) -> TeamId {
    team_id(if number.is_multiple_of(2) { 0 } else { number % TEAMS })
}

fn person_id(number: u32) -> PersonId {
    Uuid::from_u128((u128::from(number) << 64) + 9).into()
}

fn person(number: u32) -> Person {
    let name_id = format!("person{number}@contoso.com");
    let profile = Profile { email: name_id.parse().ok(), ..Profile::default() };
    Person {
        id: person_id(number),
        team_id: team_of(number),
        subject_key: format!("nameid::{name_id}"),
        search_text: people::search_text(&profile, &name_id),
        name_id,
        profile,
        claims: Vec::new(),
        created_at: start(),
        last_sign_in_at: start(),
        deactivated_at: None,
    }
}

/// One attempt every five seconds; one in twenty failed, one in fifty never returned. The others have all
/// that tells them from these in an index: a code, and a person.
fn attempt(number: u32) -> Attempt {
    let at = start() - TimeDelta::seconds(i64::from(ATTEMPTS - number) * 5);
    let (status, finding) = match number % 100 {
        0 | 50 => (AttemptStatus::Open, None),
        1..=4 => (AttemptStatus::Failed, Some(FindingCode::EmailMissing)),
        // a finding that is there ten times in a million
        5 if number % 100_000 == 5 => (AttemptStatus::Failed, Some(FindingCode::AlgorithmSha1)),
        5 => (AttemptStatus::Failed, Some(FindingCode::WrongAudience)),
        _ => (AttemptStatus::Succeeded, None),
    };
    let name = format!("person{}@contoso.com", number % PEOPLE);
    let hash = |salt: u8| [&number.to_be_bytes()[..], &[salt; 28]].concat();
    let new = NewAttempt {
        id: Uuid::from_u128((u128::from(number) << 64) + 7).into(),
        team_id: team_of(number),
        reference: reference(number),
        request_id: format!("_{number:032x}"),
        relay_state_hash: hash(1),
        browser_hash: hash(2),
        created_at: at,
        expires_at: at + TimeDelta::minutes(10),
    };
    let (is_over, has_succeeded) = (status != AttemptStatus::Open, status == AttemptStatus::Succeeded);
    let (is_test, end) = (number % 1_000 == 8, at + TimeDelta::seconds(4));
    Attempt {
        is_test,
        status,
        finished_at: is_over.then_some(end),
        finding: finding.map(Into::into),
        subject: is_over.then(|| name.clone()),
        name_id: has_succeeded.then_some(name),
        person_id: (has_succeeded && !is_test).then(|| person_id(number % PEOPLE)),
        code_hash: has_succeeded.then(|| hash(3)),
        code_expires_at: has_succeeded.then_some(end),
        code_used_at: has_succeeded.then_some(end),
        ..open(new)
    }
}

fn reference(number: u32) -> String {
    let [a, b, c, d] = number.to_be_bytes();
    Reference::new([a % 32, b / 32, b % 32, c / 32, c % 32, d / 32, d % 32, 7]).to_string()
}

fn bench(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut kinds = vec![("sqlite", DatabaseKind::Sqlite)];
    if std::env::var_os("SSO_PORTAL_TEST_POSTGRES").is_some() {
        kinds.push(("postgres", DatabaseKind::Postgres));
    }
    for (name, kind) in kinds {
        let (services, _db) = runtime.block_on(services(kind));
        runtime.block_on(fill(&services));
        measure(criterion, &runtime, &services, name);
    }
}

fn measure(criterion: &mut Criterion, runtime: &Runtime, services: &Services, name: &str) {
    let mut group = criterion.benchmark_group(format!("sign-ins/{name}"));
    group.sample_size(30).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    let filter = |field: &str, value: &str| {
        AttemptFilter::of_address(|name| if name == field { value.to_owned() } else { String::new() })
    };
    let filters = [
        ("first page", filter("", "")),
        ("failed", filter("outcome", "failed")),
        ("never returned", filter("outcome", "never-returned")),
        ("common finding", filter("finding", FindingCode::EmailMissing.as_str())),
        ("rare finding", filter("finding", FindingCode::AlgorithmSha1.as_str())),
        ("person", filter("person", "person12@contoso.com")),
        ("nobody", filter("person", "nobody@contoso.com")),
        ("since a day", filter("from", "2026-10-01")),
        ("tests", filter("kind", "tests")),
        ("reference", filter("reference", &reference(ATTEMPTS / 2))),
    ];
    for (whose, scope) in [("team", AttemptScope::Team(slug(0))), ("support", AttemptScope::AllTeams)] {
        for (what, filter) in &filters {
            group.bench_function(format!("{whose}, {what}"), |bencher| {
                bencher.to_async(runtime).iter(async || {
                    black_box(list(services, &Actor::operator(), &scope, filter.clone()).await.unwrap())
                });
            });
        }
        let deep = runtime.block_on(deep(services, &scope));
        group.bench_function(format!("{whose}, a page in the middle"), |bencher| {
            bencher
                .to_async(runtime)
                .iter(async || black_box(list(services, &Actor::operator(), &scope, deep.clone()).await.unwrap()));
        });
    }
    let scope = AttemptScope::Team(slug(0));
    group.bench_function("report", |bencher| {
        bencher.to_async(runtime).iter(async || {
            black_box(report(services, &Actor::operator(), &scope, &reference(ATTEMPTS / 2)).await.unwrap())
        });
    });
    group.finish();
}

/// Where somebody is who went back to the middle of the list.
async fn deep(services: &Services, scope: &AttemptScope) -> AttemptFilter {
    let until = AttemptFilter { until: "2026-10-25".into(), ..AttemptFilter::default() };
    let page = list(services, &Actor::operator(), scope, until).await.unwrap();
    AttemptFilter { older: page.older.unwrap(), ..AttemptFilter::default() }
}

criterion_group!(benches, bench);
criterion_main!(benches);
