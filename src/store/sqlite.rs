//! The embedded database: one file in the data folder, for a gateway that stands alone.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::StoreError;
use super::connection::{Connections, STATEMENT};

const READERS: u32 = 4;

/// Who writes, and who reads.
pub(super) async fn connect(file: &Path) -> Result<(Connections, Connections), StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(STATEMENT - Duration::from_millis(500));
    // SQLite gives its other files the mode of this one: for the gateway's user alone, whatever the folder's mode.
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(file).map_err(sqlx::Error::Io)?;
    let pool = |size| SqlitePoolOptions::new().max_connections(size).acquire_timeout(STATEMENT);
    let writer = pool(1).connect_with(options.clone()).await?;
    sqlx::migrate!().run(&writer).await?;
    let readers = pool(READERS).connect_with(options.read_only(true)).await?;
    Ok((Connections::Sqlite(writer), Connections::Sqlite(readers)))
}
