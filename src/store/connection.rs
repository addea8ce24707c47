//! A connection to either engine, and the readers that lend them. Everything above speaks to these with `store::sql`.

use std::time::Duration;

use futures_util::TryFutureExt;
use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};

use super::StoreError;
use super::query::{Query, Row};
use super::sqlite::{self, Files, Lent};

/// A statement that takes longer is given up, here as on the server.
pub(super) const STATEMENT: Duration = Duration::from_secs(5);

/// One connection, of a job or of a reader.
#[derive(Debug)]
pub struct Connection {
    engine: Engine,
    /// Somewhere between a question and its answer, or in a transaction: not to be given to anybody else.
    spoilt: bool,
    in_transaction: bool,
    tip: Option<Tip>,
}

/// The newest link of a chain that the jobs of a transaction lengthen in turn: read by the first, written once, before the commit.
#[derive(Clone, Debug)]
pub struct Tip {
    pub seq: i64,
    pub hash: String,
    pub save: fn(Tip) -> Query,
}

#[derive(Debug)]
enum Engine {
    Sqlite(Lent),
    Postgres(PoolConnection<Postgres>),
}

/// Where connections come from.
#[derive(Clone, Debug)]
pub enum Connections {
    Sqlite(Files),
    Postgres(PgPool),
}

/// Where a query runs: on a connection somebody holds, or on any reader.
#[derive(Debug)]
pub enum On<'c> {
    Connection(&'c mut Connection),
    Any(&'c Connections),
}

impl<'c> From<&'c mut Connection> for On<'c> {
    fn from(connection: &'c mut Connection) -> Self {
        Self::Connection(connection)
    }
}

impl<'c> From<&'c Connections> for On<'c> {
    fn from(connections: &'c Connections) -> Self {
        Self::Any(connections)
    }
}

impl Connections {
    /// One for several queries in a row.
    pub async fn acquire(&self) -> Result<Connection, StoreError> {
        let engine = match self {
            Self::Sqlite(files) => Engine::Sqlite(files.acquire().await?),
            Self::Postgres(pool) => Engine::Postgres(pool.acquire().await?),
        };
        Ok(Connection { engine, spoilt: false, in_transaction: false, tip: None })
    }
}

impl Connection {
    pub(super) async fn execute(&mut self, query: Query) -> Result<u64, StoreError> {
        self.spoilt = true;
        let done = match &mut self.engine {
            Engine::Sqlite(c) => c.run(move |c| sqlite::execute(c, &query)).await,
            Engine::Postgres(c) => in_time(query.statement()?.execute(&mut **c).map_ok(|done| done.rows_affected())).await,
        };
        self.answered(done)
    }

    pub(super) async fn fetch(&mut self, query: Query) -> Result<Vec<Row>, StoreError> {
        self.spoilt = true;
        let rows = match &mut self.engine {
            Engine::Sqlite(c) => c.run(move |c| sqlite::fetch(c, &query)).await.map(|rows| Row::all(rows, Row::Sqlite)),
            Engine::Postgres(c) => {
                in_time(query.statement()?.fetch_all(&mut **c)).await.map(|rows| Row::all(rows, Row::Postgres))
            }
        };
        self.answered(rows)
    }

    /// Begins the one transaction that may write. The same on both engines: the next writer waits here until it ends, so jobs
    /// never meet halfway, and no lock is taken in an order that another could cross.
    pub(super) async fn begin(&mut self) -> Result<(), StoreError> {
        self.spoilt = true;
        let begun = match &mut self.engine {
            Engine::Sqlite(c) => c.run(|c| sqlite::execute(c, &super::sql("BEGIN IMMEDIATE"))).await.map(|_| ()),
            Engine::Postgres(c) => in_time(sqlx::raw_sql(BEGIN_POSTGRES).execute(&mut **c).map_ok(|_| ())).await,
        };
        self.in_transaction = true;
        self.answered(begun)
    }

    /// Ends the transaction: with what it wrote, or without.
    pub(super) async fn end(&mut self, keep: bool) -> Result<(), StoreError> {
        if let Some(tip) = self.tip.take().filter(|_| keep) {
            self.execute((tip.save)(tip)).await?;
        }
        self.execute(super::sql(if keep { "COMMIT" } else { "ROLLBACK" })).await?;
        self.in_transaction = false;
        Ok(())
    }

    /// As the last link of this transaction left it; `None` before the first.
    pub fn tip(&self) -> Option<&Tip> {
        self.tip.as_ref()
    }

    pub fn set_tip(&mut self, tip: Option<Tip>) {
        self.tip = tip;
    }

    /// Nothing sensible can be said on it any more.
    pub(super) fn is_spoilt(&self) -> bool {
        self.spoilt
    }

    fn answered<T>(&mut self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        self.spoilt = matches!(answer, Err(StoreError::TooSlow));
        answer
    }
}

/// The number names our lock in the database: "house".
const BEGIN_POSTGRES: &str = "BEGIN; SELECT pg_advisory_xact_lock(448345895781)";

impl Drop for Connection {
    /// Whoever stopped waiting for an answer, or left a transaction open, leaves a connection that the next one must not get.
    fn drop(&mut self) {
        if self.spoilt || self.in_transaction {
            match &mut self.engine {
                Engine::Sqlite(c) => c.throw_away(),
                Engine::Postgres(c) => c.close_on_drop(),
            }
        }
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, StoreError> {
    tokio::time::timeout(STATEMENT, work).await.map_err(|_| StoreError::TooSlow)?.map_err(StoreError::Sql)
}
