//! Staff accounts. A login is one person's in the whole house, not only in a facility.

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, StaffId};
use crate::identity::StaffRole;
use crate::identity::staff::{Login, Member, PasswordHash};
use crate::store::{Connection, On, StoreError, sql};

/// What signing in needs to know of an account.
pub(in crate::identity) struct Account {
    pub(in crate::identity) member: Member,
    pub(in crate::identity) facility: FacilityId,
    pub(in crate::identity) password_hash: PasswordHash,
    pub(in crate::identity) disabled: bool,
}

/// Adds an account; false when the login is taken.
pub async fn insert(
    connection: &mut Connection,
    facility: &FacilityId,
    login: &Login,
    member: &Member,
    password_hash: &PasswordHash,
    now: Moment,
) -> Result<bool, StoreError> {
    let inserted = sql("INSERT INTO staff (id, facility_id, login, name, role, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (login) DO NOTHING")
    .bind(member.id.as_str())
    .bind(facility.as_str())
    .bind(login.as_str())
    .bind(&member.name)
    .bind(member.role.word())
    .bind(password_hash.as_str())
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(inserted == 1)
}

pub(in crate::identity) async fn find_by_login(on: impl Into<On<'_>>, login: &Login) -> Result<Option<Account>, StoreError> {
    let row = sql("SELECT id, name, role, facility_id, password_hash, disabled_at FROM staff WHERE login = $1")
        .bind(login.as_str())
        .fetch_optional(on)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Account {
        member: super::member(&row)?,
        facility: FacilityId(row.get("facility_id")?),
        password_hash: PasswordHash::stored(row.get::<String>("password_hash")?),
        disabled: row.get::<Option<i64>>("disabled_at")?.is_some(),
    }))
}

/// Staff of the facility who may work, by name; only of one role if asked.
pub async fn list(on: impl Into<On<'_>>, facility: &FacilityId, role: Option<StaffRole>) -> Result<Vec<Member>, StoreError> {
    let rows = sql("SELECT id, name, role FROM staff
         WHERE facility_id = $1 AND disabled_at IS NULL AND ($2 = '' OR role = $2) ORDER BY name, id")
    .bind(facility.as_str())
    .bind(role.map(StaffRole::word).unwrap_or_default())
    .fetch_all(on)
    .await?;
    rows.iter().map(super::member).collect()
}

/// Closes the account's door; false when it was closed before.
pub(in crate::identity) async fn disable(connection: &mut Connection, staff: &StaffId, now: Moment) -> Result<bool, StoreError> {
    let disabled = sql("UPDATE staff SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL")
        .bind(now.0)
        .bind(staff.as_str())
        .execute(connection)
        .await?;
    Ok(disabled == 1)
}
