//! Connection revisions, and the certificates of each.

use sea_orm_migration::{prelude::*, schema::*};

use crate::owned_by;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("revisions")
                    .col(uuid("id").primary_key())
                    .col(uuid("team_id"))
                    .col(integer("number"))
                    .col(string("state"))
                    .col(text_null("idp_entity_id"))
                    .col(text_null("sso_url"))
                    .col(text_null("slo_url"))
                    .col(json("claims"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .col(timestamp_with_time_zone_null("live_at"))
                    .foreign_key(&mut owned_by("revisions", "team_id", "teams"))
                    .index(Index::create().unique().name("revisions_number").col("team_id").col("number"))
                    .to_owned(),
            )
            .await?;
        // At most one draft and one live revision a team, whatever runs at the same time.
        for state in ["draft", "live"] {
            let one = Index::create()
                .unique()
                .name(format!("revisions_one_{state}"))
                .table("revisions")
                .col("team_id")
                .and_where(Expr::col("state").eq(Expr::Constant(state.into())))
                .to_owned();
            manager.create_index(one).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("certificates")
                    .col(uuid("id").primary_key())
                    .col(uuid("team_id"))
                    .col(uuid("revision_id"))
                    .col(binary("der"))
                    .col(string("subject"))
                    .col(string("thumbprint_sha1"))
                    .col(string("thumbprint_sha256"))
                    .col(string("public_key"))
                    .col(timestamp_with_time_zone("not_before"))
                    .col(timestamp_with_time_zone("not_after"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by("certificates", "team_id", "teams"))
                    .foreign_key(&mut owned_by("certificates", "revision_id", "revisions"))
                    .index(
                        Index::create().unique().name("certificates_once").col("revision_id").col("thumbprint_sha256"),
                    )
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["certificates", "revisions"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
