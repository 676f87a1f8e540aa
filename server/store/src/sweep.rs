//! Removes what has expired.

use chrono::TimeDelta;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::{
    access_tokens, account_sessions, accounts, authorizations, client_assertions, consumed_assertions, form_states,
    invitations, known_devices, limits, one_time_tokens, outbox, passkey_ceremonies, person_sessions, pushed_requests,
    received_logouts, refresh_tokens, sent_logout_requests,
};
use crate::one_time_tokens::TokenPurpose;
use crate::{Result, Timestamp};

/// How long an account waits to be confirmed; longer while a link to it still works.
const UNCONFIRMED: TimeDelta = TimeDelta::days(7);
/// For how long it is known that a mail was sent.
const SENT_MAIL: TimeDelta = TimeDelta::days(30);
/// For how long a dead letter waits for support.
const DEAD_LETTERS: TimeDelta = TimeDelta::days(90);

/// How long an invitation that expired can still be sent again.
const EXPIRED_INVITATIONS: TimeDelta = TimeDelta::days(30);

/// Deletes what is past its time: sessions, tokens, known devices, refused forms, consumed
/// assertions, logouts (sent and received), counts of attempts, passkey challenges, invitations,
/// unconfirmed accounts and old mail. Says how many rows went, without those that went with them.
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
        .filter(invitations::Column::ExpiresAt.lte(now - EXPIRED_INVITATIONS))
        .exec(db)
        .await?
        .rows_affected;
    let forgotten = forgotten + unconfirmed_accounts(db, now).await? + old_mail(db, now).await?;
    let accounts = sweep!(account_sessions, one_time_tokens, known_devices, form_states, limits);
    let sign_ins = sweep!(person_sessions, consumed_assertions, sent_logout_requests, received_logouts);
    let applications = sweep!(access_tokens, refresh_tokens, authorizations, pushed_requests, client_assertions);
    Ok(forgotten + accounts + sign_ins + applications + sweep!(passkey_ceremonies))
}

/// Anybody can make accounts of addresses that are not theirs: they go if nobody confirms them.
async fn unconfirmed_accounts(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64> {
    let mut with_link = Query::select();
    with_link.column(one_time_tokens::Column::AccountId).from(one_time_tokens::Entity);
    with_link.and_where(one_time_tokens::Column::AccountId.is_not_null());
    let links: [&str; 2] = [TokenPurpose::VerifyEmail.into(), TokenPurpose::ResetPassword.into()];
    with_link.and_where(one_time_tokens::Column::Purpose.is_in(links));
    with_link.and_where(one_time_tokens::Column::ExpiresAt.gt(now));
    let unconfirmed = accounts::Entity::delete_many()
        .filter(accounts::Column::EmailVerifiedAt.is_null())
        .filter(accounts::Column::SupportRole.is_null())
        .filter(accounts::Column::PersonId.is_null())
        .filter(accounts::Column::CreatedAt.lte(now - UNCONFIRMED))
        .filter(accounts::Column::Id.not_in_subquery(with_link));
    Ok(unconfirmed.exec(db).await?.rows_affected)
}

/// What was sent is empty already; it only says when.
async fn old_mail(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64> {
    let old = Condition::any()
        .add(outbox::Column::SentAt.lte(now - SENT_MAIL))
        .add(outbox::Column::DeadAt.lte(now - DEAD_LETTERS));
    Ok(outbox::Entity::delete_many().filter(old).exec(db).await?.rows_affected)
}
