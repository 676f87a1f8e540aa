//! Logout requests that the portal sent, and that an identity provider has yet to answer.

use model::ids::{AttemptId, RevisionId, TeamId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::sent_logout_requests;
use crate::row::{one, row};
use crate::{Result, Timestamp};

row! {
    /// A logout request that waits for its answer.
    SentLogoutRequest in sent_logout_requests {
        /// The ID of the request.
        request_id: String,
        /// The team.
        team_id: TeamId,
        /// The revision whose identity provider it went to.
        revision_id: RevisionId,
        /// SHA-256 of its RelayState.
        relay_state_hash: Vec<u8>,
        /// Until when it may be answered.
        expires_at: Timestamp,
        /// Where an application wants its people afterwards.
        return_to: Option<String>,
        /// The sign-in whose session ended, where that is known.
        attempt_id: Option<AttemptId>,
    }
}

/// Remembers a request.
pub async fn insert(db: &impl ConnectionTrait, request: SentLogoutRequest) -> Result<()> {
    let row: sent_logout_requests::ActiveModel = request.into();
    sent_logout_requests::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The team's request that sent this RelayState, if it may still be answered.
pub async fn by_relay_state(
    db: &impl ConnectionTrait,
    team: TeamId,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<SentLogoutRequest>> {
    let request = sent_logout_requests::Entity::find()
        .filter(sent_logout_requests::Column::TeamId.eq(team.as_uuid()))
        .filter(sent_logout_requests::Column::RelayStateHash.eq(hash.to_vec()))
        .filter(sent_logout_requests::Column::ExpiresAt.gt(now));
    one(db, request).await
}

/// Uses a request up. `false`: it was answered before.
pub async fn consume(db: &impl ConnectionTrait, team: TeamId, request_id: &str) -> Result<bool> {
    let deleted = sent_logout_requests::Entity::delete_many()
        .filter(sent_logout_requests::Column::TeamId.eq(team.as_uuid()))
        .filter(sent_logout_requests::Column::RequestId.eq(request_id))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}
