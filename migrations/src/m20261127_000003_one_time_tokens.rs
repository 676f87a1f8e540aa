//! What a mailed link carries: tokens that work once.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_tokens(manager).await?;
        create_email_changes(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["email_changes", "one_time_tokens"]).await
    }
}

async fn create_tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("one_time_tokens")
                // SHA-256 of the token: the token itself is nowhere but in the mail
                .col(binary("token_hash").primary_key())
                .col(string("purpose"))
                // whose it is: an account's, an invitation's, or nobody's, as the one that creates
                // the first support account
                .col(uuid_null("account_id"))
                .col(uuid_null("invitation_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut owned_by("one_time_tokens", "account_id", "accounts"))
                .foreign_key(&mut owned_by("one_time_tokens", "invitation_id", "invitations"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("one_time_tokens", &["account_id", "purpose"])).await?;
    manager.create_index(index("one_time_tokens", &["expires_at"])).await?;
    // an invitation has one link: a new one replaces it
    manager
        .create_index(
            Index::create()
                .unique()
                .name("one_time_tokens_invitation")
                .table("one_time_tokens")
                .col("invitation_id")
                .to_owned(),
        )
        .await
}

/// What the token of a change of an e-mail address is about. It goes with the token.
async fn create_email_changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut token = ForeignKey::create()
        .from("email_changes", "token_hash")
        .to("one_time_tokens", "token_hash")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned();
    manager
        .create_table(
            Table::create()
                .table("email_changes")
                .col(binary("token_hash").primary_key())
                .col(string("old_email"))
                .col(string("new_email"))
                .foreign_key(&mut token)
                .to_owned(),
        )
        .await
}
