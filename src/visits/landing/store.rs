//! Finds the notice of a link's address.

use super::Notice;
use crate::base::clock::Moment;
use crate::store::{Store, StoreError, sql};

const NOTICE: &str = "SELECT f.name, f.phone, f.time_zone, v.starts_at, v.state
     FROM join_links l JOIN seats s ON s.id = l.seat_id JOIN visits v ON v.id = s.visit_id JOIN facilities f ON f.id = v.facility_id
     WHERE l.ref = $1";

/// `None` for an address that is not known.
pub async fn notice(store: &Store, reference: &str) -> Result<Option<Notice>, StoreError> {
    let Some(row) = sql(NOTICE).bind(reference).fetch_optional(store.reader()).await? else { return Ok(None) };
    let starts_at = Moment(row.get("starts_at")?);
    Ok(Some(Notice {
        clinic: row.get("name")?,
        phone: row.get("phone")?,
        time_zone: row.get("time_zone")?,
        starts_at: (row.get::<&str>("state")? == "booked").then_some(starts_at),
    }))
}
