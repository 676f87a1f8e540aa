//! Who of support reviews a team that waits for review.

use std::collections::{BTreeMap, BTreeSet};

use model::ids::{AccountId, TeamId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::accounts::Account;
use crate::entities::accounts;
use crate::entities::team_reviewers::{ActiveModel, Column, Entity};
use crate::row::all;
use crate::{Result, Timestamp, Tx};

/// Who reviews a team.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamReviewer {
    /// Their account: of support, and not deactivated.
    pub account: Account,
    /// Since when they do.
    pub since: Timestamp,
}

/// Makes an account the reviewer of a team, whoever was it before.
pub async fn set(tx: &Tx, team: TeamId, account: AccountId, since: Timestamp) -> Result<()> {
    let row = ActiveModel { team_id: Set(team.as_uuid()), account_id: Set(account.as_uuid()), since: Set(since) };
    let anew = OnConflict::column(Column::TeamId).update_columns([Column::AccountId, Column::Since]).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}

/// Leaves a team without a reviewer.
pub async fn release(tx: &Tx, team: TeamId) -> Result<()> {
    Entity::delete_by_id(team.as_uuid()).exec(tx).await?;
    Ok(())
}

/// Leaves all teams of a reviewer without one.
pub async fn release_all_of(tx: &Tx, account: AccountId) -> Result<()> {
    Entity::delete_many().filter(Column::AccountId.eq(account.as_uuid())).exec(tx).await?;
    Ok(())
}

/// The reviewers of some teams, where there is one who is still of support.
pub async fn of_teams(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<BTreeMap<TeamId, TeamReviewer>> {
    if teams.is_empty() {
        return Ok(BTreeMap::new());
    }
    let these = Column::TeamId.is_in(teams.iter().map(|team| team.as_uuid()));
    let rows = Entity::find().filter(these).all(db).await?;
    let ids: BTreeSet<_> = rows.iter().map(|row| row.account_id).collect();
    let active = accounts::Entity::find()
        .filter(accounts::Column::Id.is_in(ids))
        .filter(accounts::Column::SupportRole.is_not_null())
        .filter(accounts::Column::DeactivatedAt.is_null());
    let accounts: Vec<Account> = all(db, active).await?;
    let accounts: BTreeMap<_, _> =
        accounts.into_iter().map(|account| (account.account_id().as_uuid(), account)).collect();
    let reviewer = |row: crate::entities::team_reviewers::Model| {
        let account = accounts.get(&row.account_id)?.clone();
        Some((TeamId::from(row.team_id), TeamReviewer { account, since: row.since }))
    };
    Ok(rows.into_iter().filter_map(reviewer).collect())
}
