//! What is there of a team's sign-ins that a logout ends: sessions of people, sessions of
//! accounts (the vendor's staff comes by the same door), and sign-ins on their way to one.

use chrono::TimeDelta;
use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, PaginatorTrait, QueryFilter, QuerySelect};

use crate::accounts::{self, Session};
use crate::attempts::{Attempt, status};
use crate::entities::{account_sessions, attempts, person_sessions};
use crate::people::PersonSession;
use crate::{Result, Timestamp, Tx};

/// Databases take only so many values in one statement.
const AT_ONCE: usize = 500;

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
pub async fn sessions_of_people(db: &impl ConnectionTrait, team: TeamId, name_id: &str) -> Result<Vec<PersonSession>> {
    let sessions = person_sessions::Entity::find()
        .filter(person_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(person_sessions::Column::NameId.eq(name_id));
    Ok(sessions.all(db).await?)
}

/// The sessions of accounts that came from sign-ins at this team with this name identifier.
pub async fn sessions_of_staff(db: &impl ConnectionTrait, team: TeamId, name_id: &str) -> Result<Vec<Session>> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(account_sessions::Column::NameId.eq(name_id));
    Ok(sessions.all(db).await?)
}

/// Whose sign-ins are on their way.
#[derive(Clone, Copy, Debug)]
pub enum InFlight<'a> {
    /// Everybody's: who it is has been verified, and the code not redeemed.
    Everybodys,
    /// The same, of this name identifier.
    Named(&'a str),
    /// The same, of this person.
    OfPerson(Uuid),
    /// Those that this browser began, whose cookie has this hash; also while the identity
    /// provider has not answered yet.
    OfBrowser(&'a [u8]),
}

/// The team's sign-ins that may still become a session; tests never do.
pub async fn in_flight(
    db: &impl ConnectionTrait,
    team: TeamId,
    whose: InFlight<'_>,
    now: Timestamp,
) -> Result<Vec<Attempt>> {
    let sign_ins = attempts::Entity::find()
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::IsTest.eq(false))
        // no sign-in takes so long: says where the index is entered
        .filter(attempts::Column::CreatedAt.gt(now - TimeDelta::hours(1)));
    let has_code = attempts::Column::Status.eq(status::VERIFIED).and(attempts::Column::CodeExpiresAt.gt(now));
    let is_away = attempts::Column::Status.eq(status::OPEN).and(attempts::Column::ExpiresAt.gt(now));
    let sign_ins = match whose {
        InFlight::Everybodys => sign_ins.filter(has_code),
        InFlight::Named(name_id) => sign_ins.filter(has_code).filter(attempts::Column::NameId.eq(name_id)),
        InFlight::OfPerson(person) => sign_ins.filter(has_code).filter(attempts::Column::PersonId.eq(person)),
        InFlight::OfBrowser(hash) => {
            sign_ins.filter(has_code.or(is_away)).filter(attempts::Column::BrowserHash.eq(hash.to_vec()))
        }
    };
    Ok(sign_ins.all(db).await?)
}

/// Ends these sessions of people, and says how many there were still.
pub async fn end_people(tx: &Tx, token_hashes: &[Vec<u8>]) -> Result<u64> {
    let mut ended = 0;
    for some in token_hashes.chunks(AT_ONCE) {
        let these = person_sessions::Column::TokenHash.is_in(some.iter().cloned());
        ended += person_sessions::Entity::delete_many().filter(these).exec(tx).await?.rows_affected;
    }
    Ok(ended)
}

/// Ends these sessions of accounts, and says how many there were still.
pub async fn end_staff(tx: &Tx, token_hashes: &[Vec<u8>]) -> Result<u64> {
    let mut ended = 0;
    for some in token_hashes.chunks(AT_ONCE) {
        let these = account_sessions::Column::TokenHash.is_in(some.iter().cloned());
        ended += account_sessions::Entity::delete_many().filter(these).exec(tx).await?.rows_affected;
    }
    Ok(ended)
}

/// How many sessions that came from sign-ins at the team are open.
pub async fn count_team(db: &impl ConnectionTrait, team: TeamId, now: Timestamp) -> Result<u64> {
    let of_people = person_sessions::Entity::find()
        .filter(person_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(person_sessions::Column::ExpiresAt.gt(now));
    let of_staff = account_sessions::Entity::find()
        .filter(account_sessions::Column::TeamId.eq(team.as_uuid()))
        .filter(account_sessions::Column::ExpiresAt.gt(now));
    Ok(of_people.count(db).await? + of_staff.count(db).await?)
}

/// Ends every session that came from a sign-in at the team, and says how many there were.
pub async fn end_team(tx: &Tx, team: TeamId) -> Result<u64> {
    let of_people = person_sessions::Column::TeamId.eq(team.as_uuid());
    let people = person_sessions::Entity::delete_many().filter(of_people).exec(tx).await?;
    let of_staff = account_sessions::Column::TeamId.eq(team.as_uuid());
    let staff = account_sessions::Entity::delete_many().filter(of_staff).exec(tx).await?;
    Ok(people.rows_affected + staff.rows_affected)
}
