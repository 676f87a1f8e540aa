//! Single statements that write, and texts of several.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::Db;
use super::read_pool::begins_with;
use super::tx::commit_tx;
use super::writer::{SqlText, Writer, Written};

/// Runs each statement as a transaction of its own. On SQLite a text may have several statements, which are
/// one transaction together, and a SELECT does not wait for the writer.
#[derive(Clone, Copy, Debug)]
pub struct Autocommit<'a>(&'a Db);

impl Db {
    /// A connection for single statements that write: each is a transaction of its own, and
    /// answered when it is durable. Whoever goes away while one runs does not stop it.
    #[must_use]
    pub const fn autocommit(&self) -> Autocommit<'_> {
        Autocommit(self)
    }
}

/// How a statement becomes a transaction.
enum Way<'a> {
    /// By PostgreSQL, outside of any other.
    Pool(&'a DatabaseConnection),
    /// By the task that writes to an SQLite file.
    Writer(&'a Writer),
    /// By one around it: SQLite in memory, where each statement of a text would be one for itself.
    Transaction,
}

impl<'a> Autocommit<'a> {
    fn way(self) -> Way<'a> {
        match &self.0.writer {
            Some(writer) => Way::Writer(writer),
            None if self.get_database_backend() == DbBackend::Sqlite => Way::Transaction,
            None => Way::Pool(self.0.pool()),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Autocommit<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.0.pool().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self.way() {
            Way::Pool(pool) => pool.execute_raw(statement).await,
            Way::Writer(writer) => writer.write(SqlText::prepared(statement)).await.map(Written::into_result),
            Way::Transaction => {
                let tx = self.0.begin_tx().await?;
                let result = tx.execute_raw(statement).await?;
                commit_tx(tx).await.map(|()| result)
            }
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.way() {
            Way::Pool(pool) => pool.execute_unprepared(sql).await,
            Way::Writer(writer) => writer.write(SqlText::unprepared(sql)).await.map(Written::into_result),
            Way::Transaction => {
                let tx = self.0.begin_tx().await?;
                let result = tx.execute_unprepared(sql).await?;
                commit_tx(tx).await.map(|()| result)
            }
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self.way() {
            Way::Pool(pool) => pool.query_one_raw(statement).await,
            Way::Writer(_) | Way::Transaction if only_reads(&statement.sql) => {
                self.0.connection().query_one_raw(statement).await
            }
            // a text of several statements has to run to its end
            Way::Writer(_) | Way::Transaction => Ok(self.query_all_raw(statement).await?.into_iter().next()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self.way() {
            Way::Pool(pool) => pool.query_all_raw(statement).await,
            Way::Writer(_) | Way::Transaction if only_reads(&statement.sql) => {
                self.0.connection().query_all_raw(statement).await
            }
            Way::Writer(writer) => writer.write(SqlText::prepared(statement)).await.map(Written::into_rows),
            Way::Transaction => {
                let tx = self.0.begin_tx().await?;
                let rows = tx.query_all_raw(statement).await?;
                commit_tx(tx).await.map(|()| rows)
            }
        }
    }
}

/// Whether a statement surely writes nothing: what begins with WITH may.
fn only_reads(sql: &str) -> bool {
    begins_with(sql, &["SELECT"])
}
