//! Key pairs of teams: what requests are signed with, and what assertions may be encrypted to.

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
                    .table("sp_keys")
                    .col(uuid("id").primary_key())
                    .col(uuid("team_id"))
                    // current, next or retired
                    .col(string("state"))
                    .col(binary("certificate"))
                    .col(string("thumbprint_sha1"))
                    .col(string("thumbprint_sha256"))
                    .col(timestamp_with_time_zone("not_before"))
                    .col(timestamp_with_time_zone("not_after"))
                    // PKCS#8, sealed for this row: `domain::sealed`
                    .col(binary("private_key"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by("sp_keys", "team_id", "teams"))
                    .to_owned(),
            )
            .await?;
        // At most one current and one next key a team, whatever runs at the same time.
        for state in ["current", "next"] {
            let one = Index::create()
                .unique()
                .name(format!("sp_keys_one_{state}"))
                .table("sp_keys")
                .col("team_id")
                .and_where(Expr::col("state").eq(Expr::Constant(state.into())))
                .to_owned();
            manager.create_index(one).await?;
        }
        manager.create_index(crate::index("sp_keys", &["team_id", "created_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("sp_keys").to_owned()).await
    }
}
