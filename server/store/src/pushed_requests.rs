//! Pushed authorization requests (RFC 9126): each is used once.

use model::ids::ApplicationId;
use sea_orm::prelude::Json;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::pushed_requests;
use crate::row::row;
use crate::{Result, Timestamp};

row! {
    /// An authorization request that was pushed.
    PushedRequest in pushed_requests {
        /// SHA-256 of its handle.
        handle_hash: Vec<u8>,
        /// The application that pushed it.
        application_id: ApplicationId,
        /// Its parameters: pairs of name and value.
        parameters: Json,
        /// Until when it may be used.
        expires_at: Timestamp,
    }
}

/// Adds a pushed request.
pub async fn insert(db: &impl ConnectionTrait, request: PushedRequest) -> Result<()> {
    let row: pushed_requests::ActiveModel = request.into();
    pushed_requests::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Uses a pushed request up. None: it was used, has expired, or is another application's.
pub async fn take(
    db: &impl ConnectionTrait,
    application: ApplicationId,
    handle_hash: &[u8],
    now: Timestamp,
) -> Result<Option<PushedRequest>> {
    let taken = pushed_requests::Entity::delete_many()
        .filter(pushed_requests::Column::HandleHash.eq(handle_hash.to_vec()))
        .filter(pushed_requests::Column::ApplicationId.eq(application.as_uuid()))
        .filter(pushed_requests::Column::ExpiresAt.gt(now))
        .exec_with_returning(db)
        .await?;
    taken.into_iter().next().map(PushedRequest::try_from).transpose()
}
