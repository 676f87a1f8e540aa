//! Accounts of team members and of support: their sessions, their factors, the browsers that
//! they have signed in with.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by, unique_where};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_accounts(manager).await?;
        create_sessions(manager).await?;
        create_known_devices(manager).await?;
        create_totp_secrets(manager).await?;
        create_passkeys(manager).await?;
        create_recovery_codes(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "recovery_codes",
            "passkey_ceremonies",
            "passkeys",
            "totp_secrets",
            "known_devices",
            "account_sessions",
            "accounts",
        ];
        drop_tables(manager, &tables).await
    }
}

async fn create_accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("accounts")
                .col(uuid("id").primary_key())
                .col(string("email").unique_key())
                .col(string("password_hash"))
                .col(timestamp_with_time_zone_null("email_verified_at"))
                .col(string_null("support_role"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("deactivated_at"))
                // signs in through the vendor's own identity provider, as this person
                .col(uuid_null("person_id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(Index::create().unique().name("accounts_person").table("accounts").col("person_id").to_owned())
        .await
}

async fn create_sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("account_sessions")
                // SHA-256 of the cookie's token: the token itself is nowhere but in the browser
                .col(binary("token_hash").primary_key())
                .col(uuid("account_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("last_used_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(string_null("ip"))
                .col(text_null("user_agent"))
                // the password was right, the second factor is still to come
                .col(boolean("awaiting_factor"))
                .col(timestamp_with_time_zone_null("second_factor_at"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                // which sign-in at the vendor's identity provider it came from, if it did
                .col(uuid_null("team_id"))
                .col(text_null("name_id"))
                .col(text_null("name_id_format"))
                .col(text_null("name_qualifier"))
                .col(text_null("sp_name_qualifier"))
                .col(text_null("session_index"))
                .foreign_key(&mut owned_by("account_sessions", "account_id", "accounts"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("account_sessions", &["account_id"])).await?;
    manager.create_index(index("account_sessions", &["expires_at"])).await?;
    manager.create_index(index("account_sessions", &["team_id", "name_id"])).await
}

async fn create_known_devices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("known_devices")
                // SHA-256 of the cookie's token; one browser may be known to several accounts
                .col(binary("token_hash"))
                .col(uuid("account_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .primary_key(Index::create().col("token_hash").col("account_id"))
                .foreign_key(&mut owned_by("known_devices", "account_id", "accounts"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("known_devices", &["account_id"])).await?;
    manager.create_index(index("known_devices", &["expires_at"])).await
}

async fn create_totp_secrets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("totp_secrets")
                .col(uuid("id").primary_key())
                .col(uuid("account_id"))
                // sealed for this row: `domain::sealed`
                .col(binary("seed"))
                // the last time step whose code was accepted: no earlier one is accepted again
                .col(big_integer("last_step"))
                .col(timestamp_with_time_zone("created_at"))
                // none until a first code proved that the app has the seed
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(timestamp_with_time_zone_null("last_used_at"))
                .foreign_key(&mut owned_by("totp_secrets", "account_id", "accounts"))
                .to_owned(),
        )
        .await?;
    // At most one in use and one being set up an account, whatever runs at the same time.
    let confirmed = Expr::col("confirmed_at").is_not_null();
    manager.create_index(unique_where("totp_secrets_one_confirmed", "totp_secrets", "account_id", confirmed)).await?;
    let pending = Expr::col("confirmed_at").is_null();
    manager.create_index(unique_where("totp_secrets_one_pending", "totp_secrets", "account_id", pending)).await
}

async fn create_passkeys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let keys = Table::create()
        .table("passkeys")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(string("name"))
        .col(binary("credential_id").unique_key())
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
        .col(binary("token_hash").primary_key())
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

async fn create_recovery_codes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
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
