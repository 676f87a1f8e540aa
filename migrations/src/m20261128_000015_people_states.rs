//! People can be deactivated, searched and listed by their latest sign-in; a person's sign-ins are
//! found by the person.

use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

use crate::execute;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, table, columns, and which rows.
const INDEXES: [(&str, &str, &str, &str); 4] = [
    // with what is searched, so that 100,000 people are gone through without reading their claims
    ("people_list", "people", "team_id, last_sign_in_at, id, search_text", ""),
    ("people_deactivated", "people", "team_id, last_sign_in_at, id", "WHERE deactivated_at IS NOT NULL"),
    // for the retention of people who do not come back, of whichever team
    ("people_inactive", "people", "last_sign_in_at", "WHERE deactivated_at IS NULL"),
    // not among what redeeming a code changes, see m20261127_000010_attempt_indexes
    ("attempts_person", "attempts", "person_id, created_at, id", "WHERE person_id IS NOT NULL"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, timestamp_with_time_zone_null("deactivated_at")).await?;
        // the version before does not write it: whoever signs in there is found again after their next sign-in
        add_column(manager, text("search_text").default("").to_owned()).await?;
        execute(manager, fill_search_text(manager.get_database_backend())).await?;
        for (name, table, columns, rows) in INDEXES {
            execute(manager, &format!("CREATE INDEX {name} ON {table} ({columns}) {rows}")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, ..) in INDEXES {
            execute(manager, &format!("DROP INDEX {name}")).await?;
        }
        for column in ["search_text", "deactivated_at"] {
            manager.alter_table(Table::alter().table("people").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// What `store::people::search_text` makes, but for letters that SQLite cannot lower: these are
/// found after the person's next sign-in.
const fn fill_search_text(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => {
            "UPDATE people SET search_text = left(lower(concat_ws(' ', profile->>'display_name', \
             profile->>'first_name', profile->>'last_name', profile->>'email', name_id)), 500)"
        }
        _ => {
            "UPDATE people SET search_text = substr(lower(coalesce(profile->>'$.display_name', '') || ' ' || \
             coalesce(profile->>'$.first_name', '') || ' ' || coalesce(profile->>'$.last_name', '') || ' ' || \
             coalesce(profile->>'$.email', '') || ' ' || name_id), 1, 500)"
        }
    }
}

async fn add_column(manager: &SchemaManager<'_>, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table("people").add_column(column).to_owned()).await
}
