//! Removes what has expired.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::{
    account_sessions, consumed_assertions, form_states, invitations, limits, logouts, one_time_tokens, person_sessions,
};
use crate::{Result, Timestamp};

/// How long an invitation that expired can still be sent again.
const INVITATION_MEMORY: TimeDelta = TimeDelta::days(30);

/// Deletes sessions, tokens, refused forms, used assertions, unanswered logouts and counts
/// of attempts whose time is over, and says how many rows went.
pub async fn expired(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64> {
    macro_rules! sweep {
        ($($entity:ident),+) => {
            0 $(+ $entity::Entity::delete_many()
                .filter($entity::Column::ExpiresAt.lte(now))
                .exec(db)
                .await?
                .rows_affected)+
        };
    }
    let forgotten = invitations::Entity::delete_many()
        .filter(invitations::Column::ExpiresAt.lte(now - INVITATION_MEMORY))
        .exec(db)
        .await?
        .rows_affected;
    Ok(forgotten
        + sweep!(account_sessions, person_sessions, one_time_tokens, form_states, consumed_assertions, logouts, limits))
}
