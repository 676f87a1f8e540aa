//! What migrations make of rows that are there, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "in a test, failing is the point")]

use chrono::TimeDelta;
use model::Timestamp;
use model::ids::{AttemptId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, Order, Query};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, QueryOrder as _};
use store::attempts::{self, Attempt, status};
use store::entities::attempts::{Column, Entity};
use store::invitations;
use store::testing::{Kind, TestDb, fresh, migrate_back, migrate_only, migrations_before};
use store::{Db, on_both_databases};

#[expect(dead_code, reason = "revisions are written as they were then")]
mod support;

use support::{id, now, team};

on_both_databases!(
    old_attempts_are_brought_up_to_date_and_back,
    old_invitations_have_no_granter_until_they_are_sent_again,
    sessions_that_no_logout_could_end_end_with_the_upgrade,
    replicas_that_start_at_once_migrate_once,
);

/// How many migrations there were before attempts had timelines.
const BEFORE_TIMELINES: u32 = 16;

/// A row of `attempts` as it was then.
#[derive(Default)]
struct OldAttempt {
    number: u8,
    status: &'static str,
    finding: Option<&'static str>,
    name_id: Option<&'static str>,
    code_hash: Option<Vec<u8>>,
}

fn code_expires_at() -> Timestamp {
    now() + TimeDelta::seconds(60)
}

async fn insert(db: &Db, table: &'static str, row: Vec<(&'static str, Expr)>) {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let insert = Query::insert().into_table(table).columns(columns).values_panic(values).to_owned();
    db.connection().execute(&insert).await.unwrap();
}

async fn old_revision(db: &Db, team: TeamId) -> Uuid {
    let revision = Uuid::from_u128(1);
    let row: Vec<(&'static str, Expr)> = vec![
        ("id", revision.into()),
        ("team_id", team.as_uuid().into()),
        ("number", 1_i32.into()),
        ("state", "live".into()),
        ("claims", serde_json::json!({}).into()),
        ("created_at", now().into()),
        ("updated_at", now().into()),
    ];
    insert(db, "revisions", row).await;
    revision
}

async fn old_attempt(db: &Db, team: TeamId, revision: Uuid, old: OldAttempt) {
    let finished_at = (old.status != "open").then(now);
    let has_succeeded = old.status == "succeeded";
    let row: Vec<(&'static str, Expr)> = vec![
        ("id", Uuid::from_u128(old.number.into()).into()),
        ("team_id", team.as_uuid().into()),
        ("revision_id", revision.into()),
        ("reference", format!("SSO-0000-000{}", old.number).into()),
        ("is_test", false.into()),
        ("request_id", format!("_{}", old.number).into()),
        ("relay_state_hash", vec![old.number].into()),
        ("browser_hash", vec![old.number].into()),
        ("status", old.status.into()),
        ("created_at", now().into()),
        ("expires_at", (now() + TimeDelta::minutes(10)).into()),
        ("finished_at", finished_at.into()),
        ("finding", old.finding.into()),
        ("name_id", old.name_id.into()),
        ("code_hash", old.code_hash.into()),
        ("code_expires_at", has_succeeded.then(code_expires_at).into()),
    ];
    insert(db, "attempts", row).await;
}

async fn rows(db: &Db) -> Vec<Attempt> {
    Entity::find().order_by_asc(Column::Id).all(db.connection()).await.unwrap()
}

/// Reference, status, finding and whether there is a code, whatever other columns there are.
async fn old_rows(db: &Db) -> Vec<(String, String, Option<String>, bool)> {
    let columns = ["reference", "status", "finding", "code_hash"];
    let select = Query::select().columns(columns).from("attempts").order_by("id", Order::Asc).to_owned();
    let rows = db.connection().query_all(&select).await.unwrap().into_iter().map(|row| {
        let code: Option<Vec<u8>> = row.try_get("", "code_hash").unwrap();
        (
            row.try_get("", "reference").unwrap(),
            row.try_get("", "status").unwrap(),
            row.try_get("", "finding").unwrap(),
            code.is_some(),
        )
    });
    rows.collect()
}

/// One that waits, one whose code was used, one whose code never was, one that failed.
async fn old_world(db: &Db) -> TeamId {
    migrate_only(db, BEFORE_TIMELINES).await;
    let team_id = team(db, 1).await;
    let revision = old_revision(db, team_id).await;
    let name_id = Some("B.Simon@Contoso.com");
    for old in [
        OldAttempt { number: 1, status: "open", ..OldAttempt::default() },
        OldAttempt { number: 2, status: "succeeded", name_id, ..OldAttempt::default() },
        OldAttempt { number: 3, status: "succeeded", name_id, code_hash: Some(vec![3; 32]), finding: None },
        OldAttempt { number: 4, status: "failed", finding: Some("unknown-request"), ..OldAttempt::default() },
    ] {
        old_attempt(db, team_id, revision, old).await;
    }
    team_id
}

/// One without a revision, and one whose code was used and is known still.
async fn write_what_had_no_place(db: &Db, team: TeamId, like: &Attempt) {
    let without = Attempt {
        id: id::<AttemptId>(5).as_uuid(),
        revision_id: None,
        reference: "SSO-0000-0005".into(),
        request_id: "_5".into(),
        status: status::FAILED.into(),
        code_hash: None,
        ..like.clone()
    };
    attempts::insert(db.connection(), without).await.unwrap();
    let redeemed = Attempt {
        id: id::<AttemptId>(6).as_uuid(),
        reference: "SSO-0000-0006".into(),
        request_id: "_6".into(),
        code_hash: Some(vec![6; 32]),
        ..like.clone()
    };
    attempts::insert(db.connection(), redeemed).await.unwrap();
    assert!(attempts::use_code(db.connection(), team, &[6; 32], now()).await.unwrap());
}

async fn old_attempts_are_brought_up_to_date_and_back(kind: Kind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = old_world(db).await;
    db.migrate().await.unwrap();
    let found = rows(db).await;
    let told: Vec<_> = found
        .iter()
        .map(|row| (row.status.as_str(), row.subject.as_deref(), row.finding.as_deref(), row.finished_at.is_some()))
        .collect();
    let subject = Some("b.simon@contoso.com");
    assert_eq!(
        told,
        [
            (status::OPEN, None, None, false),
            (status::SUCCEEDED, subject, None, true),
            (status::VERIFIED, subject, None, false),
            (status::FAILED, None, Some("request-unknown"), true),
        ]
    );
    let verified = found.iter().find(|row| row.status == status::VERIFIED).unwrap();
    assert_eq!(verified.expires_at, code_expires_at());
    assert_eq!((verified.event_count, verified.code_used_at, &*verified.initiated_by), (0, None, "sp"));

    write_what_had_no_place(db, team_id, verified).await;
    migrate_back(db, usize::try_from(BEFORE_TIMELINES).unwrap()).await;
    let row = |number: u8, status: &str, finding: Option<&str>, has_code: bool| {
        (format!("SSO-0000-000{number}"), status.to_owned(), finding.map(str::to_owned), has_code)
    };
    let back = [
        row(1, "open", None, false),
        row(2, "succeeded", None, false),
        row(3, "succeeded", None, true),
        row(4, "failed", Some("unknown-request"), false),
        row(6, "succeeded", None, false),
    ];
    assert_eq!(old_rows(db).await, back);
    db.migrate().await.unwrap();
    assert_eq!(rows(db).await.len(), back.len());
}

async fn old_invitations_have_no_granter_until_they_are_sent_again(kind: Kind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let before = migrations_before("_granters");
    migrate_only(db, before).await;
    // whoever has the inviter's address now need not be who had it then
    let row: Vec<(&'static str, Expr)> = vec![
        ("id", Uuid::from_u128(1).into()),
        ("kind", "staff".into()),
        ("email", "grace@krisp.example".into()),
        ("role", "administrator".into()),
        ("token_hash", vec![1_u8].into()),
        ("invited_by", "root@krisp.example".into()),
        ("sent_at", now().into()),
        ("expires_at", (now() + TimeDelta::days(7)).into()),
    ];
    insert(db, "invitations", row).await;
    db.migrate().await.unwrap();
    let found = invitations::by_token(db.connection(), &[1], now()).await.unwrap().unwrap();
    assert_eq!((found.granter_id, found.granted_by_operator), (None, false));
    let granter = Some(Uuid::from_u128(2));
    let tx = db.begin().await.unwrap();
    let renewed = invitations::Invitation { token_hash: vec![2], granter_id: granter, ..found };
    invitations::renew(&tx, renewed.clone()).await.unwrap();
    store::commit(tx).await.unwrap();
    assert_eq!(invitations::by_token(db.connection(), &[2], now()).await.unwrap(), Some(renewed));

    migrate_back(db, usize::try_from(before).unwrap()).await;
    db.migrate().await.unwrap();
    let found = invitations::by_token(db.connection(), &[2], now()).await.unwrap().unwrap();
    assert_eq!(found.granter_id, None);
}

async fn sessions_that_no_logout_could_end_end_with_the_upgrade(kind: Kind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let before = migrations_before("_remembered_logouts");
    migrate_only(db, before).await;
    let team_id = team(db, 1).await;
    let person = Uuid::from_u128(7);
    let row: Vec<(&'static str, Expr)> = vec![
        ("id", person.into()),
        ("team_id", team_id.as_uuid().into()),
        ("subject_key", "b.simon".into()),
        ("name_id", "b.simon".into()),
        ("profile", serde_json::json!({}).into()),
        ("claims", serde_json::json!([]).into()),
        ("created_at", now().into()),
        ("last_sign_in_at", now().into()),
    ];
    insert(db, "people", row).await;
    for (number, person) in [(1_u8, None), (2, Some(person))] {
        let account: Vec<(&'static str, Expr)> = vec![
            ("id", Uuid::from_u128(number.into()).into()),
            ("email", format!("a{number}@krisp.example").into()),
            ("password_hash", "hash".into()),
            ("created_at", now().into()),
            ("person_id", person.into()),
        ];
        insert(db, "accounts", account).await;
        let session: Vec<(&'static str, Expr)> = vec![
            ("token_hash", vec![number].into()),
            ("account_id", Uuid::from_u128(number.into()).into()),
            ("created_at", now().into()),
            ("last_used_at", now().into()),
            ("expires_at", (now() + TimeDelta::hours(12)).into()),
        ];
        insert(db, "account_sessions", session).await;
    }
    db.migrate().await.unwrap();
    let left = store::entities::account_sessions::Entity::find().all(db.connection()).await.unwrap();
    let left: Vec<_> = left.into_iter().map(|session| (session.token_hash, session.team_id)).collect();
    assert_eq!(left, [(vec![1], None)], "those of the vendor's identity provider did not know their sign-in");

    migrate_back(db, usize::try_from(before).unwrap()).await;
    db.migrate().await.unwrap();
    assert_eq!(store::entities::account_sessions::Entity::find().all(db.connection()).await.unwrap().len(), 1);
}

async fn replicas_that_start_at_once_migrate_once(kind: Kind) {
    let TestDb { db, .. } = &fresh(kind).await;
    db.migrate_down().await.unwrap();
    let (one, other, third) = tokio::join!(db.migrate(), db.migrate(), db.migrate());
    assert!(one.is_ok() && other.is_ok() && third.is_ok(), "{one:?} {other:?} {third:?}");
    assert!(db.pending_migrations().await.unwrap().is_empty());
}
