//! What sign-ins to the portal pay for the audit chain that they all write to. 64 accounts sign in at the
//! same time: with their passwords; with hashes that cost nothing, so that only the database is left; and
//! the last transaction of a sign-in alone, once with the events of all in one chain and once with each
//! account's in a chain of its own. On SQLite, and on PostgreSQL where `SSO_PORTAL_TEST_POSTGRES` names a
//! server. `script/bench audit-chain` gives it one that syncs its commits, which the lock waits for.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "in a benchmark, failing is the point, and printing")]

#[path = "support/span_times.rs"]
mod span_times;
mod support;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, Params};
use chrono::TimeDelta;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use domain::accounts::sign_in;
use domain::clock::{Clock, OsRandom, Random as _};
use domain::{Actor, ClientInfo, Db, DbOptions, Services, Token};
use model::audit::ActorKind;
use model::ids::AccountId;
use model::{AuditAction, Timestamp};
use store::account_sessions::{self, AccountSession};
use store::accounts::{self, Account};
use store::audit::{self, AuditEvent, AuditHead};
use store::known_devices::{self, KnownDevice};
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{passkeys, totp_secrets};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tracing_subscriber::layer::SubscriberExt as _;
use uuid::Uuid;

use span_times::SpanTimes;

/// Who sign in at the same time.
const PEOPLE: u8 = 64;
const PASSWORD: &str = "correct horse battery staple 7";

/// A clock that goes on with each look at it: the row budgets of accounts are for people, who come back
/// after hours and not after milliseconds.
struct SteppingClock(AtomicI64);

impl Clock for SteppingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_millis(self.0.fetch_add(100, Ordering::Relaxed)).unwrap()
    }
}

/// Somebody who signs in, from an address of their own and in a browser that their account knows.
struct Person {
    number: u8,
    id: AccountId,
    email: String,
    device: Token,
}

impl Person {
    fn new(number: u8) -> Self {
        let id = Uuid::from_u128(u128::from(number) + 1).into();
        Self { number, id, email: format!("person{number}@contoso.com"), device: Token::new(&OsRandom) }
    }

    fn ip(&self) -> IpAddr {
        Ipv4Addr::new(192, 0, 2, self.number).into()
    }

    fn actor(&self) -> Actor {
        let device_token = Some(self.device.clone());
        Actor::anonymous(ClientInfo { ip: Some(self.ip()), device_token, ..ClientInfo::default() })
    }

    fn account(&self, now: Timestamp) -> Account {
        Account {
            id: self.id,
            email: self.email.clone(),
            password_hash: String::new(),
            email_verified_at: Some(now),
            support_role: None,
            created_at: now,
            deactivated_at: None,
            person_id: None,
        }
    }

    fn known_device(&self, now: Timestamp) -> KnownDevice {
        let expires_at = now + TimeDelta::days(180);
        KnownDevice { token_hash: self.device.hash(), account_id: self.id, created_at: now, expires_at }
    }

    fn session(&self, now: Timestamp) -> AccountSession {
        AccountSession {
            token_hash: random::<32>().to_vec(),
            account_id: self.id,
            created_at: now,
            last_used_at: now,
            expires_at: now + TimeDelta::hours(12),
            ip: Some(self.ip().to_string()),
            user_agent: None,
            awaiting_factor: false,
            second_factor_at: None,
            authenticated_at: Some(now),
            team_id: None,
            name_id: None,
            name_id_format: None,
            name_qualifier: None,
            sp_name_qualifier: None,
            session_index: None,
        }
    }

    fn signed_in(&self, head: AuditHead, now: Timestamp) -> AuditEvent {
        AuditEvent {
            id: Uuid::from_bytes(random()),
            chain: head.chain,
            sequence: head.sequence + 1,
            team_id: None,
            actor_kind: ActorKind::Anonymous.into(),
            actor: ActorKind::Anonymous.as_str().to_owned(),
            action: AuditAction::SignedIn.into(),
            target: Some(self.email.clone()),
            before_value: None,
            after_value: None,
            detail: None,
            ip: Some(self.ip().to_string()),
            at: now,
            previous_hash: head.hash,
            hash: random::<32>().to_vec(),
        }
    }

    /// The last transaction of a sign-in, statement by statement as `domain::accounts::sign_in` makes it, with
    /// its event in this chain.
    async fn write_session(&self, db: &Db, chain: Uuid, now: Timestamp) {
        let tx = db.begin().await.unwrap();
        accounts::lock(&tx, self.id).await.unwrap();
        totp_secrets::confirmed(&tx, self.id).await.unwrap();
        passkeys::count(&tx, self.id).await.unwrap();
        account_sessions::insert(&tx, self.session(now)).await.unwrap();
        known_devices::is_known(&tx, &self.device.hash(), None, now).await.unwrap();
        known_devices::remember(&tx, self.known_device(now)).await.unwrap();
        known_devices::keep_latest(&tx, self.id, 50).await.unwrap();
        let head = audit::lock_head(&tx, chain).await.unwrap();
        audit::append(&tx, self.signed_in(head, now)).await.unwrap();
        store::commit(tx).await.unwrap();
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRandom.fill(&mut bytes);
    bytes
}

/// How the events of all are chained.
#[derive(Clone, Copy)]
enum Chains {
    /// In one chain, the vendor's.
    One,
    /// In a chain for each account, as if each had a team of its own.
    OneEach,
}

impl Chains {
    fn of(self, person: &Person) -> Uuid {
        match self {
            Self::One => Uuid::nil(),
            Self::OneEach => person.id.as_uuid(),
        }
    }
}

/// A database with everybody's account.
struct Scene {
    test: TestDb,
    services: Arc<Services>,
    people: Vec<Arc<Person>>,
}

impl Scene {
    async fn new(kind: DatabaseKind) -> Self {
        let test = fresh(kind).await;
        let clock = SteppingClock(AtomicI64::new(1_795_000_000_000));
        let services = support::services(&test, Arc::new(clock)).await;
        let people: Vec<_> = (0..PEOPLE).map(|number| Arc::new(Person::new(number))).collect();
        for person in &people {
            let (db, now) = (services.db.autocommit(), services.now());
            accounts::insert(&db, person.account(now)).await.unwrap();
            known_devices::remember(&db, person.known_device(now)).await.unwrap();
        }
        Self { test, services: Arc::new(services), people }
    }

    async fn set_passwords(&self, hash: &str) {
        for person in &self.people {
            accounts::set_password(&self.services.db.autocommit(), person.id, hash).await.unwrap();
        }
    }

    /// Signs everybody in at the same time, so many times one after the other; how long that takes.
    async fn sign_in(&self, times: u64) -> Duration {
        let sign_in_again = move |person: Arc<Person>| {
            let services = Arc::clone(&self.services);
            async move {
                for _ in 0..times {
                    sign_in(&services, &person.actor(), &person.email, PASSWORD).await.unwrap();
                }
            }
        };
        at_once(&self.people, sign_in_again).await
    }

    /// The same with the last transaction of a sign-in alone.
    async fn write_sessions(&self, db: &Db, chains: Chains, times: u64) -> Duration {
        let write_again = move |person: Arc<Person>| {
            let (services, db) = (Arc::clone(&self.services), db.clone());
            async move {
                for _ in 0..times {
                    person.write_session(&db, chains.of(&person), services.now()).await;
                }
            }
        };
        at_once(&self.people, write_again).await
    }
}

/// Runs a task for each at the same time; how long that takes.
async fn at_once<F>(people: &[Arc<Person>], task: impl Fn(Arc<Person>) -> F) -> Duration
where
    F: Future<Output = ()> + Send + 'static,
{
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for person in people {
        tasks.spawn(task(Arc::clone(person)));
    }
    tasks.join_all().await;
    started.elapsed()
}

/// Measures what everybody does once, given how long so many times take; how many of it there are a second,
/// unless the command's filter leaves it out.
fn per_second(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    mut run: impl FnMut(u64) -> Duration,
) -> Option<f64> {
    let (mut times, mut spent) = (0, Duration::ZERO);
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|more| {
            let elapsed = run(more);
            times += more;
            spent += elapsed;
            elapsed
        });
    });
    let done = u32::try_from(times * u64::from(PEOPLE)).unwrap();
    (done > 0).then(|| f64::from(done) / spent.as_secs_f64())
}

fn measure(criterion: &mut Criterion, runtime: &Runtime, name: &str, kind: DatabaseKind, lock: &SpanTimes) {
    let scene = runtime.block_on(Scene::new(kind));
    let mut group = criterion.benchmark_group(format!("audit chain/{name}"));
    group.sampling_mode(SamplingMode::Flat).sample_size(10).throughput(Throughput::Elements(PEOPLE.into()));
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    for (what, hash) in [("sign-ins", password_hash()), ("sign-ins without hashing", cheap_hash())] {
        runtime.block_on(scene.set_passwords(&hash));
        lock.take_mean();
        let Some(rate) = per_second(&mut group, what, |times| runtime.block_on(scene.sign_in(times))) else { continue };
        // as many as there are at once, divided by how many a second: how long each of them takes
        let [whole, locking] = [f64::from(PEOPLE) / rate, lock.take_mean().as_secs_f64()].map(|time| time * 1_000.0);
        println!(
            "{name}, {what}: {rate:.0} a second; {whole:.1} ms each, {locking:.2} ms of it ({:.1} %) to lock the chain",
            100.0 * locking / whole
        );
    }
    for (connections, db) in runtime.block_on(pools(&scene.test, kind)) {
        let [one, each] = [(Chains::One, "one chain"), (Chains::OneEach, "a chain each")].map(|(chains, what)| {
            let what = format!("{connections}, {what}");
            per_second(&mut group, &what, |times| runtime.block_on(scene.write_sessions(&db, chains, times)))
        });
        if let Some((one, each)) = one.zip(each) {
            println!(
                "{name}, {connections}: {one:.0} events a second in one chain, {each:.0} in a chain each ({:.2} times)",
                each / one
            );
        }
    }
    group.finish();
}

/// A replica's connections; on PostgreSQL also as many as there are people, as several replicas have.
async fn pools(test: &TestDb, kind: DatabaseKind) -> Vec<(&'static str, Db)> {
    let mut pools = vec![("one replica", test.db.clone())];
    if kind == DatabaseKind::Postgres {
        let options = DbOptions { max_connections: PEOPLE.into(), ..DbOptions::for_url(&test.url) };
        pools.push(("64 connections", Db::connect_with(&test.url, options).await.unwrap()));
    }
    pools
}

/// The password's hash as the portal makes it.
fn password_hash() -> String {
    hash_by(&Argon2::default())
}

/// A hash that takes next to no time to verify.
fn cheap_hash() -> String {
    hash_by(&Argon2::from(Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap()))
}

fn hash_by(argon2: &Argon2<'_>) -> String {
    let hash: PasswordHash = argon2.hash_password_with_salt(PASSWORD.as_bytes(), b"sixteen bytes ok").unwrap();
    hash.to_string()
}

/// What each sign-in with a password computes, on one core.
fn verify_password(criterion: &mut Criterion) {
    let hash = PasswordHash::new(&password_hash()).unwrap();
    let mut group = criterion.benchmark_group("audit chain");
    group.throughput(Throughput::Elements(1));
    group.bench_function("verify a password", |bencher| {
        bencher.iter(|| Argon2::default().verify_password(PASSWORD.as_bytes(), &hash).unwrap());
    });
    group.finish();
}

fn bench(criterion: &mut Criterion) {
    let lock = SpanTimes::of("lock_audit_chain");
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lock.clone())).unwrap();
    verify_password(criterion);
    let runtime = Runtime::new().unwrap();
    measure(criterion, &runtime, "sqlite", DatabaseKind::Sqlite, &lock);
    if std::env::var_os("SSO_PORTAL_TEST_POSTGRES").is_some() {
        measure(criterion, &runtime, "postgres", DatabaseKind::Postgres, &lock);
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
