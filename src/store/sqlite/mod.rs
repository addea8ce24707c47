//! The embedded database: one file in the data folder, for a gateway that stands alone. Written and read through rusqlite, because
//! it runs a statement on the thread that asks; sqlx only brings the file up to date.

mod lent;
mod statement;

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

pub(super) use lent::{Files, Lent};
pub(super) use statement::{Cell, SqliteRow, execute, fetch};

use super::StoreError;
use super::connection::{Connections, STATEMENT};
use super::migrations::MIGRATIONS;

const READERS: usize = 4;
/// Statements that a connection keeps prepared: all there are.
const PREPARED: usize = 512;
/// Another process, as `housecall staff add`, may be writing.
const BUSY: Duration = STATEMENT.saturating_sub(Duration::from_millis(500));

/// Makes the file if there is none.
pub(super) async fn migrate(file: &Path) -> Result<(), StoreError> {
    // SQLite gives its other files the mode of this one: for the gateway's user alone, whatever the folder's mode.
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(file).map_err(sqlx::Error::Io)?;
    let options = SqliteConnectOptions::new().filename(file).journal_mode(SqliteJournalMode::Wal).busy_timeout(BUSY);
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(STATEMENT).connect_with(options).await?;
    MIGRATIONS.run(&pool).await?;
    pool.close().await;
    Ok(())
}

/// For the thread that writes: it waits for the disk, and nobody else's work waits with it.
pub(super) fn writer(file: &Path) -> Connections {
    Connections::Sqlite(Files::new(file, 1, |file| open(file, OpenFlags::SQLITE_OPEN_READ_WRITE)).on_this_thread())
}

pub(super) fn readers(file: &Path) -> Connections {
    Connections::Sqlite(Files::new(file, READERS, |file| open(file, OpenFlags::SQLITE_OPEN_READ_ONLY)))
}

/// The file was made with a write-ahead log; with full sync each commit is on disk before it is answered.
fn open(file: &Path, how: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(file, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    // The log is put into the file once in 16 MiB: a page that was written often is copied once.
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000")?;
    // A statement's plan does not hang on what is bound to it, so it is not prepared anew for other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}
