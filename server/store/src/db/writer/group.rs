//! Transactions that are committed together.

use std::time::{Duration, Instant};

use sea_orm::DbErr;
use tokio::sync::oneshot;

use super::single_write::{WriteResult, Written};
use crate::db::lease::{CommitResult, TransactionEnd};

/// The most transactions that are committed together.
const MAX_MEMBERS: usize = 64;

/// What the connection has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Nothing,
    /// SQLite's transaction, with the first member's statements in it.
    Transaction,
    /// In it the savepoint of the last member, who is kept.
    Savepoint,
    /// In it the savepoint of the last member, who is to leave nothing.
    DiscardedSavepoint,
}

/// Who waits for the commit.
#[derive(Debug)]
pub(super) enum CommitWaiter {
    /// A transaction.
    Transaction(oneshot::Sender<CommitResult>),
    /// A single write, and what it is told of what it did.
    Write(oneshot::Sender<WriteResult>, Written),
}

impl CommitWaiter {
    /// Whoever went away does not hear it.
    fn tell(self, committed: CommitResult) {
        match self {
            Self::Transaction(answer) => {
                let _ = answer.send(committed);
            }
            Self::Write(answer, written) => {
                let _ = answer.send(committed.map(|()| written));
            }
        }
    }
}

/// The transactions that share one commit. Not safe for any two at a time: each ends before the
/// next one begins.
#[derive(Debug)]
pub(super) struct Group {
    open: Open,
    /// Who waits for the commit.
    kept: Vec<CommitWaiter>,
    began: Instant,
    max_age: Duration,
    members: usize,
}

impl Group {
    pub(super) fn new(max_age: Duration) -> Self {
        Self { open: Open::Nothing, kept: Vec::new(), began: Instant::now(), max_age, members: 0 }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open != Open::Nothing
    }

    /// Whether nobody waits for the commit.
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.members < MAX_MEMBERS && self.began.elapsed() < self.max_age
    }

    /// What begins the next member's transaction and settles the last one's. All of it is one
    /// message to the thread on which the connection lives.
    ///
    /// RELEASE and ROLLBACK TO fail if SQLite has rolled the whole transaction back by itself,
    /// as it does when the disk is full: then nobody is told that all went well.
    pub(super) const fn opening_statements(&self) -> &'static str {
        match self.open {
            Open::Nothing => "BEGIN IMMEDIATE",
            Open::Transaction => "SAVEPOINT member",
            Open::Savepoint => "RELEASE member; SAVEPOINT member",
            Open::DiscardedSavepoint => "ROLLBACK TO member",
        }
    }

    /// The opening statements went well.
    pub(super) const fn opened(&mut self) {
        self.members += 1;
        self.open = match self.open {
            Open::Nothing => Open::Transaction,
            Open::Transaction | Open::Savepoint | Open::DiscardedSavepoint => Open::Savepoint,
        };
    }

    /// A member's transaction is to be committed.
    pub(super) fn keep(&mut self, member: CommitWaiter) {
        self.kept.push(member);
    }

    /// A member's transaction has ended.
    pub(super) fn end_member(&mut self, ending: TransactionEnd) {
        match ending {
            TransactionEnd::Kept(answer) => self.keep(CommitWaiter::Transaction(answer)),
            TransactionEnd::Discarded if self.open == Open::Savepoint => self.open = Open::DiscardedSavepoint,
            // the first member: nothing is kept, and the whole transaction is rolled back
            TransactionEnd::Discarded => {}
        }
    }

    pub(super) const fn committing_statements(&self) -> &'static str {
        match self.open {
            Open::DiscardedSavepoint => "ROLLBACK TO member; COMMIT",
            Open::Nothing | Open::Transaction | Open::Savepoint => "COMMIT",
        }
    }

    /// The whole transaction was rolled back, and nobody waits for it.
    pub(super) const fn closed(&mut self) {
        self.open = Open::Nothing;
    }

    /// The commit is durable.
    pub(super) fn succeed(self) {
        for member in self.kept {
            member.tell(Ok(()));
        }
    }

    /// Nothing of the group is kept.
    pub(super) fn fail(&mut self, error: &DbErr) {
        self.open = Open::Nothing;
        for member in self.kept.drain(..) {
            member.tell(Err(error.clone()));
        }
    }
}
