//! Connections to PostgreSQL that single statements use one after the other.
//!
//! The pool sends a message over each connection that comes back, and waits for its answer: a round trip a
//! statement. So some of its connections stay here for a while instead, and the pool takes them to be in use.
//! Those that others wait for go back: nobody waits for a connection that lies here. So do those that nobody
//! uses: the pool closes what stays unused, and what is old.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, PgPool, Postgres};
use sea_orm::{ConnAcquireErr, DbErr, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::options::DbOptions;
use crate::error::is_broken_connection;

/// For so long a connection stays here: then the pool looks how old it is.
const MAX_KEPT: Duration = Duration::from_mins(1);

/// The connections, which clones share.
#[derive(Clone, Debug)]
pub(super) struct KeptConnections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    pool: PgPool,
    /// How many statements may run on such connections at a time: a part of the pool is for others.
    turns: Semaphore,
    options: DbOptions,
    /// How many want a connection of the pool's just now, or have one of its own for a statement.
    waiting: AtomicUsize,
    idle: Mutex<Idle>,
}

#[derive(Debug, Default)]
struct Idle {
    connections: Vec<KeptConnection>,
    is_closed: bool,
}

#[derive(Debug)]
struct KeptConnection {
    connection: PoolConnection<Postgres>,
    /// When the pool gave it.
    since: Instant,
    used_at: Instant,
}

impl KeptConnection {
    /// Whether it was used so lately that it need not be tried.
    fn is_fresh(&self, options: &DbOptions) -> bool {
        self.used_at.elapsed() < options.max_unused
    }
}

/// Somebody wants a connection of the pool's: until this is dropped, none that is used is kept.
#[derive(Debug)]
pub(super) struct WaitingForPool<'a>(&'a AtomicUsize);

impl Drop for WaitingForPool<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl KeptConnections {
    /// None where the pool is too small to keep any: a quarter of it, and at least one, is for others. Otherwise
    /// it starts the task that gives unused ones back, which ends after the last clone.
    pub(super) fn new(pool: &PgPool, options: DbOptions) -> Option<Self> {
        let max_connections = options.max_connections;
        let turns = usize::try_from(max_connections - max_connections.div_ceil(4)).ok().filter(|turns| *turns > 0)?;
        let shared = Arc::new(Shared {
            pool: pool.clone(),
            turns: Semaphore::new(turns),
            options,
            waiting: AtomicUsize::new(0),
            idle: Mutex::default(),
        });
        tokio::spawn(release_unused(Arc::downgrade(&shared), options.max_unused));
        Some(Self(shared))
    }

    /// Sends a statement, and answers when all that it has done is durable.
    pub(super) async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let turn = async { Ok::<_, DbErr>((self.0.turns.acquire().await, self.take().await?)) };
        let turn = tokio::time::timeout(self.0.options.max_wait, turn).await;
        let (_turn, mut kept) = turn.unwrap_or(Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))?;
        let values = statement.values.unwrap_or_else(|| Values(Vec::new()));
        let query = sqlx::query_with::<Postgres, _>(AssertSqlSafe(statement.sql), SqlxValues(values));
        // whatever goes wrong, and a request that goes away: the pool gets the connection, and tries it
        let row = query.fetch_optional(&mut *kept.connection).await.map_err(|error| self.query_error(error))?;
        self.keep(kept);
        Ok(row.map(QueryResult::from))
    }

    /// Lets one connection go if the pool has fewer left than are wanted. Each who waits has counted itself
    /// before it looks, and [`Self::keep`] looks at the count under the lock: so whoever comes last of several
    /// sees all of them, and nothing is kept behind their back.
    pub(super) fn make_room(&self) -> WaitingForPool<'_> {
        let Shared { pool, options, waiting, .. } = &*self.0;
        let wanted = waiting.fetch_add(1, Ordering::SeqCst) + 1;
        let unopened = usize::try_from(options.max_connections.saturating_sub(pool.size())).unwrap_or_default();
        if pool.num_idle() + unopened < wanted {
            let released = self.0.idle().connections.pop();
            drop(released);
        }
        WaitingForPool(waiting)
    }

    /// Gives all back, and keeps none any more.
    pub(super) fn close(&self) {
        self.0.idle().is_closed = true;
        self.release_all();
    }

    async fn take(&self) -> Result<KeptConnection, DbErr> {
        let kept = self.0.idle().connections.pop();
        if let Some(kept) = kept.filter(|kept| kept.is_fresh(&self.0.options)) {
            return Ok(kept);
        }
        // this waits for the pool as a transaction does: what others are done with must not be kept meanwhile
        let _room = self.make_room();
        let connection = self.0.pool.acquire().await.map_err(acquire_error)?;
        let now = Instant::now();
        Ok(KeptConnection { connection, since: now, used_at: now })
    }

    fn keep(&self, kept: KeptConnection) {
        let now = Instant::now();
        let mut idle = self.0.idle();
        let is_wanted = self.0.waiting.load(Ordering::SeqCst) > 0;
        if !idle.is_closed && !is_wanted && now.duration_since(kept.since) < MAX_KEPT {
            idle.connections.push(KeptConnection { used_at: now, ..kept });
        }
    }

    /// A server that ended one connection has ended the others.
    fn query_error(&self, error: sqlx::Error) -> DbErr {
        let error = DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)));
        if is_broken_connection(&error) {
            self.release_all();
        }
        error
    }

    fn release_all(&self) {
        let released = std::mem::take(&mut self.0.idle().connections);
        drop(released);
    }
}

impl Shared {
    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn release_unused(&self) {
        let mut idle = self.idle();
        let connections = std::mem::take(&mut idle.connections).into_iter();
        let (fresh, unused): (Vec<_>, Vec<_>) = connections.partition(|kept| kept.is_fresh(&self.options));
        idle.connections = fresh;
        drop(idle);
        drop(unused);
    }
}

async fn release_unused(shared: Weak<Shared>, max_unused: Duration) {
    loop {
        tokio::time::sleep(max_unused).await;
        let Some(shared) = shared.upgrade() else { return };
        shared.release_unused();
    }
}

impl Drop for Idle {
    /// Giving a connection back takes a runtime. At the end of the program there may be none.
    fn drop(&mut self) {
        if Handle::try_current().is_err() {
            for kept in self.connections.drain(..) {
                drop(kept.connection.leak());
            }
        }
    }
}

/// As the pool's own statements fail.
fn acquire_error(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}
