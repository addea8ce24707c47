//! Which facilities a technician helps: their own, and those the operator added. Clinicians and administrators have the one.

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, StaffId};
use crate::identity::staff::Member;
use crate::identity::{StaffActor, StaffRole};
use crate::store::{Connection, On, Query, StoreError, sql};

/// Every facility whose help desk the actor may see, in a fixed order.
pub async fn facilities(on: impl Into<On<'_>>, actor: &StaffActor) -> Result<Vec<FacilityId>, StoreError> {
    if actor.role == StaffRole::Support {
        of(on, std::slice::from_ref(&actor.staff)).await
    } else {
        Ok(vec![actor.facility.clone()])
    }
}

/// The actor at work for that facility; `None` where they do not serve it.
pub async fn at(on: impl Into<On<'_>>, actor: StaffActor, facility: FacilityId) -> Result<Option<StaffActor>, StoreError> {
    let serves = facility == actor.facility || facilities(on, &actor).await?.contains(&facility);
    Ok(serves.then_some(StaffActor { facility, ..actor }))
}

/// Every facility that one of them serves: patients of all these wait for the same people.
pub async fn of(on: impl Into<On<'_>>, staff: &[StaffId]) -> Result<Vec<FacilityId>, StoreError> {
    let ids = || staff.iter().map(StaffId::as_str);
    let mut query = sql("SELECT facility_id FROM staff WHERE id IN ");
    query.push_list(ids()).push(" UNION SELECT facility_id FROM staff_facilities WHERE staff_id IN ").push_list(ids());
    query.push(" ORDER BY facility_id");
    query.fetch_all(on).await?.iter().map(|row| Ok(FacilityId(row.get("facility_id")?))).collect()
}

/// Who helps patients of the facility, by name: its technicians and administrators, and technicians of others who serve it.
pub async fn helpers(on: impl Into<On<'_>>, facility: &FacilityId) -> Result<Vec<Member>, StoreError> {
    let mut query = sql("SELECT id, name, role FROM staff WHERE disabled_at IS NULL AND role <> 'clinician' AND ");
    push_serves(&mut query, facility);
    query.push(" ORDER BY name, id");
    query.fetch_all(on).await?.iter().map(super::member).collect()
}

/// Those of `staff` who serve the facility.
pub(super) fn push_serves(query: &mut Query, facility: &FacilityId) {
    query.push("(staff.facility_id = ").push_bind(facility.as_str());
    query.push(" OR EXISTS (SELECT 1 FROM staff_facilities served WHERE served.staff_id = staff.id AND served.facility_id = ");
    query.push_bind(facility.as_str()).push("))");
}

/// False when it was so before.
pub(in crate::identity) async fn add(
    c: &mut Connection,
    staff: &StaffId,
    facility: &FacilityId,
    now: Moment,
) -> Result<bool, StoreError> {
    let added = sql("INSERT INTO staff_facilities (staff_id, facility_id, since) VALUES ($1, $2, $3)
         ON CONFLICT (staff_id, facility_id) DO NOTHING")
    .bind(staff.as_str())
    .bind(facility.as_str())
    .bind(now.0)
    .execute(c)
    .await?;
    Ok(added == 1)
}

/// False when it was so before.
pub(in crate::identity) async fn remove(c: &mut Connection, staff: &StaffId, facility: &FacilityId) -> Result<bool, StoreError> {
    let removed = sql("DELETE FROM staff_facilities WHERE staff_id = $1 AND facility_id = $2")
        .bind(staff.as_str())
        .bind(facility.as_str())
        .execute(c)
        .await?;
    Ok(removed == 1)
}
