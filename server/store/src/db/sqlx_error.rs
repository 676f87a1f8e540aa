//! Errors of sqlx's, as sea-orm has them, where connections are used without its pool.

use std::sync::Arc;

use sea_orm::sqlx::Error;
use sea_orm::{DbErr, RuntimeErr};

/// No connection was opened, or it does not answer.
pub(super) fn connection_error(error: impl Into<Arc<Error>>) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

/// Statements failed that are executed.
pub(super) fn exec_error(error: impl Into<Arc<Error>>) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

/// Statements failed that are asked for rows.
pub(super) fn query_error(error: impl Into<Arc<Error>>) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
