//! The replay guard: assertions that were used.

use model::ids::TeamId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::entities::consumed_assertions;
use crate::{Result, Timestamp};

/// Uses an assertion up: `true` the first time, `false` for a replay. The row's key decides,
/// so two replicas cannot both say `true`.
pub async fn consume(
    db: &impl ConnectionTrait,
    team: TeamId,
    assertion_id_hash: &[u8],
    expires_at: Timestamp,
) -> Result<bool> {
    let row = consumed_assertions::ActiveModel {
        team_id: Set(team.as_uuid()),
        assertion_id_hash: Set(assertion_id_hash.to_vec()),
        expires_at: Set(expires_at),
    };
    let once = OnConflict::columns([consumed_assertions::Column::TeamId, consumed_assertions::Column::AssertionIdHash])
        .do_nothing()
        .to_owned();
    let inserted = consumed_assertions::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(inserted == 1)
}
