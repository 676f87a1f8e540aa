//! Removes what has expired.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::{
    account_sessions, consumed_assertions, email_changes, form_states, invitations, known_devices, limits, logouts,
    one_time_tokens, passkey_ceremonies, person_sessions,
};
use crate::{Result, Timestamp};

/// How long an invitation that expired can still be sent again.
const INVITATION_MEMORY: TimeDelta = TimeDelta::days(30);

/// Deletes sessions, tokens, known devices, refused forms, used assertions, unanswered
/// logouts, counts of attempts and passkey challenges whose time is over, and says how many
/// rows went.
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
    let accounts = sweep!(account_sessions, one_time_tokens, email_changes, known_devices, form_states, limits);
    Ok(forgotten + accounts + sweep!(passkey_ceremonies, person_sessions, consumed_assertions, logouts))
}
