//! Removes what has expired.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::{
    account_sessions, consumed_assertions, email_changes, form_states, known_devices, limits, logouts, one_time_tokens,
    person_sessions,
};
use crate::{Result, Timestamp};

/// Deletes sessions, tokens, known devices, refused forms, used assertions, unanswered logouts and counts
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
    let accounts = sweep!(account_sessions, one_time_tokens, email_changes, known_devices, form_states, limits);
    Ok(accounts + sweep!(person_sessions, consumed_assertions, logouts))
}
