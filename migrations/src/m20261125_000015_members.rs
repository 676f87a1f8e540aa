//! Invitations into teams and into the vendor's support; accounts that are deactivated or
//! that belong to a person of the vendor's own team; which team is the vendor's.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

const ONE_VENDOR: &str = "teams_one_vendor";
const ONE_STAFF: &str = "invitations_one_staff";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let accounts = [
            timestamp_with_time_zone_null("deactivated_at"),
            // signs in through the vendor's own identity provider, as this person
            uuid_null("person_id"),
        ];
        add_columns(manager, "accounts", accounts).await?;
        manager
            .create_index(
                Index::create().unique().name("accounts_person").table("accounts").col("person_id").to_owned(),
            )
            .await?;
        let teams = [
            boolean("is_vendor").default(false).to_owned(),
            // which of its groups are which role in support: [{"group": …, "role": …}]
            json_null("vendor_roles"),
        ];
        add_columns(manager, "teams", teams).await?;
        // at most one team is the vendor's, whatever runs at the same time
        let one = Index::create()
            .unique()
            .name(ONE_VENDOR)
            .table("teams")
            .col("is_vendor")
            .and_where(Expr::col("is_vendor").eq(Expr::Constant(true.into())))
            .to_owned();
        manager.create_index(one).await?;
        create_invitations(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("invitations").to_owned()).await?;
        manager.drop_index(Index::drop().name(ONE_VENDOR).table("teams").to_owned()).await?;
        manager.drop_index(Index::drop().name("accounts_person").table("accounts").to_owned()).await?;
        drop_columns(manager, "teams", &["is_vendor", "vendor_roles"]).await?;
        drop_columns(manager, "accounts", &["deactivated_at", "person_id"]).await
    }
}

async fn create_invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitations")
                .col(uuid("id").primary_key())
                // member, onboarding or staff
                .col(string("kind"))
                // none for the vendor's staff
                .col(uuid_null("team_id"))
                .col(string("email"))
                // a role in the team, or in support
                .col(string("role"))
                // SHA-256 of the mailed link's token; a new link replaces it
                .col(binary("token_hash").unique_key())
                // in words: the account may go, the invitation stays
                .col(string("invited_by"))
                .col(timestamp_with_time_zone("sent_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut owned_by("invitations", "team_id", "teams"))
                .index(Index::create().unique().name("invitations_once").col("team_id").col("email"))
                .to_owned(),
        )
        .await?;
    // NULLs differ from one another: what has no team needs an index of its own
    let staff = Index::create()
        .unique()
        .name(ONE_STAFF)
        .table("invitations")
        .col("email")
        .and_where(Expr::col("team_id").is_null())
        .to_owned();
    manager.create_index(staff).await?;
    manager.create_index(index("invitations", &["expires_at"])).await
}
