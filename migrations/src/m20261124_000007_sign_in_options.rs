//! How a revision asks for sign-ins.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            // how requests travel to sso_url; none means HTTP-Redirect
            string_null("sso_binding"),
            // `model::SignInOptions`; what is not in it has its default
            json("options").default("{}").to_owned(),
        ];
        add_columns(manager, "revisions", columns).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "revisions", &["options", "sso_binding"]).await
    }
}
