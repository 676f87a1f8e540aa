//! Second factors of accounts: authenticator apps, passkeys, recovery codes.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        authenticator_apps(manager).await?;
        passkeys(manager).await?;
        let codes = Table::create()
            .table("recovery_codes")
            .col(uuid("account_id"))
            // SHA-256 of 80 random bits, as text
            .col(binary("code_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("used_at"))
            .primary_key(Index::create().col("account_id").col("code_hash"))
            .foreign_key(&mut owned_by("recovery_codes", "account_id", "accounts"))
            .to_owned();
        manager.create_table(codes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["recovery_codes", "passkey_ceremonies", "passkeys", "totp"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn authenticator_apps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("totp")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        // sealed for this row: `domain::sealed`
        .col(binary("seed"))
        // the last time step whose code was accepted: none before it is, ever again
        .col(big_integer("last_step"))
        .col(timestamp_with_time_zone("created_at"))
        // none until a first code proved that the app has the seed
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .foreign_key(&mut owned_by("totp", "account_id", "accounts"))
        .to_owned();
    manager.create_table(table).await?;
    // At most one in use and one being set up an account, whatever runs at the same time.
    let once = |name: &'static str, condition: SimpleExpr| {
        Index::create().unique().name(name).table("totp").col("account_id").and_where(condition).to_owned()
    };
    manager.create_index(once("totp_one_confirmed", Expr::col("confirmed_at").is_not_null())).await?;
    manager.create_index(once("totp_one_pending", Expr::col("confirmed_at").is_null())).await
}

async fn passkeys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let keys = Table::create()
        .table("passkeys")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(string("name"))
        .col(binary("credential_id").unique_key().to_owned())
        // JSON of `webauthn_rs`: the public key, the counter; nothing secret
        .col(text("credential"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .foreign_key(&mut owned_by("passkeys", "account_id", "accounts"))
        .to_owned();
    manager.create_table(keys).await?;
    manager.create_index(index("passkeys", &["account_id"])).await?;
    let ceremonies = Table::create()
        .table("passkey_ceremonies")
        // SHA-256 of the token in the browser's cookie
        .col(binary("token_hash").primary_key().to_owned())
        .col(string("purpose"))
        // none while nobody is signed in
        .col(uuid_null("account_id"))
        // the challenge and what is expected of the answer: never leaves the server
        .col(text("state"))
        .col(timestamp_with_time_zone("expires_at"))
        .foreign_key(&mut owned_by("passkey_ceremonies", "account_id", "accounts"))
        .to_owned();
    manager.create_table(ceremonies).await?;
    manager.create_index(index("passkey_ceremonies", &["expires_at"])).await
}
