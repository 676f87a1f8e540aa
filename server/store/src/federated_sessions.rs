//! What came of sign-ins at a team's identity provider, and ends with a logout there: sessions of
//! people, sessions of accounts (support may sign in so), and sign-ins that are not finished yet.

use chrono::TimeDelta;
use model::ids::{AccountId, PersonId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, PaginatorTrait, QueryFilter, QuerySelect};

use crate::account_sessions::AccountSession;
use crate::accounts;
use crate::attempts::{Attempt, AttemptStatus};
use crate::entities::{account_sessions, attempts, person_sessions};
use crate::people::PersonSession;
use crate::row::{ROWS_PER_STATEMENT, all};
use crate::{Result, Timestamp, Tx};

/// Locks the accounts that have sessions from sign-ins at the team, or those of this name
/// identifier: a session that gets a new token at this moment is found under it afterwards.
/// Comes after the lock of the team, as everywhere.
pub async fn lock_accounts(tx: &Tx, team: TeamId, name_id: Option<&str>) -> Result<()> {
    let mut sessions = account_sessions::Entity::find()
        .select_only()
        .column(account_sessions::Column::AccountId)
        .distinct()
        .filter(account_sessions::Column::TeamId.eq(team.as_uuid()));
    if let Some(name_id) = name_id {
        sessions = sessions.filter(account_sessions::Column::NameId.eq(name_id));
    }
    let mut accounts: Vec<Uuid> = sessions.into_tuple().all(tx).await?;
    accounts.sort_unstable();
    for account in accounts {
        accounts::lock(tx, account.into()).await?;
    }
    Ok(())
}

/// A team's sessions of people whose name identifier has this value.
pub async fn person_sessions(db: &impl ConnectionTrait, team: TeamId, name_id: &str) -> Result<Vec<PersonSession>> {
    let sessions = person_sessions::Entity::find()
        .filter(person_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(person_sessions::Column::NameId.eq(name_id));
    all(db, sessions).await
}

/// A person's sessions, whatever their name identifier was.
pub async fn person_sessions_of(
    db: &impl ConnectionTrait,
    team: TeamId,
    person: PersonId,
) -> Result<Vec<PersonSession>> {
    let sessions = person_sessions::Entity::find()
        .filter(person_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(person_sessions::Column::PersonId.eq(person.as_uuid()));
    all(db, sessions).await
}

/// The sessions of an account that came from sign-ins at this team.
pub async fn account_sessions_of(
    db: &impl ConnectionTrait,
    team: TeamId,
    account: AccountId,
) -> Result<Vec<AccountSession>> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(account_sessions::Column::AccountId.eq(account.as_uuid()));
    all(db, sessions).await
}

/// The sessions of accounts that came from sign-ins at this team with this name identifier.
pub async fn account_sessions(db: &impl ConnectionTrait, team: TeamId, name_id: &str) -> Result<Vec<AccountSession>> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(account_sessions::Column::NameId.eq(name_id));
    all(db, sessions).await
}

/// Which sign-ins that are not finished yet.
#[derive(Clone, Copy, Debug)]
pub enum UnfinishedSignIns<'a> {
    /// All whose response was verified, and whose code was not redeemed.
    All,
    /// Of these, those of this name identifier.
    ByNameId(&'a str),
    /// Of these, those of this person.
    ByPerson(PersonId),
    /// Those that this browser began, whose cookie has this hash; also while the identity
    /// provider has not answered yet.
    ByBrowser(&'a [u8]),
}

/// The team's sign-ins that may still become a session; tests never do.
pub async fn unfinished_sign_ins(
    db: &impl ConnectionTrait,
    team: TeamId,
    which: UnfinishedSignIns<'_>,
    now: Timestamp,
) -> Result<Vec<Attempt>> {
    let sign_ins = attempts::Entity::find()
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::IsTest.eq(false))
        // no sign-in takes so long: says where the index is entered
        .filter(attempts::Column::CreatedAt.gt(now - TimeDelta::hours(1)));
    let has_code =
        attempts::Column::Status.eq(AttemptStatus::Verified.code()).and(attempts::Column::CodeExpiresAt.gt(now));
    let is_away = attempts::Column::Status.eq(AttemptStatus::Open.code()).and(attempts::Column::ExpiresAt.gt(now));
    let sign_ins = match which {
        UnfinishedSignIns::All => sign_ins.filter(has_code),
        UnfinishedSignIns::ByNameId(name_id) => sign_ins.filter(has_code).filter(attempts::Column::NameId.eq(name_id)),
        UnfinishedSignIns::ByPerson(person) => {
            sign_ins.filter(has_code).filter(attempts::Column::PersonId.eq(person.as_uuid()))
        }
        UnfinishedSignIns::ByBrowser(hash) => {
            sign_ins.filter(has_code.or(is_away)).filter(attempts::Column::BrowserHash.eq(hash.to_vec()))
        }
    };
    all(db, sign_ins).await
}

/// Ends these sessions of people, and says how many there were still.
pub async fn end_person_sessions(tx: &Tx, token_hashes: &[Vec<u8>]) -> Result<u64> {
    let mut ended = 0;
    for some in token_hashes.chunks(ROWS_PER_STATEMENT) {
        let these = person_sessions::Column::TokenHash.is_in(some.iter().cloned());
        ended += person_sessions::Entity::delete_many().filter(these).exec(tx).await?.rows_affected;
    }
    Ok(ended)
}

/// Ends these sessions of accounts, and says how many there were still.
pub async fn end_account_sessions(tx: &Tx, token_hashes: &[Vec<u8>]) -> Result<u64> {
    let mut ended = 0;
    for some in token_hashes.chunks(ROWS_PER_STATEMENT) {
        let these = account_sessions::Column::TokenHash.is_in(some.iter().cloned());
        ended += account_sessions::Entity::delete_many().filter(these).exec(tx).await?.rows_affected;
    }
    Ok(ended)
}

/// How many sessions that came from sign-ins at the team are open.
pub async fn count(db: &impl ConnectionTrait, team: TeamId, now: Timestamp) -> Result<u64> {
    let of_people = person_sessions::Entity::find()
        .filter(person_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(person_sessions::Column::ExpiresAt.gt(now));
    let of_accounts = account_sessions::Entity::find()
        .filter(account_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(account_sessions::Column::ExpiresAt.gt(now));
    Ok(of_people.count(db).await? + of_accounts.count(db).await?)
}

/// Ends every session that came from a sign-in at the team, and says how many there were.
pub async fn end_all(tx: &Tx, team: TeamId) -> Result<u64> {
    let of_people = person_sessions::Column::TeamId.eq(team.as_uuid());
    let people = person_sessions::Entity::delete_many().filter(of_people).exec(tx).await?;
    let of_accounts = account_sessions::Column::TeamId.eq(team.as_uuid());
    let accounts = account_sessions::Entity::delete_many().filter(of_accounts).exec(tx).await?;
    Ok(people.rows_affected + accounts.rows_affected)
}
