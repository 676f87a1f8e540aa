//! Queries that only read.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::file_readers::FileReaders;
use crate::error::is_broken_connection;

/// How a statement begins that reads.
const READING: [&str; 5] = ["SELECT", "WITH", "EXPLAIN", "PRAGMA", "VALUES"];

/// Connections for single queries, each on whichever is free. Statements that write are
/// refused: they go through [`super::Db::begin`] or [`super::Db::autocommit`].
#[derive(Clone, Debug)]
pub struct ReadPool {
    pool: DatabaseConnection,
    /// What reads an SQLite file in the place of the pool, which has its transactions.
    readers: Option<FileReaders>,
}

impl ReadPool {
    pub(super) const fn new(pool: DatabaseConnection, readers: Option<FileReaders>) -> Self {
        Self { pool, readers }
    }

    /// The pool itself, which on PostgreSQL writes as well.
    pub(super) const fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Whether the database answers.
    pub(super) async fn ping(&self) -> Result<(), DbErr> {
        match &self.readers {
            Some(readers) => readers.ping().await,
            None => self.pool.ping().await,
        }
    }

    /// Closes all connections, of all clones.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        if let Some(readers) = &self.readers {
            readers.close().await;
        }
        self.pool.close_by_ref().await
    }

    /// The statement to send once more should its connection be broken. SQLite's never are.
    fn copy_for_retry(&self, statement: &Statement) -> Option<Statement> {
        (self.pool.get_database_backend() == DbBackend::Postgres).then(|| statement.clone())
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for ReadPool {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        check_reads(&statement.sql)?;
        match &self.readers {
            Some(readers) => readers.execute(statement).await,
            None => self.pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        check_reads(sql)?;
        match &self.readers {
            Some(readers) => readers.execute_unprepared(sql).await,
            None => self.pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        check_reads(&statement.sql)?;
        if let Some(readers) = &self.readers {
            return readers.query_one(statement).await;
        }
        let again = self.copy_for_retry(&statement);
        match (self.pool.query_one_raw(statement).await, again) {
            (Err(error), Some(again)) if is_broken_connection(&error) => self.pool.query_one_raw(again).await,
            (result, _) => result,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        check_reads(&statement.sql)?;
        if let Some(readers) = &self.readers {
            return readers.query_all(statement).await;
        }
        let again = self.copy_for_retry(&statement);
        match (self.pool.query_all_raw(statement).await, again) {
            (Err(error), Some(again)) if is_broken_connection(&error) => self.pool.query_all_raw(again).await,
            (result, _) => result,
        }
    }
}

/// SQLite refuses what this lets pass (a WITH that ends in an INSERT): its connections here
/// are `query_only`.
fn check_reads(sql: &str) -> Result<(), DbErr> {
    if begins_with(sql, &READING) {
        return Ok(());
    }
    Err(DbErr::Custom("a statement that writes was sent to a connection that only reads".to_owned()))
}

/// Whether a statement begins with one of these words.
pub(super) fn begins_with(sql: &str, words: &[&str]) -> bool {
    let sql = sql.trim_start().as_bytes();
    let is_first = |word: &&str| sql.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    words.iter().any(is_first)
}

#[cfg(test)]
mod tests {
    use super::check_reads;

    #[test]
    fn only_statements_that_read_pass() {
        for reads in ["SELECT 1", "  select 1", "WITH a AS (SELECT 1) SELECT * FROM a", "EXPLAIN SELECT 1"] {
            assert!(check_reads(reads).is_ok(), "{reads}");
        }
        for writes in ["INSERT INTO a VALUES (1)", "update a set b = 1", "DELETE FROM a", "DROP TABLE a", "", "SEL"] {
            assert!(check_reads(writes).is_err(), "{writes}");
        }
    }
}
