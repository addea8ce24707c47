//! What `housecall migrate` and `housecall check` ask of a database, and a start of the gateway too.

use super::migrations::MIGRATIONS;
use super::{Place, StoreError, postgres, sql, sqlite};

/// Brings the database up to date; makes the file if there is none.
pub async fn migrate(place: &Place) -> Result<(), StoreError> {
    match place {
        Place::File(file) => sqlite::migrate(file).await,
        Place::Server(url) => postgres::migrate(url).await,
    }
}

/// The migrations that the database lacks, by name. Changes nothing.
pub async fn pending(place: &Place) -> Result<Vec<String>, StoreError> {
    let applied = applied(place).await?;
    let lacking = MIGRATIONS.iter().filter(|migration| !applied.contains(&migration.version));
    Ok(lacking.map(|migration| format!("{:04} {}", migration.version, migration.description)).collect())
}

async fn applied(place: &Place) -> Result<Vec<i64>, StoreError> {
    let readers = match place {
        Place::File(file) if !file.exists() => return Ok(Vec::new()),
        Place::File(file) => sqlite::readers(file),
        Place::Server(url) => postgres::readers(url)?,
    };
    match sql("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(&readers).await {
        Ok(rows) => rows.iter().map(|row| row.get("version")).collect(),
        // It answers, and has no such table yet.
        Err(StoreError::Sql(sqlx::Error::Database(_)) | StoreError::Sqlite(rusqlite::Error::SqliteFailure(..))) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Settings of the server with which something acknowledged could be lost, each with what it should be.
pub async fn unsafe_settings(place: &Place) -> Result<Vec<String>, StoreError> {
    let Place::Server(url) = place else { return Ok(Vec::new()) };
    let wanted = "SELECT name, setting FROM pg_settings
         WHERE (name = 'fsync' AND setting = 'off') OR (name = 'full_page_writes' AND setting = 'off')
            OR (name = 'synchronous_commit' AND setting = 'off') OR (name = 'server_encoding' AND setting <> 'UTF8') ORDER BY name";
    let rows = sql(wanted).fetch_all(&postgres::readers(url)?).await?;
    rows.iter().map(|row| Ok(format!("{} is {}", row.get::<&str>("name")?, row.get::<&str>("setting")?))).collect()
}
