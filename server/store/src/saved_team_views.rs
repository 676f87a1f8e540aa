//! Filters of support's list of teams that an account keeps under a name.

use model::ids::AccountId;
use model::support::TeamListFilter;
use sea_orm::sea_query::{ExprTrait as _, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::saved_team_views::{ActiveModel, Column, Entity};
use crate::row::{all, row};
use crate::{Result, Timestamp};

row! {
    /// A filter that an account keeps.
    SavedTeamView in saved_team_views {
        /// Whose.
        account_id: AccountId,
        /// Under which name.
        name: String,
        /// The filter.
        filter: TeamListFilter,
        /// Since when.
        created_at: Timestamp,
    }
}

/// All of an account, by name.
pub async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<SavedTeamView>> {
    let of_account = Entity::find().filter(Column::AccountId.eq(account.as_uuid()));
    all(db, of_account.order_by_asc(Column::Name)).await
}

/// Keeps one, in place of another one with its name.
pub async fn save(db: &impl ConnectionTrait, view: SavedTeamView) -> Result<()> {
    let row: ActiveModel = view.into();
    let replaced = OnConflict::columns([Column::AccountId, Column::Name]).update_column(Column::Filter).to_owned();
    Entity::insert(row).on_conflict(replaced).exec_without_returning(db).await?;
    Ok(())
}

/// Lets one go.
pub async fn delete(db: &impl ConnectionTrait, account: AccountId, name: &str) -> Result<()> {
    let this = Column::AccountId.eq(account.as_uuid()).and(Column::Name.eq(name));
    Entity::delete_many().filter(this).exec(db).await?;
    Ok(())
}
