//! The database: one place for connections, migrations and grouped commits. SQL itself lives in each module's `store`.

mod group;

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

const READERS: u32 = 4;

/// Something the database could not do. A rule of ours that says no is the job's own error instead.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed")]
    Sql(#[from] sqlx::Error),
    #[error("the migrations failed")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The commit that held several jobs failed; nothing of them is stored.
    #[error("the commit failed")]
    Commit(#[source] Arc<StoreError>),
    #[error("the job panicked")]
    JobPanicked,
    #[error("the database writer is gone")]
    WriterGone,
}

#[derive(Clone, Debug)]
pub struct Store {
    readers: SqlitePool,
    writer: group::Writer,
}

impl Store {
    /// Opens or makes the database file and brings it up to date.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        // SQLite gives its other files the mode of this one: for the gateway's user alone, whatever the folder's mode.
        OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(file).map_err(sqlx::Error::Io)?;
        let mut first = options.connect().await?;
        sqlx::migrate!().run(&mut first).await?;
        first.close().await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options.clone().read_only(true))
            .await?;
        Ok(Self { readers, writer: group::Writer::start(options) })
    }

    /// Whether the database answers, for `/readyz`.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// For a query that reads: `sqlx::query(…).fetch_all(store.reader())`.
    pub fn reader(&self) -> &SqlitePool {
        &self.readers
    }

    /// Runs `job` in a transaction and answers once it is on disk. Several jobs share one commit;
    /// a job that errs leaves nothing behind and does not disturb the others.
    pub async fn write<T, E, J>(&self, job: J) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        J: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        self.writer.write(job).await
    }
}

#[cfg(test)]
mod tests;
