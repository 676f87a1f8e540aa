//! Sign-in attempts with their timelines and messages, the replay guard, people and their
//! sessions, and logout.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What lists of attempts are read by: newest first, of a team or of all, and the same by what
/// is filtered most.
const ATTEMPT_LISTS: [&[&str]; 11] = [
    &["team_id", "created_at", "id"],
    &["team_id", "status", "created_at", "id"],
    &["team_id", "finding", "created_at", "id"],
    &["team_id", "is_test", "created_at", "id"],
    &["created_at", "id"],
    &["status", "created_at", "id"],
    &["finding", "created_at", "id"],
    &["is_test", "created_at", "id"],
    &["subject"],
    &["name_id"],
    &["revision_id", "is_test", "created_at"],
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_people(manager).await?;
        create_person_sessions(manager).await?;
        create_attempts(manager).await?;
        create_events(manager).await?;
        create_documents(manager).await?;
        create_swept_attempts(manager).await?;
        create_consumed_assertions(manager).await?;
        create_sent_logout_requests(manager).await?;
        create_received_logouts(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "received_logouts",
            "sent_logout_requests",
            "consumed_assertions",
            "swept_attempts",
            "attempt_documents",
            "attempt_events",
            "attempts",
            "person_sessions",
            "people",
        ];
        drop_tables(manager, &tables).await
    }
}

async fn create_people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("people")
                .col(uuid("id").primary_key())
                .col(uuid("team_id"))
                // the identity provider's immutable key for the person
                .col(string("subject_key"))
                .col(text("name_id"))
                .col(json("profile"))
                .col(json("claims"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("last_sign_in_at"))
                .foreign_key(&mut owned_by("people", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("people_subject", "people", &["team_id", "subject_key"])).await
}

async fn create_person_sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("person_sessions")
                .col(binary("token_hash").primary_key())
                .col(uuid("team_id"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                // whom and what to sign out at the identity provider; at most 256 bytes, which
                // fit into an index
                .col(text("name_id"))
                .col(text_null("name_id_format"))
                .col(text_null("name_qualifier"))
                .col(text_null("sp_name_qualifier"))
                .col(text_null("session_index"))
                .col(uuid("revision_id"))
                .foreign_key(&mut owned_by("person_sessions", "team_id", "teams"))
                .foreign_key(&mut owned_by("person_sessions", "person_id", "people"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("person_sessions", &["person_id"])).await?;
    manager.create_index(index("person_sessions", &["expires_at"])).await?;
    manager.create_index(index("person_sessions", &["team_id", "name_id"])).await
}

async fn create_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempts")
                .col(uuid("id").primary_key())
                .col(uuid("team_id"))
                // none where a team has nothing configured yet
                .col(uuid_null("revision_id"))
                .col(string("reference").unique_key())
                .col(boolean("is_test"))
                // us ("sp"), the identity provider ("idp"), or nobody that we know of ("unmatched")
                .col(string("initiated_by"))
                // InResponseTo of the answer; the AuthnRequest's ID
                .col(string("request_id").unique_key())
                .col(binary("relay_state_hash"))
                .col(binary("browser_hash"))
                .col(text_null("return_to"))
                .col(string("status"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("finished_at"))
                .col(string_null("finding"))
                .col(text_null("expected"))
                .col(text_null("actual"))
                // the address or name identifier in lower case, to be found by
                .col(text_null("subject"))
                // the rest is there only where a verified assertion says so
                .col(text_null("name_id"))
                .col(text_null("name_id_format"))
                .col(text_null("name_qualifier"))
                .col(text_null("sp_name_qualifier"))
                .col(text_null("session_index"))
                .col(json_null("profile"))
                .col(json_null("claims"))
                .col(uuid_null("person_id"))
                .col(timestamp_with_time_zone_null("session_not_after"))
                // IssueInstant of the assertion, and the certificate that verified it: a logout
                // and a replaced key end what is older
                .col(timestamp_with_time_zone_null("assertion_issued_at"))
                .col(string_null("certificate_sha256"))
                // AuthnInstant of the verified assertion
                .col(timestamp_with_time_zone_null("authenticated_at"))
                .col(binary_null("code_hash"))
                .col(timestamp_with_time_zone_null("code_expires_at"))
                .col(timestamp_with_time_zone_null("code_used_at"))
                // the number of the next event
                .col(integer("event_count"))
                // this request asks for it, whatever the revision does
                .col(boolean("force_authn"))
                // the code works by the button of the page that asks first, not by its address
                .col(boolean("awaits_answer"))
                .foreign_key(&mut owned_by("attempts", "team_id", "teams"))
                .foreign_key(&mut owned_by("attempts", "revision_id", "revisions"))
                .to_owned(),
        )
        .await?;
    for columns in ATTEMPT_LISTS {
        manager.create_index(index("attempts", columns)).await?;
    }
    manager.create_index(index("attempts", &["team_id", "relay_state_hash"])).await?;
    manager
        .create_index(Index::create().unique().name("attempts_code").table("attempts").col("code_hash").to_owned())
        .await
}

async fn create_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempt_events")
                .col(uuid("attempt_id"))
                .col(integer("sequence"))
                .col(timestamp_with_time_zone("at"))
                .col(string("kind"))
                .col(string("verdict"))
                .col(string_null("finding"))
                .col(text_null("expected"))
                .col(text_null("actual"))
                // whether a signature that verified covers what came
                .col(boolean("is_verified"))
                .primary_key(Index::create().col("attempt_id").col("sequence"))
                .foreign_key(&mut owned_by("attempt_events", "attempt_id", "attempts"))
                .to_owned(),
        )
        .await
}

async fn create_documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempt_documents")
                .col(uuid("attempt_id"))
                // "request" or "response"
                .col(string("kind"))
                // XML, sealed for this row: `domain::sealed`
                .col(binary("sealed"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("attempt_id").col("kind"))
                .foreign_key(&mut owned_by("attempt_documents", "attempt_id", "attempts"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("attempt_documents", &["created_at"])).await
}

/// How many attempts of a team were removed before their time, since there were too many.
async fn create_swept_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("swept_attempts")
                .col(uuid("team_id").primary_key())
                .col(big_integer("count"))
                .foreign_key(&mut owned_by("swept_attempts", "team_id", "teams"))
                .to_owned(),
        )
        .await
}

async fn create_consumed_assertions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("consumed_assertions")
                .col(uuid("team_id"))
                .col(binary("assertion_id_hash"))
                // until when the assertion would be accepted again: the row may go then
                .col(timestamp_with_time_zone("expires_at"))
                .primary_key(Index::create().col("team_id").col("assertion_id_hash"))
                .foreign_key(&mut owned_by("consumed_assertions", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("consumed_assertions", &["expires_at"])).await
}

/// Logout requests of ours that an identity provider has yet to answer.
async fn create_sent_logout_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("sent_logout_requests")
                // InResponseTo of the answer; the LogoutRequest's ID
                .col(string("request_id").primary_key())
                .col(uuid("team_id"))
                .col(uuid("revision_id"))
                .col(binary("relay_state_hash"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut owned_by("sent_logout_requests", "team_id", "teams"))
                .foreign_key(&mut owned_by("sent_logout_requests", "revision_id", "revisions"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("sent_logout_requests", &["team_id", "relay_state_hash"])).await?;
    manager.create_index(index("sent_logout_requests", &["expires_at"])).await
}

/// Logouts that an identity provider asked for, remembered for assertions that come after them.
async fn create_received_logouts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("received_logouts")
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
                .foreign_key(&mut owned_by("received_logouts", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("received_logouts", &["team_id", "name_id"])).await?;
    manager.create_index(index("received_logouts", &["expires_at"])).await
}
