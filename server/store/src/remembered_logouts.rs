//! Logouts that identity providers asked for, remembered for assertions and codes that come
//! after them (core §3.7.3.2).

use model::ids::TeamId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

pub use crate::entities::remembered_logouts::Model as RememberedLogout;
use crate::entities::remembered_logouts::{ActiveModel, Column, Entity};
use crate::{Result, Timestamp, Tx};

/// Rows of one statement: databases limit how many values one may have.
const AT_ONCE: usize = 500;

/// Remembers logouts of a team, of which at most so many are kept: those that are over the
/// soonest make way.
pub async fn insert(tx: &Tx, team: TeamId, logouts: Vec<RememberedLogout>, most: u64) -> Result<()> {
    if logouts.is_empty() {
        return Ok(());
    }
    let rows: Vec<ActiveModel> = logouts.into_iter().map(Into::into).collect();
    for rows in rows.chunks(AT_ONCE) {
        Entity::insert_many(rows.iter().cloned()).exec_without_returning(tx).await?;
    }
    let of_team = || Entity::find().filter(Column::TeamId.eq(team.as_uuid()));
    let too_many = of_team().count(tx).await?.saturating_sub(most);
    if too_many > 0 {
        let oldest =
            of_team().select_only().column(Column::Id).order_by_asc(Column::ExpiresAt).order_by_asc(Column::Id);
        let oldest: Vec<sea_orm::prelude::Uuid> = oldest.limit(too_many).into_tuple().all(tx).await?;
        Entity::delete_many().filter(Column::Id.is_in(oldest)).exec(tx).await?;
    }
    Ok(())
}

/// The logouts of a team, not over yet, about a name identifier with this value.
pub async fn about(
    db: &impl ConnectionTrait,
    team: TeamId,
    name_id: &str,
    now: Timestamp,
) -> Result<Vec<RememberedLogout>> {
    let logouts = Entity::find()
        .filter(Column::TeamId.eq(team.as_uuid()))
        .filter(Column::NameId.eq(name_id))
        .filter(Column::ExpiresAt.gt(now));
    Ok(logouts.all(db).await?)
}
