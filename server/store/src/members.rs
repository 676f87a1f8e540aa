//! A team's members one by one: their list, their roles, their going.

use model::Role;
use model::ids::{AccountId, TeamId};
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::{account_sessions, accounts, members, teams};
use crate::row::FromColumn as _;
use crate::{Result, Timestamp, Tx, team_index};

/// A member, with what their sessions say of them.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their account.
    pub account: AccountId,
    /// Its address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Since when they are a member.
    pub since: Timestamp,
    /// Whether one of their sessions has proved a second factor.
    pub second_factor: bool,
    /// When their latest session began that has not ended.
    pub last_sign_in_at: Option<Timestamp>,
}

/// Locks a team until the transaction ends: of two acts on its members at the same time, one
/// sees what the other did. Rows that refer to the team may still be written.
pub async fn lock(tx: &Tx, team: TeamId) -> Result<()> {
    teams::Entity::find_by_id(team.as_uuid()).lock(LockType::NoKeyUpdate).one(tx).await?;
    Ok(())
}

/// A team's members, in the order they came.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<Member>> {
    let rows = members::Entity::find()
        .filter(members::Column::TeamId.eq(team.as_uuid()))
        .order_by_asc(members::Column::CreatedAt)
        .order_by_asc(members::Column::AccountId)
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let accounts = accounts::Entity::find().filter(accounts::Column::Id.is_in(ids.clone())).all(db).await?;
    let sessions =
        account_sessions::Entity::find().filter(account_sessions::Column::AccountId.is_in(ids)).all(db).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(account) = accounts.iter().find(|account| account.id == row.account_id) else { continue };
        let own = || sessions.iter().filter(|session| session.account_id == row.account_id);
        list.push(Member {
            account: row.account_id.into(),
            email: account.email.clone(),
            role: Role::from_column(row.role, "members", "role")?,
            since: row.created_at,
            second_factor: own().any(|session| session.second_factor_at.is_some()),
            last_sign_in_at: own().map(|session| session.created_at).max(),
        });
    }
    Ok(list)
}

/// Changes a member's role.
pub async fn set_role(tx: &Tx, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    let row = members::ActiveModel { role: Set(role.into()), ..Default::default() };
    members::Entity::update_many()
        .set(row)
        .filter(members::Column::TeamId.eq(team.as_uuid()))
        .filter(members::Column::AccountId.eq(account.as_uuid()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes a member out of a team.
pub async fn remove(tx: &Tx, team: TeamId, account: AccountId) -> Result<()> {
    members::Entity::delete_by_id((team.as_uuid(), account.as_uuid())).exec(tx).await?;
    team_index::refresh(tx, team).await
}

/// Says whether a team asks all its members for a second factor.
pub async fn require_second_factor(tx: &Tx, team: TeamId, required: bool) -> Result<()> {
    let row = teams::ActiveModel { second_factor_required: Set(required), ..Default::default() };
    teams::Entity::update_many().set(row).filter(teams::Column::Id.eq(team.as_uuid())).exec(tx).await?;
    Ok(())
}
