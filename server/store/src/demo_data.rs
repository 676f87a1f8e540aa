//! Rows in bulk, for databases that are filled to try them out or to measure them.

use model::Role;
use model::ids::{AccountId, TeamId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};

use crate::accounts::Account;
use crate::attempts::Attempt;
use crate::entities::{accounts, attempts, certificates, members, people, revisions, teams};
use crate::people::Person;
use crate::revisions::{Certificate, Revision};
use crate::teams::Team;
use crate::{ConnectionTrait, Result, Timestamp, Tx};

/// Rows of one statement: SQLite takes 32,766 values, and an attempt has 39.
const ROWS: usize = 800;

/// Teams, each with an owner and what is configured.
#[derive(Debug, Default)]
pub struct DemoTeams {
    /// The teams.
    pub teams: Vec<Team>,
    /// Accounts of their owners.
    pub accounts: Vec<Account>,
    /// Whose account owns which team.
    pub owners: Vec<(TeamId, AccountId, Timestamp)>,
    /// Their revisions.
    pub revisions: Vec<Revision>,
    /// The certificates of these.
    pub certificates: Vec<Certificate>,
}

/// How many teams there are.
pub async fn count_teams(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(teams::Entity::find().count(db).await?)
}

/// Adds teams. Support's list has to be told of them afterwards: `team_index::missing`.
pub async fn insert_teams(tx: &Tx, rows: DemoTeams) -> Result<()> {
    insert::<teams::ActiveModel>(tx, rows.teams.into_iter().map(Into::into)).await?;
    insert::<accounts::ActiveModel>(tx, rows.accounts.into_iter().map(Into::into)).await?;
    let owners = rows.owners.into_iter().map(|(team, account, since)| members::ActiveModel {
        team_id: Set(team.as_uuid()),
        account_id: Set(account.as_uuid()),
        role: Set(Role::Owner.into()),
        created_at: Set(since),
    });
    insert::<members::ActiveModel>(tx, owners).await?;
    insert::<revisions::ActiveModel>(tx, rows.revisions.into_iter().map(Into::into)).await?;
    insert::<certificates::ActiveModel>(tx, rows.certificates.into_iter().map(Into::into)).await
}

/// Adds people.
pub async fn insert_people(tx: &Tx, rows: Vec<Person>) -> Result<()> {
    insert::<people::ActiveModel>(tx, rows.into_iter().map(Into::into)).await
}

/// Adds sign-ins.
pub async fn insert_attempts(tx: &Tx, rows: Vec<Attempt>) -> Result<()> {
    insert::<attempts::ActiveModel>(tx, rows.into_iter().map(Into::into)).await
}

/// Gathers what planners of queries know of the tables, which PostgreSQL does by itself after a while.
pub async fn analyze(tx: &Tx) -> Result<()> {
    tx.execute_unprepared("ANALYZE").await?;
    Ok(())
}

async fn insert<A>(tx: &Tx, rows: impl Iterator<Item = A>) -> Result<()>
where
    A: ActiveModelTrait,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(ROWS).collect();
        A::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}
