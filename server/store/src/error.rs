//! What can go wrong in the store.

use sea_orm::SqlErr;

/// A query failed, or the store holds something it should not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row with this key exists. Nothing was written.
    #[error("a row with this key exists already")]
    Exists,
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[source] sea_orm::DbErr),
    /// A stored value is none that we write: the database was changed by hand, or by a
    /// newer version of this program.
    #[error("{table}.{column} holds a value that this version does not know")]
    UnknownValue {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Exists,
            _ => Self::Database(error),
        }
    }
}
