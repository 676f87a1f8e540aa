//! Logos of applications. Which version an application has stands in its own row.

use model::ids::ApplicationId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::{application_logos, applications};
use crate::row::{one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// The logo of an application.
    ApplicationLogo in application_logos {
        /// The application.
        application_id: ApplicationId,
        /// What kind of picture it is, as browsers are told.
        media_type: String,
        /// The picture.
        content: Vec<u8>,
    }
}

/// Replaces an application's logo.
pub async fn set(tx: &Tx, logo: ApplicationLogo, version: &str, now: Timestamp) -> Result<()> {
    set_version(tx, logo.application_id, Some(version), now).await?;
    let row: application_logos::ActiveModel = logo.into();
    let replaced = OnConflict::column(application_logos::Column::ApplicationId)
        .update_columns([application_logos::Column::MediaType, application_logos::Column::Content])
        .to_owned();
    application_logos::Entity::insert(row).on_conflict(replaced).exec_without_returning(tx).await?;
    Ok(())
}

/// Removes an application's logo.
pub async fn remove(tx: &Tx, application: ApplicationId, now: Timestamp) -> Result<()> {
    set_version(tx, application, None, now).await?;
    application_logos::Entity::delete_by_id(application.as_uuid()).exec(tx).await?;
    Ok(())
}

async fn set_version(tx: &Tx, application: ApplicationId, version: Option<&str>, now: Timestamp) -> Result<()> {
    let row = applications::ActiveModel {
        logo_version: Set(version.map(str::to_owned)),
        updated_at: Set(now),
        ..Default::default()
    };
    let this = applications::Column::Id.eq(application.as_uuid());
    applications::Entity::update_many().set(row).filter(this).exec(tx).await?;
    Ok(())
}

/// The logo of an application, if it has one.
pub async fn of_application(db: &impl ConnectionTrait, application: ApplicationId) -> Result<Option<ApplicationLogo>> {
    one(db, application_logos::Entity::find_by_id(application.as_uuid())).await
}
