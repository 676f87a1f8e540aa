//! Single statements that write.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::Db;
use super::read_pool::begins_with;
use super::tx::commit_tx;

/// Runs each statement as a transaction of its own. On PostgreSQL every statement outside of
/// a transaction is one. On SQLite a SELECT does not wait for the writer.
#[derive(Clone, Copy, Debug)]
pub struct Autocommit<'a>(&'a Db);

impl Db {
    /// A connection for single statements that write: each is a transaction of its own, and
    /// answered when it is durable.
    #[must_use]
    pub const fn autocommit(&self) -> Autocommit<'_> {
        Autocommit(self)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Autocommit<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.0.pool().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        if self.0.writer.is_none() {
            return self.0.pool().execute_raw(statement).await;
        }
        let tx = self.0.begin_tx().await?;
        let result = tx.execute_raw(statement).await?;
        commit_tx(tx).await.map(|()| result)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        if self.0.writer.is_none() {
            return self.0.pool().execute_unprepared(sql).await;
        }
        let tx = self.0.begin_tx().await?;
        let result = tx.execute_unprepared(sql).await?;
        commit_tx(tx).await.map(|()| result)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        if self.0.writer.is_none() {
            return self.0.pool().query_one_raw(statement).await;
        }
        if only_reads(&statement.sql) {
            return self.0.connection().query_one_raw(statement).await;
        }
        let tx = self.0.begin_tx().await?;
        let row = tx.query_one_raw(statement).await?;
        commit_tx(tx).await.map(|()| row)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if self.0.writer.is_none() {
            return self.0.pool().query_all_raw(statement).await;
        }
        if only_reads(&statement.sql) {
            return self.0.connection().query_all_raw(statement).await;
        }
        let tx = self.0.begin_tx().await?;
        let rows = tx.query_all_raw(statement).await?;
        commit_tx(tx).await.map(|()| rows)
    }
}

/// Whether a statement surely writes nothing: what begins with WITH may.
fn only_reads(sql: &str) -> bool {
    begins_with(sql, &["SELECT"])
}
