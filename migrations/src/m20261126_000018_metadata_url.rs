//! Where an identity provider publishes its metadata.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // App Federation Metadata URL, as an administrator gave it
        add_columns(manager, "revisions", [text_null("metadata_url")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "revisions", &["metadata_url"]).await
    }
}
