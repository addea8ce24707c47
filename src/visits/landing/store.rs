//! Finds the notice of a link's address.

use super::Notice;
use crate::base::clock::Moment;
use crate::store::{Store, StoreError};

const NOTICE: &str = "SELECT f.name, f.phone, f.time_zone, v.starts_at, v.state
     FROM join_links l JOIN seats s ON s.id = l.seat_id JOIN visits v ON v.id = s.visit_id JOIN facilities f ON f.id = v.facility_id
     WHERE l.ref = $1";

/// `None` for an address that is not known.
pub async fn notice(store: &Store, reference: &str) -> Result<Option<Notice>, StoreError> {
    let row: Option<(String, String, String, i64, String)> =
        sqlx::query_as(NOTICE).bind(reference).fetch_optional(store.reader()).await?;
    Ok(row.map(|(clinic, phone, time_zone, starts_at, state)| Notice {
        clinic,
        phone,
        time_zone,
        starts_at: (state == "booked").then_some(Moment(starts_at)),
    }))
}
