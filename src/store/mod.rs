//! The database: one place for connections, migrations and grouped commits. SQL itself lives in each module's `store`.

mod connection;
mod group;
mod migrations;
mod postgres;
mod query;
mod sqlite;
pub mod upkeep;
pub mod words;

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use connection::{Connection, Connections, On, Tip};
pub use query::{Query, Row, Value, sql};

use crate::base::private::Secret;
use crate::config::Config;

/// Something the database could not do. A rule of ours that says no is the job's own error instead.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed")]
    Sql(#[from] sqlx::Error),
    #[error("the database file failed")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the migrations failed")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The commit that held several jobs failed; nothing of them is stored.
    #[error("the commit failed")]
    Commit(#[source] Arc<StoreError>),
    #[error("the database did not answer in time")]
    TooSlow,
    #[error("the job panicked")]
    JobPanicked,
    #[error("the database writer is gone")]
    WriterGone,
}

impl StoreError {
    /// A row that this version of the gateway cannot have written.
    pub fn strange(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Sql(sqlx::Error::Decode(cause.into()))
    }
}

/// Which database.
#[derive(Clone, Debug)]
pub enum Place {
    /// SQLite.
    File(PathBuf),
    /// PostgreSQL, by its URL with the password in it.
    Server(Secret),
}

impl Place {
    /// Where the settings say it is.
    pub fn of(config: &Config) -> Self {
        match &config.database {
            None => Self::File(config.data.join("housecall.db")),
            Some(url) => Self::Server(url.clone()),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(file) => write!(f, "{}", file.display()),
            Self::Server(_) => f.write_str("the PostgreSQL database"),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Store {
    readers: Connections,
    writer: group::Writer,
}

impl Store {
    /// Opens the database, makes the file if there is none, and brings it up to date.
    pub async fn open(place: &Place) -> Result<Self, StoreError> {
        upkeep::migrate(place).await?;
        Ok(match place {
            Place::File(file) => {
                Self { readers: sqlite::readers(file), writer: group::Writer::on_a_thread(sqlite::writer(file)) }
            }
            Place::Server(url) => Self { readers: postgres::readers(url)?, writer: group::Writer::start(postgres::writer(url)?) },
        })
    }

    /// Whether the database answers, for `/readyz`.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sql("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// For a query that reads: `sql(…).fetch_all(store.reader())`.
    pub fn reader(&self) -> &Connections {
        &self.readers
    }

    /// Runs `job` in a transaction and answers once it is on disk. Several jobs share one commit;
    /// a job that errs leaves nothing behind and does not disturb the others.
    pub async fn write<T, E, J>(&self, job: J) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        J: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        self.writer.write(job).await
    }
}
