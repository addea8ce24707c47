//! SQL of identity: staff accounts, whom they serve, their signed-in sessions, join links, and which device holds which seat.

pub mod accounts;
pub mod at_desk;
pub mod links;
pub mod serving;
pub mod sessions;
pub(super) mod sign_ins;

use super::StaffRole;
use super::staff::Member;
use crate::base::ids::StaffId;
use crate::store::{Row, StoreError};

fn member(row: &Row) -> Result<Member, StoreError> {
    Ok(Member { id: StaffId(row.get("id")?), name: row.get("name")?, role: role(row)? })
}

fn role(row: &Row) -> Result<StaffRole, StoreError> {
    let word: String = row.get("role")?;
    StaffRole::parse(&word).ok_or_else(|| StoreError::strange("a staff role we do not know"))
}
