//! SQL of who has a help request. Every change names what it starts from, so that of several who race one wins on every database.

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::store::{Connection, StoreError, sql};
use crate::visits::time::GRACE;
use crate::visits::words::Outcome;

/// Takes an open request that nobody has. False when somebody was faster.
pub(in crate::support) async fn claim(
    c: &mut Connection,
    visit: &VisitId,
    staff: &StaffId,
    now: Moment,
) -> Result<bool, StoreError> {
    let taken =
        sql("UPDATE help_requests SET state = 'claimed', holder = $1, claimed_at = $2 WHERE open_for = $3 AND holder IS NULL")
            .bind(staff.as_str())
            .bind(now.0)
            .bind(visit.as_str())
            .execute(c)
            .await?;
    Ok(taken == 1)
}

/// From one technician to another. False when the first does not have it any more.
pub(in crate::support) async fn pass(
    c: &mut Connection,
    visit: &VisitId,
    (from, to): (&StaffId, &StaffId),
    now: Moment,
) -> Result<bool, StoreError> {
    let passed =
        sql("UPDATE help_requests SET state = 'claimed', holder = $1, claimed_at = $2 WHERE open_for = $3 AND holder = $4")
            .bind(to.as_str())
            .bind(now.0)
            .bind(visit.as_str())
            .bind(from.as_str())
            .execute(c)
            .await?;
    Ok(passed == 1)
}

/// Back to the queue, in its old place.
pub(in crate::support) async fn release(c: &mut Connection, visit: &VisitId, staff: &StaffId) -> Result<bool, StoreError> {
    let released =
        sql("UPDATE help_requests SET state = 'asked', holder = NULL, claimed_at = NULL WHERE open_for = $1 AND holder = $2")
            .bind(visit.as_str())
            .bind(staff.as_str())
            .execute(c)
            .await?;
    Ok(released == 1)
}

/// The visit of these facilities whose request should be taken next: nobody has it, and of those its visit is the nearest.
pub(in crate::support) async fn next(
    c: &mut Connection,
    facilities: &[FacilityId],
    now: Moment,
) -> Result<Option<(VisitId, FacilityId)>, StoreError> {
    let mut query = sql("SELECT v.id, v.facility_id FROM help_requests h JOIN visits v ON v.id = h.open_for
         WHERE h.holder IS NULL AND v.state = 'booked' AND h.facility_id IN ");
    query.push_list(facilities.iter().map(FacilityId::as_str));
    query.push(" AND v.ends_at > ").push_bind(now.minus(GRACE).0);
    query.push(" ORDER BY v.starts_at, h.asked_at, h.id LIMIT 1");
    let row = query.fetch_optional(c).await?;
    row.map(|row| Ok((VisitId(row.get("id")?), FacilityId(row.get("facility_id")?)))).transpose()
}

pub(in crate::support) async fn testing(c: &mut Connection, visit: &VisitId) -> Result<(), StoreError> {
    sql("UPDATE help_requests SET state = 'testing' WHERE open_for = $1").bind(visit.as_str()).execute(c).await?;
    Ok(())
}

pub(in crate::support) async fn texted(c: &mut Connection, visit: &VisitId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE help_requests SET texted_at = $1 WHERE open_for = $2").bind(now.0).bind(visit.as_str()).execute(c).await?;
    Ok(())
}

/// How it ended. The request stays with whoever settled it.
pub(in crate::support) async fn close(
    c: &mut Connection,
    visit: &VisitId,
    (outcome, note): (Outcome, &str),
    now: Moment,
) -> Result<(), StoreError> {
    sql("UPDATE help_requests SET state = 'done', open_for = NULL, closed_at = $1, outcome = $2, note = $3 WHERE open_for = $4")
        .bind(now.0)
        .bind(outcome.word())
        .bind(note)
        .bind(visit.as_str())
        .execute(c)
        .await?;
    Ok(())
}
