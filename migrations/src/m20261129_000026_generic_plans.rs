//! PostgreSQL only: the functions of a usual sign-in keep one plan, whatever they are called with.
//!
//! By default PostgreSQL plans each statement of a function anew until it finds that this is in vain, in every
//! connection. Planning is a third of what such a call costs. And with values before it, it believes that nothing
//! began after the last statistics were taken: it then looks for a team's open sign-ins among those of all teams.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::execute;

#[derive(DeriveMigrationName)]
pub struct Migration;

const FUNCTIONS: [&str; 3] = ["start_sign_in_1", "accept_known_person_1", "redeem_code_1"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        alter_functions(manager, "SET plan_cache_mode = force_generic_plan").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        alter_functions(manager, "RESET plan_cache_mode").await
    }
}

async fn alter_functions(manager: &SchemaManager<'_>, change: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for function in FUNCTIONS {
        execute(manager, &format!("ALTER FUNCTION {function} {change}")).await?;
    }
    Ok(())
}
