//! SQL of the schedule: whole visits as the lists need them, and the changes that booking makes.

pub mod change;
mod parts;
pub mod rows;

use std::collections::HashMap;

pub use rows::{Call, Seat, Tests, VisitRow};

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, StaffId, VisitId};
use crate::store::{Connection, StoreError, sql};
use crate::visits::readiness::Tested;

/// Which clinical visits to read; always of one facility, so that another's do not exist.
#[derive(Debug)]
pub enum Which<'a> {
    One(&'a VisitId),
    /// Starting within these moments, the last one left out; of one clinician, or of all.
    Between(Moment, Moment, Option<&'a StaffId>),
}

/// So many rows a list can hold; a facility has far fewer in a week.
const LIST: i64 = 2_000;

/// Clinical visits in the order in which they start.
pub async fn load(c: &mut Connection, facility: &FacilityId, which: Which<'_>) -> Result<Vec<VisitRow>, StoreError> {
    let mut query = sql("SELECT v.*, staff.name AS staff_name, p.name AS patient_name, p.born, p.phone, p.language
         FROM visits v JOIN staff ON staff.id = v.staff_id JOIN patients p ON p.id = v.patient_id
         WHERE v.kind = 'clinical' AND v.facility_id = ");
    query.push_bind(facility.as_str());
    match which {
        Which::One(visit) => {
            query.push(" AND v.id = ").push_bind(visit.as_str());
        }
        Which::Between(from, to, staff) => {
            query.push(" AND v.starts_at >= ").push_bind(from.0).push(" AND v.starts_at < ").push_bind(to.0);
            if let Some(staff) = staff {
                query.push(" AND v.staff_id = ").push_bind(staff.as_str());
            }
        }
    }
    query.push(" ORDER BY v.starts_at, v.id LIMIT ").push_bind(LIST);
    let found = query.fetch_all(&mut *c).await?;
    let mut visits = found.iter().map(rows::visit).collect::<Result<Vec<_>, _>>()?;
    if visits.is_empty() {
        return Ok(visits);
    }
    let place: HashMap<String, usize> = visits.iter().enumerate().map(|(index, visit)| (visit.id.0.clone(), index)).collect();
    parts::seats(c, &mut visits, &place).await?;
    parts::tests(c, &mut visits, &place).await?;
    parts::calls(c, &mut visits, &place).await?;
    parts::told(c, &mut visits).await?;
    parts::help(c, &mut visits, &place).await?;
    Ok(visits)
}

pub async fn one(c: &mut Connection, facility: &FacilityId, visit: &VisitId) -> Result<Option<VisitRow>, StoreError> {
    Ok(load(c, facility, Which::One(visit)).await?.pop())
}

/// The clinic's own clinician, signing in or not.
pub async fn is_clinician(c: &mut Connection, facility: &FacilityId, staff: &StaffId) -> Result<bool, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM staff WHERE id = $1 AND facility_id = $2 AND role = 'clinician'")
        .bind(staff.as_str())
        .bind(facility.as_str())
        .fetch_one(c)
        .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// The newest finished equipment test of a seat.
pub async fn tested_on(c: &mut Connection, seat: &SeatId) -> Result<Option<Tested>, StoreError> {
    let row = sql("SELECT finished_at, mode, cause, device, device_hash FROM equipment_tests
         WHERE seat_id = $1 AND finished_at IS NOT NULL ORDER BY finished_at DESC, id LIMIT 1")
    .bind(seat.as_str())
    .fetch_optional(c)
    .await?;
    row.map_or(Ok(None), |row| rows::tested(&row))
}
