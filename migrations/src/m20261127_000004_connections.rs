//! Connections: their revisions, the certificates of each, and the key pairs of teams.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by, unique, unique_where};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_revisions(manager).await?;
        create_certificates(manager).await?;
        create_sp_keys(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["sp_keys", "certificates", "revisions"]).await
    }
}

/// Whether a row has this state.
fn has_state(state: &'static str) -> SimpleExpr {
    Expr::col("state").eq(Expr::Constant(state.into()))
}

async fn create_revisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("revisions")
                .col(uuid("id").primary_key())
                .col(uuid("team_id"))
                .col(integer("number"))
                // draft, live or retired
                .col(string("state"))
                // these three are there together, once the identity provider was entered
                .col(text_null("idp_entity_id"))
                .col(text_null("sso_url"))
                .col(string_null("sso_binding"))
                .col(text_null("slo_url"))
                // App Federation Metadata URL, as an administrator gave it
                .col(text_null("metadata_url"))
                .col(json("claims"))
                // `model::SignInOptions`; what is not in it has its default
                .col(json("options"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone_null("live_at"))
                .foreign_key(&mut owned_by("revisions", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("revisions_number", "revisions", &["team_id", "number"])).await?;
    // At most one draft and one live revision a team, whatever runs at the same time.
    manager.create_index(unique_where("revisions_one_draft", "revisions", "team_id", has_state("draft"))).await?;
    manager.create_index(unique_where("revisions_one_live", "revisions", "team_id", has_state("live"))).await
}

async fn create_certificates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
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
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("certificates_once", "certificates", &["revision_id", "thumbprint_sha256"])).await
}

/// What requests are signed with, and what assertions may be encrypted to.
async fn create_sp_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
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
    manager.create_index(unique_where("sp_keys_one_current", "sp_keys", "team_id", has_state("current"))).await?;
    manager.create_index(unique_where("sp_keys_one_next", "sp_keys", "team_id", has_state("next"))).await?;
    manager.create_index(index("sp_keys", &["team_id", "created_at"])).await
}
