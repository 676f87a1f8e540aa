//! The OpenID provider: the vendor's applications with their secrets and the teams that may use them, the
//! keys that tokens are signed with, what was authorized, the tokens of that, and logouts on their way.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_applications(manager).await?;
        create_signing_keys(manager).await?;
        create_authorizations(manager).await?;
        create_tokens(manager).await?;
        create_client_requests(manager).await?;
        create_backchannel_logouts(manager).await?;
        extend_sign_in(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("person_sessions", "attempt_id"), ("sent_logout_requests", "return_to")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        for column in ["application_id", "authorization_request", "authn_context"] {
            manager.alter_table(Table::alter().table("attempts").drop_column(column).to_owned()).await?;
        }
        drop_tables(
            manager,
            &[
                "backchannel_logouts",
                "client_assertions",
                "pushed_requests",
                "refresh_tokens",
                "access_tokens",
                "authorizations",
                "pairwise_sectors",
                "signing_keys",
                "application_problems",
                "application_teams",
                "application_secrets",
                "applications",
            ],
        )
        .await
    }
}

async fn create_applications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("applications")
                .col(uuid("id").primary_key())
                .col(string("client_id"))
                .col(string("name"))
                // web, single_page or native
                .col(string("kind"))
                // otherwise only those in application_teams
                .col(boolean("is_for_all_teams"))
                // `model::ApplicationSettings`; what is not in it has its default
                .col(json("settings"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone_null("disabled_at"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("applications_client_id", "applications", &["client_id"])).await?;
    manager
        .create_table(
            Table::create()
                .table("application_secrets")
                .col(uuid("id").primary_key())
                .col(uuid("application_id"))
                // SHA-256
                .col(binary("secret_hash"))
                // its last characters, to tell two apart
                .col(string("hint"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("expires_at"))
                .col(timestamp_with_time_zone_null("last_used_at"))
                .foreign_key(&mut owned_by("application_secrets", "application_id", "applications"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("application_secrets", &["application_id"])).await?;
    manager
        .create_table(
            Table::create()
                .table("application_teams")
                .col(uuid("application_id"))
                .col(uuid("team_id"))
                .primary_key(Index::create().col("application_id").col("team_id"))
                .foreign_key(&mut owned_by("application_teams", "application_id", "applications"))
                .foreign_key(&mut owned_by("application_teams", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("application_teams", &["team_id"])).await?;
    // what an application's requests were refused for, for its developers
    manager
        .create_table(
            Table::create()
                .table("application_problems")
                .col(uuid("id").primary_key())
                .col(uuid("application_id"))
                .col(timestamp_with_time_zone("at"))
                .col(string("code"))
                .col(text_null("expected"))
                .col(text_null("actual"))
                .foreign_key(&mut owned_by("application_problems", "application_id", "applications"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("application_problems", &["application_id", "at"])).await
}

async fn create_signing_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("signing_keys")
                .col(uuid("id").primary_key())
                .col(string("kid"))
                .col(string("algorithm"))
                // the first of an algorithm is 1: of replicas that rotate at once, one does
                .col(integer("generation"))
                // the JWK
                .col(json("public_key"))
                // PKCS#8, sealed for this row: `domain::sealed`
                .col(binary("private_key"))
                .col(timestamp_with_time_zone("created_at"))
                // published before, signed with from then on
                .col(timestamp_with_time_zone("active_from"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("signing_keys_generation", "signing_keys", &["algorithm", "generation"])).await?;
    manager
        .create_table(
            Table::create()
                .table("pairwise_sectors")
                .col(string("sector").primary_key())
                .col(binary("salt"))
                .to_owned(),
        )
        .await
}

/// One row for what an application was authorized to at a sign-in. Its code is issued with it; whatever
/// ends it (a code or refresh token used twice, revocation, a sign-out) ends every token of it.
async fn create_authorizations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("authorizations")
                .col(uuid("id").primary_key())
                .col(uuid("application_id"))
                .col(uuid("team_id"))
                .col(uuid("person_id"))
                .col(uuid("revision_id"))
                // the sign-in that the session came from: it may be deleted before
                .col(uuid_null("attempt_id"))
                // the session, until its end was told to the application
                .col(binary_null("session_hash"))
                .col(string("sid"))
                .col(text("scopes"))
                .col(text_null("nonce"))
                .col(text("redirect_uri"))
                .col(string_null("code_challenge"))
                .col(binary("code_hash"))
                .col(timestamp_with_time_zone("code_expires_at"))
                .col(timestamp_with_time_zone_null("redeemed_at"))
                .col(timestamp_with_time_zone("authenticated_at"))
                .col(text_null("acr"))
                .col(json("amr"))
                .col(timestamp_with_time_zone("created_at"))
                // when the last of its tokens has expired
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                // why it was revoked, or why its code was refused
                .col(string_null("problem"))
                .foreign_key(&mut owned_by("authorizations", "application_id", "applications"))
                .foreign_key(&mut owned_by("authorizations", "team_id", "teams"))
                .foreign_key(&mut owned_by("authorizations", "person_id", "people"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("authorizations_code", "authorizations", &["code_hash"])).await?;
    for columns in
        [&["session_hash"][..], &["attempt_id"], &["team_id", "person_id"], &["application_id"], &["expires_at"]]
    {
        manager.create_index(index("authorizations", columns)).await?;
    }
    Ok(())
}

async fn create_tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, used_at) in [("access_tokens", false), ("refresh_tokens", true)] {
        let mut tokens = Table::create()
            .table(table)
            // SHA-256
            .col(binary("token_hash").primary_key())
            .col(uuid("authorization_id"))
            .col(text("scopes"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut owned_by(table, "authorization_id", "authorizations"))
            .to_owned();
        if used_at {
            tokens.col(timestamp_with_time_zone_null("used_at"));
        }
        manager.create_table(tokens).await?;
        manager.create_index(index(table, &["authorization_id"])).await?;
        manager.create_index(index(table, &["expires_at"])).await?;
    }
    Ok(())
}

async fn create_client_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // RFC 9126
    manager
        .create_table(
            Table::create()
                .table("pushed_requests")
                .col(binary("handle_hash").primary_key())
                .col(uuid("application_id"))
                .col(json("parameters"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut owned_by("pushed_requests", "application_id", "applications"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("pushed_requests", &["expires_at"])).await?;
    // assertions that clients have authenticated with, each once (RFC 7523 §3)
    manager
        .create_table(
            Table::create()
                .table("client_assertions")
                .col(uuid("application_id"))
                .col(binary("jti_hash"))
                .col(timestamp_with_time_zone("expires_at"))
                .primary_key(Index::create().col("application_id").col("jti_hash"))
                .foreign_key(&mut owned_by("client_assertions", "application_id", "applications"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("client_assertions", &["expires_at"])).await
}

/// Logout tokens to be delivered: written in the transaction that ends the session, signed when sent.
async fn create_backchannel_logouts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("backchannel_logouts")
                .col(uuid("id").primary_key())
                .col(uuid("application_id"))
                .col(uuid("team_id"))
                .col(uuid("person_id"))
                .col(string("sid"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("next_try_at"))
                .col(integer("tries"))
                .col(timestamp_with_time_zone_null("delivered_at"))
                .col(timestamp_with_time_zone_null("dead_at"))
                .col(text_null("last_error"))
                .foreign_key(&mut owned_by("backchannel_logouts", "application_id", "applications"))
                .foreign_key(&mut owned_by("backchannel_logouts", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("backchannel_logouts", &["next_try_at"])).await?;
    manager.create_index(index("backchannel_logouts", &["application_id", "created_at"])).await
}

async fn extend_sign_in(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        // for which application, and what it asked for (`oidc::AuthorizationRequest`)
        uuid_null("application_id"),
        json_null("authorization_request"),
        // `AuthnContextClassRef` of the verified assertion
        text_null("authn_context"),
    ] {
        manager.alter_table(Table::alter().table("attempts").add_column(column).to_owned()).await?;
    }
    // the sign-in that the session came from
    manager.alter_table(Table::alter().table("person_sessions").add_column(uuid_null("attempt_id")).to_owned()).await?;
    // where an application wants its people after the sign-out
    manager
        .alter_table(Table::alter().table("sent_logout_requests").add_column(text_null("return_to")).to_owned())
        .await
}
