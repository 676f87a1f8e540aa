//! The real program, killed with SIGKILL in the middle of a storm of sign-ins and started again:
//! every sign-in that was answered is there, and none is there by half. `script/crash-test` does
//! it 50 times on each database.

mod client;
mod program;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use model::Timestamp;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use store::entities::{attempts, consumed_assertions, people, person_sessions};
use store::testing::DatabaseKind;
use store::{Db, on_both_databases};
use tokio::task::JoinSet;

use crate::harness::Portal;
use crate::idp::{Idp, active_team};
use client::Visitor;
use program::Program;

on_both_databases!(every_answered_sign_in_survives_kill_9_and_none_is_half);

/// People who sign in at the same time.
const VISITORS: usize = 16;

/// How often the program is killed.
fn rounds() -> usize {
    std::env::var("SSO_PORTAL_CRASH_ROUNDS").map_or(2, |rounds| rounds.parse().unwrap())
}

/// A sign-in that the program has answered as far as this.
enum Answered {
    /// The response was accepted: the browser was sent to this path.
    Response(String, Visitor),
    /// The code was redeemed: the browser has a session.
    Session(Visitor),
}

struct Storm {
    slug: String,
    idp: Idp,
    answered: Mutex<Vec<Answered>>,
    count: AtomicUsize,
}

async fn every_answered_sign_in_survives_kill_9_and_none_is_half(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.pass(now() - portal.now());
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    // nobody else has the file open when its log is recovered
    portal.services.db.close().await.unwrap();
    let mut storm = Storm { slug, idp, answered: Mutex::default(), count: AtomicUsize::new(0) };
    for round in 0..rounds() {
        storm = in_a_storm(storm, portal.database_url(), round).await;
        let db = Db::connect(portal.database_url()).await.unwrap();
        assert_none_is_half(&db).await;
        db.close().await.unwrap();
    }
}

/// Kills the program in the middle of a storm, starts it again and looks for what it answered.
async fn in_a_storm(storm: Storm, url: &str, round: usize) -> Storm {
    let storm = Arc::new(storm);
    let mut program = Program::start(url).await;
    let mut visitors = JoinSet::new();
    for number in 0..VISITORS {
        visitors.spawn(sign_in_again_and_again(Arc::clone(&storm), program.address, number, round));
    }
    // wherever in a commit, a response or a read that may be
    let answers = 20 + usize::from(random_byte() / 2);
    while storm.count.load(Ordering::Relaxed) < answers {
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    program.kill();
    while let Some(visitor) = visitors.join_next().await {
        visitor.unwrap();
    }
    let storm = Arc::into_inner(storm).unwrap();
    let mut program = Program::start(url).await;
    let all_answered = std::mem::take(&mut *storm.answered.lock().unwrap());
    for answered in all_answered {
        assert_is_there(program.address, &storm.slug, answered).await;
    }
    program.kill();
    storm.count.store(0, Ordering::Relaxed);
    storm
}

#[expect(clippy::disallowed_methods, reason = "the program that is killed has no other clock")]
fn now() -> Timestamp {
    chrono::Utc::now()
}

fn random_byte() -> u8 {
    let mut random = [0];
    getrandom::fill(&mut random).unwrap();
    random[0]
}

/// Signs one person after the other in, until the program is gone.
async fn sign_in_again_and_again(storm: Arc<Storm>, address: SocketAddr, visitor: usize, round: usize) {
    for number in 0.. {
        let upn = format!("r{round}v{visitor}n{number}@contoso.com");
        let mut visitor = Visitor::new(visitor);
        let Some(started) = visitor.get(address, &format!("/sso/{}", storm.slug)).await else { return };
        assert_eq!(started.status, StatusCode::SEE_OTHER, "{started:?}");
        let asked = storm.idp.asked(&started.location);
        let response = storm.idp.sign(&storm.idp.options(&asked, &upn, now()));
        let form = [("SAMLResponse", &*response), ("RelayState", asked.relay_state.as_deref().unwrap_or_default())];
        let acs = format!("/v2/auth/sso/saml/{}", storm.slug);
        let Some(received) = visitor.post(address, &acs, &form).await else { return };
        assert_eq!(received.status, StatusCode::SEE_OTHER, "{received:?}");
        storm.count.fetch_add(1, Ordering::Relaxed);
        let (complete, before) = (received.path(), visitor.clone());
        let answered = match visitor.get(address, &complete).await {
            Some(redeemed) if redeemed.location.ends_with("/me") => Answered::Session(visitor),
            Some(other) => panic!("{other:?}"),
            None => Answered::Response(complete, before),
        };
        let is_session = matches!(answered, Answered::Session(_));
        storm.answered.lock().unwrap().push(answered);
        if !is_session {
            return;
        }
    }
}

async fn assert_is_there(address: SocketAddr, slug: &str, answered: Answered) {
    let mut visitor = match answered {
        Answered::Session(visitor) => visitor,
        Answered::Response(complete, mut visitor) => {
            let redeemed = visitor.get(address, &complete).await.unwrap();
            // the program may have redeemed the code and died before it could say so
            let was_redeemed = redeemed.status == StatusCode::FORBIDDEN && redeemed.body.contains("This sign-in");
            assert!(redeemed.location.ends_with("/me") || was_redeemed, "{slug}: {redeemed:?}");
            if was_redeemed {
                return;
            }
            visitor
        }
    };
    let me = visitor.get(address, "/me").await.unwrap();
    assert_eq!(me.status, StatusCode::OK, "an answered sign-in is lost: {me:?}");
}

/// Each accepted response has its person and its used assertion, each redeemed code its session.
async fn assert_none_is_half(db: &Db) {
    let db = db.connection();
    let accepted = attempts::Entity::find().filter(attempts::Column::PersonId.is_not_null());
    let accepted = accepted.count(db).await.unwrap();
    assert!(accepted > 0);
    assert_eq!(people::Entity::find().count(db).await.unwrap(), accepted);
    assert_eq!(consumed_assertions::Entity::find().count(db).await.unwrap(), accepted);
    let redeemed = attempts::Entity::find().filter(attempts::Column::CodeUsedAt.is_not_null());
    assert_eq!(person_sessions::Entity::find().count(db).await.unwrap(), redeemed.count(db).await.unwrap());
}
