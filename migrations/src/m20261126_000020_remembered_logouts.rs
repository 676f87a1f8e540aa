//! Logouts that identity providers asked for, remembered for what comes after them; and what
//! sessions and attempts must know of their sign-in to be ended by one, or by a key that is
//! replaced.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Which sign-in at the vendor's identity provider a session of an account came from.
const OF_SESSIONS: [&str; 6] =
    ["team_id", "name_id", "name_id_format", "name_qualifier", "sp_name_qualifier", "session_index"];
/// When the assertion was made, and which certificate verified it.
const OF_ATTEMPTS: [&str; 2] = ["assertion_issued_at", "certificate_sha256"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(remembered_logouts()).await?;
        manager.create_index(index("remembered_logouts", &["team_id", "name_id"])).await?;
        manager.create_index(index("remembered_logouts", &["expires_at"])).await?;
        let [team, texts @ ..] = OF_SESSIONS;
        add_columns(manager, "account_sessions", [uuid_null(team)]).await?;
        add_columns(manager, "account_sessions", texts.map(text_null)).await?;
        manager.create_index(index("account_sessions", &["team_id", "name_id"])).await?;
        let [issued_at, certificate] = OF_ATTEMPTS;
        let columns = [timestamp_with_time_zone_null(issued_at), string_null(certificate)];
        add_columns(manager, "attempts", columns).await?;
        // these sessions do not know which sign-in they are of, so that no logout could end them
        let of_staff = "DELETE FROM account_sessions WHERE account_id IN \
                        (SELECT id FROM accounts WHERE person_id IS NOT NULL)";
        manager.get_connection().execute_unprepared(of_staff).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "attempts", &OF_ATTEMPTS).await?;
        let sessions = Index::drop().table("account_sessions").name("account_sessions_team_id_name_id").to_owned();
        manager.drop_index(sessions).await?;
        drop_columns(manager, "account_sessions", &OF_SESSIONS).await?;
        manager.drop_table(Table::drop().table("remembered_logouts").to_owned()).await
    }
}

fn remembered_logouts() -> TableCreateStatement {
    Table::create()
        .table("remembered_logouts")
        .col(uuid("id").primary_key())
        .col(uuid("team_id"))
        // whom: the NameID as the request has it
        .col(text("name_id"))
        .col(text_null("name_id_format"))
        .col(text_null("name_qualifier"))
        .col(text_null("sp_name_qualifier"))
        // which session; all that began before if null
        .col(text_null("session_index"))
        // IssueInstant of the request
        .col(timestamp_with_time_zone("issued_at"))
        .col(timestamp_with_time_zone("received_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .foreign_key(&mut owned_by("remembered_logouts", "team_id", "teams"))
        .to_owned()
}
