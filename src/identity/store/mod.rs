//! SQL of identity: staff accounts, their signed-in sessions, join links, and which device holds which seat.

pub mod accounts;
pub mod at_desk;
pub mod links;
pub mod sessions;
pub(super) mod sign_ins;

use super::StaffRole;
use crate::store::{Row, StoreError};

fn role(row: &Row) -> Result<StaffRole, StoreError> {
    let word: String = row.get("role")?;
    StaffRole::parse(&word).ok_or_else(|| StoreError::strange("a staff role we do not know"))
}
