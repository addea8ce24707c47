//! SQL of identity: staff accounts, their signed-in sessions, join links, and which device holds which seat.

pub mod accounts;
pub mod links;
pub mod sessions;
pub(super) mod sign_ins;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::StaffRole;
use crate::store::StoreError;

fn role(row: &SqliteRow) -> Result<StaffRole, StoreError> {
    let word: String = row.try_get("role")?;
    StaffRole::parse(&word).ok_or_else(|| StoreError::Sql(sqlx::Error::Decode("a staff role we do not know".into())))
}
