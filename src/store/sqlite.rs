//! The embedded database: one file in the data folder, for a gateway that stands alone.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::connection::{Connections, STATEMENT};
use super::{MIGRATIONS, StoreError};

const READERS: u32 = 4;

/// Makes the file if there is none.
pub(super) async fn migrate(file: &Path) -> Result<(), StoreError> {
    // SQLite gives its other files the mode of this one: for the gateway's user alone, whatever the folder's mode.
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(file).map_err(sqlx::Error::Io)?;
    let pool = pool(1).connect_with(options(file)).await?;
    MIGRATIONS.run(&pool).await?;
    pool.close().await;
    Ok(())
}

pub(super) fn writer(file: &Path) -> Connections {
    Connections::Sqlite(pool(1).connect_lazy_with(options(file)))
}

pub(super) fn readers(file: &Path) -> Connections {
    Connections::Sqlite(pool(READERS).connect_lazy_with(options(file).read_only(true)))
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(STATEMENT - Duration::from_millis(500))
}

fn pool(size: u32) -> SqlitePoolOptions {
    // A file does not go away: to ask before each use whether it is there would double the way to the connection's thread.
    SqlitePoolOptions::new().max_connections(size).acquire_timeout(STATEMENT).test_before_acquire(false)
}
