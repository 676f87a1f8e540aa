//! What an attempt asked of the authentication, when the person authenticated, and whether a
//! page asks before it goes on.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns};

#[derive(DeriveMigrationName)]
pub struct Migration;

const ATTEMPT: [&str; 3] = ["force_authn", "authenticated_at", "awaits_answer"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            // this request asks for it, whatever the revision does
            boolean("force_authn").default(false).to_owned(),
            // AuthnInstant of the verified assertion
            timestamp_with_time_zone_null("authenticated_at"),
            // the code works by the button of the page that asks first, not by its address
            boolean("awaits_answer").default(false).to_owned(),
        ];
        add_columns(manager, "attempts", columns).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "attempts", &ATTEMPT).await
    }
}
