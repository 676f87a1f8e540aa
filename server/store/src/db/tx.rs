//! A transaction on either database.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::lease::Lease;
use crate::Result;

/// A transaction: all of it happens at [`commit`], or none of it.
#[derive(Debug)]
pub struct Tx(TxKind);

/// Where a transaction runs.
#[derive(Debug)]
pub(super) enum TxKind {
    /// On a connection of a pool.
    Pooled(Box<DatabaseTransaction>),
    /// On the one connection that writes to an SQLite file.
    Writer(Lease),
}

impl Tx {
    pub(super) const fn new(kind: TxKind) -> Self {
        Self(kind)
    }
}

/// Makes all of a transaction happen: when this answers, it is durable. Dropped without this,
/// none of it does.
#[tracing::instrument(name = "transaction", level = "debug", skip_all, fields(step = "commit"))]
pub async fn commit(tx: Tx) -> Result<()> {
    Ok(commit_tx(tx).await?)
}

pub(super) async fn commit_tx(tx: Tx) -> std::result::Result<(), DbErr> {
    match tx.0 {
        TxKind::Pooled(tx) => tx.commit().await,
        TxKind::Writer(lease) => lease.commit().await,
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            TxKind::Pooled(tx) => tx.get_database_backend(),
            TxKind::Writer(lease) => lease.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> std::result::Result<ExecResult, DbErr> {
        match &self.0 {
            TxKind::Pooled(tx) => tx.execute_raw(statement).await,
            TxKind::Writer(lease) => lease.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> std::result::Result<ExecResult, DbErr> {
        match &self.0 {
            TxKind::Pooled(tx) => tx.execute_unprepared(sql).await,
            TxKind::Writer(lease) => lease.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> std::result::Result<Option<QueryResult>, DbErr> {
        match &self.0 {
            TxKind::Pooled(tx) => tx.query_one_raw(statement).await,
            TxKind::Writer(lease) => lease.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> std::result::Result<Vec<QueryResult>, DbErr> {
        match &self.0 {
            TxKind::Pooled(tx) => tx.query_all_raw(statement).await,
            TxKind::Writer(lease) => lease.query_all_raw(statement).await,
        }
    }
}
