//! What the store promises of teams' keys and of logout requests, on both databases.
#![expect(clippy::unwrap_used, reason = "in a test, failing is the point")]

use chrono::TimeDelta;
use model::ids::{SpKeyId, TeamId};
use model::{SpKeyState, SupportRole};
use sea_orm::prelude::Uuid;
use store::account_sessions::{self, AccountSession};
use store::accounts::{self, Account};
use store::received_logouts::{self, ReceivedLogout};
use store::sent_logout_requests::{self, SentLogoutRequest};
use store::sp_keys::{self, SpKeyPair};
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Error, federated_sessions, on_both_databases};

mod support;

use support::{draft, id, now, team};

on_both_databases!(
    a_team_has_at_most_one_current_and_one_next_key,
    a_logout_is_answered_once_and_in_time,
    a_logout_is_remembered_until_it_is_over,
    only_so_many_logouts_of_a_team_are_remembered,
    a_logout_of_more_sessions_than_one_statement_takes_is_remembered,
    a_session_that_gets_a_new_token_meanwhile_is_ended_too,
);

fn sp_key(team: TeamId, number: u8, state: SpKeyState) -> SpKeyPair {
    SpKeyPair {
        id: id(number),
        team_id: team,
        state,
        certificate: vec![number],
        thumbprint_sha1: format!("{number}"),
        thumbprint_sha256: format!("{number}"),
        not_before: now(),
        not_after: now() + TimeDelta::days(1),
        private_key: vec![number],
        created_at: now(),
    }
}

async fn a_team_has_at_most_one_current_and_one_next_key(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let connection = &db.autocommit();
    let (team_id, other) = (team(db, 1).await, team(db, 2).await);
    for (number, state) in [(1, SpKeyState::Current), (2, SpKeyState::Next)] {
        sp_keys::insert(connection, sp_key(team_id, number, state)).await.unwrap();
        let second = sp_keys::insert(connection, sp_key(team_id, number + 10, state)).await;
        assert!(matches!(second, Err(Error::Exists)), "{state:?}");
    }
    sp_keys::insert(connection, sp_key(other, 3, SpKeyState::Current)).await.unwrap();
    assert!(!sp_keys::promote_next(connection, other).await.unwrap(), "the caller rolls back");
    assert!(sp_keys::promote_next(connection, team_id).await.unwrap());
    let states: Vec<_> = sp_keys::list(connection, team_id).await.unwrap().iter().map(|key| key.state).collect();
    assert_eq!(states, [SpKeyState::Current, SpKeyState::Retired]);
    let retired = id::<SpKeyId>(1);
    assert!(sp_keys::by_id(connection, other, retired).await.unwrap().is_none());
    assert!(!sp_keys::delete(connection, other, retired, SpKeyState::Retired).await.unwrap());
    assert!(!sp_keys::delete(connection, team_id, id::<SpKeyId>(2), SpKeyState::Retired).await.unwrap());
    assert!(sp_keys::delete(connection, team_id, retired, SpKeyState::Retired).await.unwrap());
}

async fn a_logout_is_answered_once_and_in_time(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let connection = &db.autocommit();
    let (team_id, other) = (team(db, 1).await, team(db, 2).await);
    let revision = draft(db, team_id, 1).await;
    let logout = SentLogoutRequest {
        request_id: "_1".into(),
        team_id,
        revision_id: revision,
        relay_state_hash: vec![7; 32],
        expires_at: now() + TimeDelta::minutes(10),
        return_to: None,
        attempt_id: None,
    };
    sent_logout_requests::insert(connection, logout).await.unwrap();
    let found =
        async |team, at| sent_logout_requests::by_relay_state(connection, team, &[7; 32], at).await.unwrap().is_some();
    assert!(found(team_id, now()).await);
    assert!(!found(other, now()).await && !found(team_id, now() + TimeDelta::minutes(10)).await);
    assert!(!sent_logout_requests::consume(connection, other, "_1").await.unwrap());
    assert!(sent_logout_requests::consume(connection, team_id, "_1").await.unwrap());
    assert!(!sent_logout_requests::consume(connection, team_id, "_1").await.unwrap());
}

fn remembered(team: TeamId, number: u8) -> ReceivedLogout {
    ReceivedLogout {
        id: Uuid::from_u128(number.into()),
        team_id: team,
        name_id: "b.simon".into(),
        name_id_format: None,
        name_qualifier: None,
        sp_name_qualifier: None,
        session_index: Some(format!("_{number}")),
        issued_at: now(),
        received_at: now(),
        expires_at: now() + TimeDelta::minutes(number.into()),
    }
}

async fn insert_remembered(db: &store::Db, team: TeamId, logouts: Vec<ReceivedLogout>, most: u64) {
    let tx = db.begin().await.unwrap();
    received_logouts::insert(&tx, team, logouts, most).await.unwrap();
    store::commit(tx).await.unwrap();
}

async fn a_logout_is_remembered_until_it_is_over(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let (team_id, other) = (team(db, 1).await, team(db, 2).await);
    insert_remembered(db, team_id, vec![remembered(team_id, 10), remembered(team_id, 20)], 100).await;
    let count =
        async |team, name, at| received_logouts::find_by_name_id(&db.autocommit(), team, name, at).await.unwrap().len();
    assert_eq!(count(team_id, "b.simon", now()).await, 2);
    assert_eq!(count(team_id, "b.simon", now() + TimeDelta::minutes(10)).await, 1);
    assert_eq!(count(team_id, "B.Simon", now()).await, 0);
    assert_eq!(count(other, "b.simon", now()).await, 0);
    assert_eq!(store::sweep::expired(&db.autocommit(), now() + TimeDelta::minutes(10)).await.unwrap(), 1);
    assert_eq!(count(team_id, "b.simon", now()).await, 1);
}

async fn only_so_many_logouts_of_a_team_are_remembered(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let (team_id, other) = (team(db, 1).await, team(db, 2).await);
    insert_remembered(db, other, vec![remembered(other, 1)], 3).await;
    for number in 2..=6 {
        insert_remembered(db, team_id, vec![remembered(team_id, number)], 3).await;
    }
    let left = received_logouts::find_by_name_id(&db.autocommit(), team_id, "b.simon", now()).await.unwrap();
    let mut left: Vec<_> = left.into_iter().filter_map(|logout| logout.session_index).collect();
    left.sort();
    assert_eq!(left, ["_4", "_5", "_6"], "those that are over first make way");
    assert_eq!(received_logouts::find_by_name_id(&db.autocommit(), other, "b.simon", now()).await.unwrap().len(), 1);
}

async fn a_logout_of_more_sessions_than_one_statement_takes_is_remembered(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let many = (0..3_400_u128).map(|number| ReceivedLogout {
        id: Uuid::from_u128(1_000 + number),
        session_index: Some(format!("_{number}")),
        ..remembered(team_id, 1)
    });
    insert_remembered(db, team_id, many.collect(), 5_000).await;
    let about = received_logouts::find_by_name_id(&db.autocommit(), team_id, "b.simon", now()).await.unwrap();
    assert_eq!(about.len(), 3_400);
}

fn support_session(team: TeamId, number: u8) -> AccountSession {
    AccountSession {
        token_hash: vec![number; 32],
        account_id: id(1),
        created_at: now(),
        last_used_at: now(),
        expires_at: now() + TimeDelta::hours(12),
        ip: None,
        user_agent: None,
        awaiting_factor: false,
        second_factor_at: None,
        authenticated_at: None,
        team_id: Some(team),
        name_id: Some("b.simon".into()),
        name_id_format: None,
        name_qualifier: None,
        sp_name_qualifier: None,
        session_index: None,
    }
}

async fn a_session_that_gets_a_new_token_meanwhile_is_ended_too(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let account = Account {
        id: id(1),
        email: "b.simon@krisp.example".into(),
        password_hash: String::new(),
        email_verified_at: Some(now()),
        support_role: Some(SupportRole::Reviewer),
        created_at: now(),
        deactivated_at: None,
        person_id: None,
    };
    accounts::insert(&db.autocommit(), account).await.unwrap();
    account_sessions::insert(&db.autocommit(), support_session(team_id, 1)).await.unwrap();
    let (renewed, waits) = (tokio::sync::Notify::new(), tokio::time::Duration::from_millis(200));
    let renew = async {
        let tx = db.begin().await.unwrap();
        accounts::lock(&tx, id(1)).await.unwrap();
        account_sessions::take(&tx, &[1; 32]).await.unwrap().unwrap();
        account_sessions::insert(&tx, support_session(team_id, 2)).await.unwrap();
        renewed.notify_one();
        // the logout waits for this by now
        tokio::time::sleep(waits).await;
        store::commit(tx).await.unwrap();
    };
    let log_out = async {
        renewed.notified().await;
        let tx = db.begin().await.unwrap();
        federated_sessions::lock_accounts(&tx, team_id, Some("b.simon")).await.unwrap();
        let sessions = federated_sessions::account_sessions(&tx, team_id, "b.simon").await.unwrap();
        let hashes: Vec<_> = sessions.into_iter().map(|session| session.token_hash).collect();
        let ended = federated_sessions::end_account_sessions(&tx, &hashes).await.unwrap();
        store::commit(tx).await.unwrap();
        ended
    };
    let ((), ended) = tokio::join!(renew, log_out);
    assert_eq!(ended, 1);
    assert_eq!(federated_sessions::count(&db.autocommit(), team_id, now()).await.unwrap(), 0);
}
