//! How long sign-ins to the portal wait for one another at the end of the audit chain that they all
//! write to: 64 accounts sign in with their passwords at the same time. Beside it the chain alone,
//! without passwords, with all events in one chain and in 16. On SQLite, and on PostgreSQL where
//! `SSO_PORTAL_TEST_POSTGRES` names a server (`script/bench` sees to that).
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "in a benchmark, failing is the point, and printing")]

mod support;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::accounts::{create_account, sign_in};
use domain::clock::SystemClock;
use domain::{Actor, ClientInfo, Services};
use model::AuditAction;
use model::audit::ActorKind;
use store::audit::{self, AuditEvent};
use store::testing::{DatabaseKind, fresh};
use tokio::task::JoinSet;
use tracing::Subscriber;
use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

/// Who sign in at the same time.
const ACCOUNTS: u8 = 64;
/// How often they all do.
const ROUNDS: usize = 5;
const PASSWORD: &str = "correct horse battery staple 7";

/// How long spans were open, by their names.
#[derive(Clone, Default)]
struct SpanTimes(Arc<Mutex<HashMap<String, Vec<Duration>>>>);

impl SpanTimes {
    fn take(&self) -> HashMap<String, Vec<Duration>> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for SpanTimes {
    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Instant::now());
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        if let Some(opened) = span.extensions().get::<Instant>() {
            self.0.lock().unwrap().entry(span.name().to_owned()).or_default().push(opened.elapsed());
        }
    }
}

/// Everybody comes from an address of their own.
fn actor(number: u8) -> Actor {
    let ip = Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)));
    Actor::anonymous(ClientInfo { ip, ..ClientInfo::default() })
}

fn email(number: u8) -> String {
    format!("person{number}@contoso.com")
}

/// Services with confirmed accounts.
async fn services(kind: DatabaseKind) -> (Arc<Services>, store::testing::TestDb) {
    let test = fresh(kind).await;
    let services = support::services(&test, Arc::new(SystemClock)).await;
    for number in 0..ACCOUNTS {
        create_account(&services, &email(number), PASSWORD, None, None).await.unwrap();
    }
    (Arc::new(services), test)
}

/// Signs everybody in at the same time, a few times over; the mean time of one sign-in.
async fn sign_all_in(services: &Arc<Services>, at_once: u8) -> Duration {
    let mut spent = Vec::new();
    for _ in 0..ROUNDS {
        for first in (0..ACCOUNTS).step_by(usize::from(at_once)) {
            let mut tasks = JoinSet::new();
            for number in first..first + at_once {
                let services = Arc::clone(services);
                tasks.spawn(async move {
                    let started = Instant::now();
                    sign_in(&services, &actor(number), &email(number), PASSWORD).await.unwrap();
                    started.elapsed()
                });
            }
            spent.extend(tasks.join_all().await);
        }
    }
    mean(&spent)
}

/// Appends events to so many chains from 64 tasks at once; how many a second.
async fn append(services: &Arc<Services>, chains: u8) -> f64 {
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..ACCOUNTS {
        let services = Arc::clone(services);
        tasks.spawn(async move {
            for _ in 0..ROUNDS {
                append_one(&services, uuid::Uuid::from_u128(u128::from(number % chains) + 1)).await;
            }
        });
    }
    tasks.join_all().await;
    let events = u32::try_from(usize::from(ACCOUNTS) * ROUNDS).unwrap();
    f64::from(events) / started.elapsed().as_secs_f64()
}

async fn append_one(services: &Services, chain: uuid::Uuid) {
    let tx = services.db.begin().await.unwrap();
    let head = audit::lock_head(&tx, chain).await.unwrap();
    let mut id = [0; 16];
    services.random.fill(&mut id);
    let event = AuditEvent {
        id: uuid::Uuid::from_bytes(id),
        team_id: None,
        actor: "bench@contoso.com".into(),
        action: AuditAction::SignedIn.into(),
        detail: None,
        at: services.now(),
        chain,
        sequence: head.sequence + 1,
        actor_kind: ActorKind::Member.into(),
        target: None,
        before_value: None,
        after_value: None,
        ip: None,
        previous_hash: head.hash,
        hash: vec![7; 32],
    };
    audit::append(&tx, event).await.unwrap();
    store::commit(tx).await.unwrap();
}

fn mean(times: &[Duration]) -> Duration {
    times.iter().sum::<Duration>() / u32::try_from(times.len().max(1)).unwrap()
}

fn percent(part: Duration, whole: Duration) -> f64 {
    100.0 * part.as_secs_f64() / whole.as_secs_f64()
}

async fn measure(name: &str, kind: DatabaseKind, times: &SpanTimes) {
    let (services, _db) = Box::pin(services(kind)).await;
    for at_once in [1, ACCOUNTS] {
        times.take();
        let whole = sign_all_in(&services, at_once).await;
        let spans = times.take();
        let lock = mean(spans.get("lock_audit_chain").map_or(&[][..], Vec::as_slice));
        let transaction = mean(spans.get("transaction").map_or(&[][..], Vec::as_slice));
        println!(
            "{name}, {at_once} at once: a sign-in {whole:.1?}, of which the chain's lock {lock:.2?} ({:.1} %); \
             beginning or committing a transaction {transaction:.2?}",
            percent(lock, whole)
        );
    }
    for chains in [1, 16] {
        println!("{name}, events alone in {chains} chain(s): {:.0} a second", append(&services, chains).await);
    }
}

fn main() {
    let times = SpanTimes::default();
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(times.clone())).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        Box::pin(measure("sqlite", DatabaseKind::Sqlite, &times)).await;
        if std::env::var_os("SSO_PORTAL_TEST_POSTGRES").is_some() {
            Box::pin(measure("postgres", DatabaseKind::Postgres, &times)).await;
        }
    });
}
