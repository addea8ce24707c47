//! Which technicians are at the desk: signed in, and heard of by their desk's window lately.

use std::time::Duration;

use super::serving::push_serves;
use super::sign_ins::{AT_MOST, IDLE};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SessionId, StaffId};
use crate::store::{Connection, StoreError, sql};

/// A window says every half a minute that it is open. One that was not heard of for so long is closed, or its computer asleep.
const GONE: Duration = Duration::from_secs(3 * 60);

/// The desk's window is open there.
pub async fn seen(c: &mut Connection, session: &SessionId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE staff_sessions SET desk_at = $1 WHERE token_hash = $2").bind(now.0).bind(session.as_str()).execute(c).await?;
    Ok(())
}

/// Of those who serve the facility.
pub async fn everybody(c: &mut Connection, facility: &FacilityId, now: Moment) -> Result<Vec<StaffId>, StoreError> {
    let mut query = sql("SELECT DISTINCT staff.id FROM staff_sessions s JOIN staff ON staff.id = s.staff_id
         WHERE s.ended_at IS NULL AND staff.disabled_at IS NULL AND s.desk_at > ");
    query.push_bind(now.minus(GONE).0);
    query.push(" AND s.last_seen_at > ").push_bind(now.minus(IDLE).0);
    query.push(" AND s.created_at > ").push_bind(now.minus(AT_MOST).0);
    query.push(" AND ");
    push_serves(&mut query, facility);
    query.fetch_all(c).await?.iter().map(|row| Ok(StaffId(row.get("id")?))).collect()
}

/// Whoever does not serve the facility any more has left its desk.
pub async fn is_there(c: &mut Connection, facility: &FacilityId, staff: &StaffId, now: Moment) -> Result<bool, StoreError> {
    Ok(everybody(c, facility, now).await?.contains(staff))
}
