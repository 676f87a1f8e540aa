//! Removes what has expired.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::{
    account_sessions, consumed_assertions, form_states, limits, logouts, one_time_tokens, passkey_ceremonies,
    person_sessions,
};
use crate::{Result, Timestamp};

/// Deletes sessions, tokens, refused forms, used assertions, unanswered logouts, counts of
/// attempts and passkey challenges whose time is over, and says how many rows went.
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
    Ok(sweep!(
        account_sessions,
        person_sessions,
        one_time_tokens,
        form_states,
        consumed_assertions,
        logouts,
        limits,
        passkey_ceremonies
    ))
}
