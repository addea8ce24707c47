//! SQL of records: the visit a record may be opened for, and the row of a prepared snippet. Never what is in the record.

use super::snippet::RUNNING_OVER;
use crate::base::clock::Moment;
use crate::base::ids::{SnippetId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::store::{Connection, On, StoreError, sql};

/// A visit whose patient's record its clinician may open now.
pub(super) struct OpenVisit {
    pub(super) ends_at: Moment,
    pub(super) born: Personal<String>,
    pub(super) record_id: Option<String>,
}

/// Only a clinical visit, only for its own clinician, only while it is booked and not long over.
pub(super) async fn open_visit(
    on: impl Into<On<'_>>,
    visit: &VisitId,
    clinician: &StaffId,
    now: Moment,
) -> Result<Option<OpenVisit>, StoreError> {
    let row = sql(
        "SELECT visits.ends_at, patients.born, patients.record_id
         FROM visits JOIN patients ON patients.id = visits.patient_id
         WHERE visits.id = $1 AND visits.staff_id = $2 AND visits.kind = 'clinical' AND visits.state = 'booked' AND visits.ends_at > $3",
    )
    .bind(visit.as_str())
    .bind(clinician.as_str())
    .bind(now.minus(RUNNING_OVER).0)
    .fetch_optional(on)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(OpenVisit {
        ends_at: Moment(row.get("ends_at")?),
        born: Personal(row.get("born")?),
        record_id: row.get("record_id")?,
    }))
}

pub(super) struct PreparedRow {
    pub(super) id: SnippetId,
    pub(super) visit: VisitId,
    pub(super) kind: &'static str,
    pub(super) item: String,
    pub(super) sha256: String,
    pub(super) size: usize,
    pub(super) prepared_at: Moment,
    pub(super) expires_at: Moment,
}

/// Stores the snippet if the visit is still booked; `false` where it was cancelled or ended meanwhile.
pub(super) async fn save(connection: &mut Connection, row: &PreparedRow) -> Result<bool, StoreError> {
    let done = sql("INSERT INTO snippets (id, visit_id, kind, item, sha256, size, state, prepared_at, expires_at)
         SELECT $1, visits.id, $3, $4, $5, $6, 'prepared', $7, $8 FROM visits WHERE visits.id = $2 AND visits.state = 'booked'")
    .bind(row.id.as_str())
    .bind(row.visit.as_str())
    .bind(row.kind)
    .bind(&row.item)
    .bind(&row.sha256)
    .bind(i64::try_from(row.size).unwrap_or(i64::MAX))
    .bind(row.prepared_at.0)
    .bind(row.expires_at.0)
    .execute(connection)
    .await?;
    Ok(done == 1)
}
