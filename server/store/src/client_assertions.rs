//! The assertions that clients authenticate with: each is accepted once (RFC 7523 §3).

use model::ids::ApplicationId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::entities::client_assertions;
use crate::{Result, Timestamp};

/// Accepts an assertion once. `false`: the application has sent it before.
pub async fn consume(
    db: &impl ConnectionTrait,
    application: ApplicationId,
    jti_hash: Vec<u8>,
    expires_at: Timestamp,
) -> Result<bool> {
    let row = client_assertions::ActiveModel {
        application_id: Set(application.as_uuid()),
        jti_hash: Set(jti_hash),
        expires_at: Set(expires_at),
    };
    let once = OnConflict::new().do_nothing().to_owned();
    let inserted = client_assertions::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(inserted == 1)
}
