//! Logouts that identity providers asked for, remembered for assertions and codes that come
//! after them (core §3.7.3.2).

use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::received_logouts::{ActiveModel, Column, Entity};
use crate::row::{ROWS_PER_STATEMENT, all, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// A logout that an identity provider asked for.
    ReceivedLogout in received_logouts {
        /// Its identifier.
        id: Uuid,
        /// The team.
        team_id: TeamId,
        /// Whom: the NameID as the request has it.
        name_id: String,
        /// The format of the name identifier.
        name_id_format: Option<String>,
        /// Who gave the name identifier.
        name_qualifier: Option<String>,
        /// For whom the name identifier was given.
        sp_name_qualifier: Option<String>,
        /// Which session; all that began before if there is none.
        session_index: Option<String>,
        /// `IssueInstant` of the request.
        issued_at: Timestamp,
        /// When it came.
        received_at: Timestamp,
        /// Until when it is remembered.
        expires_at: Timestamp,
    }
}

/// Remembers logouts of a team, of which at most so many are kept: those that are over the
/// soonest make way.
pub async fn insert(tx: &Tx, team: TeamId, logouts: Vec<ReceivedLogout>, most: u64) -> Result<()> {
    if logouts.is_empty() {
        return Ok(());
    }
    let rows: Vec<ActiveModel> = logouts.into_iter().map(Into::into).collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        Entity::insert_many(rows.iter().cloned()).exec_without_returning(tx).await?;
    }
    let of_team = || Entity::find().filter(Column::TeamId.eq(team.as_uuid()));
    let too_many = of_team().count(tx).await?.saturating_sub(most);
    if too_many > 0 {
        let oldest =
            of_team().select_only().column(Column::Id).order_by_asc(Column::ExpiresAt).order_by_asc(Column::Id);
        let oldest: Vec<Uuid> = oldest.limit(too_many).into_tuple().all(tx).await?;
        Entity::delete_many().filter(Column::Id.is_in(oldest)).exec(tx).await?;
    }
    Ok(())
}

/// The logouts of a team, not over yet, about a name identifier with this value.
pub async fn find_by_name_id(
    db: &impl ConnectionTrait,
    team: TeamId,
    name_id: &str,
    now: Timestamp,
) -> Result<Vec<ReceivedLogout>> {
    let logouts = Entity::find()
        .filter(Column::TeamId.eq(team.as_uuid()))
        .filter(Column::NameId.eq(name_id))
        .filter(Column::ExpiresAt.gt(now));
    all(db, logouts).await
}
