//! Teams (the tenants), their members, the set-up steps that were ticked off, and invitations.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by, unique, unique_where};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_teams(manager).await?;
        create_members(manager).await?;
        create_setup_confirmations(manager).await?;
        create_invitations(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["invitations", "setup_confirmations", "members", "teams"]).await
    }
}

async fn create_teams(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("teams")
                .col(uuid("id").primary_key())
                .col(string("slug").unique_key())
                .col(string("name"))
                .col(string("status"))
                // what support said with its last decision
                .col(text_null("status_words"))
                .col(timestamp_with_time_zone_null("submitted_at"))
                .col(timestamp_with_time_zone("created_at"))
                .col(boolean("second_factor_required"))
                .col(boolean("is_vendor"))
                // which of its groups are which role in support: [{"group": …, "role": …}]
                .col(json_null("vendor_roles"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("teams", &["status", "submitted_at"])).await?;
    // at most one team is the vendor's, whatever runs at the same time
    let is_vendor = Expr::col("is_vendor").eq(Expr::Constant(true.into()));
    manager.create_index(unique_where("teams_one_vendor", "teams", "is_vendor", is_vendor)).await
}

async fn create_members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("members")
                .col(uuid("team_id"))
                .col(uuid("account_id"))
                .col(string("role"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("team_id").col("account_id"))
                .foreign_key(&mut owned_by("members", "team_id", "teams"))
                .foreign_key(&mut owned_by("members", "account_id", "accounts"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("members", &["account_id"])).await
}

async fn create_setup_confirmations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("setup_confirmations")
                .col(uuid("team_id"))
                .col(string("step"))
                .col(timestamp_with_time_zone("confirmed_at"))
                .primary_key(Index::create().col("team_id").col("step"))
                .foreign_key(&mut owned_by("setup_confirmations", "team_id", "teams"))
                .to_owned(),
        )
        .await
}

async fn create_invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitations")
                .col(uuid("id").primary_key())
                // member, onboarding or support
                .col(string("kind"))
                // none for the vendor's support
                .col(uuid_null("team_id"))
                .col(string("email"))
                // a role in the team, or in support
                .col(string("role"))
                // the inviter as text: the account may go, the invitation stays
                .col(string("invited_by"))
                // the account that stands behind it; none once withdrawn, or the operator's
                .col(uuid_null("granter_id"))
                .col(boolean("granted_by_operator"))
                .col(timestamp_with_time_zone("sent_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut owned_by("invitations", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("invitations_once", "invitations", &["team_id", "email"])).await?;
    // NULLs differ from one another: what has no team needs an index of its own
    let has_no_team = Expr::col("team_id").is_null();
    manager.create_index(unique_where("invitations_one_support", "invitations", "email", has_no_team)).await?;
    manager.create_index(index("invitations", &["granter_id"])).await?;
    manager.create_index(index("invitations", &["expires_at"])).await
}
