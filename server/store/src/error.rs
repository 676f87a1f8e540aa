//! What can go wrong in the store.

use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::sqlx::{self, error::DatabaseError};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr};

/// A query failed, or the store holds something it should not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row with this key exists. Nothing was written.
    #[error("a row with this key exists already")]
    Exists,
    /// No connection was free for so long that waiting has ended. Nothing was written.
    #[error("the database is busy: no connection was free in time")]
    Busy,
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[source] DbErr),
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

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Exists,
            _ if is_timeout(&error) || is_busy_database(&error) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

const fn is_timeout(error: &DbErr) -> bool {
    matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
}

/// Whether another process held SQLite's write lock for longer than we wait.
pub(crate) fn is_busy_database(error: &DbErr) -> bool {
    /// `SQLITE_BUSY`; what says more about it is in the bits above.
    const BUSY: i32 = 5;
    let error = sqlx_error(error).and_then(sqlx::Error::as_database_error);
    let error = error.and_then(|error| error.try_downcast_ref::<SqliteError>());
    let code = error.and_then(|error| error.code()?.parse::<i32>().ok());
    code.is_some_and(|code| code & 0xff == BUSY)
}

/// Whether the server, or something on the way to it, has ended the connection: what was asked
/// may be asked again on another one, if asking twice does no harm.
pub(crate) fn is_broken_connection(error: &DbErr) -> bool {
    /// PostgreSQL: an administrator ended the connection, or the server is going down.
    const ENDED: [&str; 2] = ["57P01", "57P02"];
    match sqlx_error(error) {
        Some(sqlx::Error::Io(_)) => true,
        Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| ENDED.contains(&code.as_ref())),
        _ => false,
    }
}

/// Whether a function of ours has taken back what it had written, since another transaction was quicker: the
/// code is in the migration that makes the functions.
pub(crate) fn is_overtaken(error: &DbErr) -> bool {
    const OVERTAKEN: &str = "SI001";
    matches!(
        sqlx_error(error),
        Some(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == OVERTAKEN)
    )
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}
