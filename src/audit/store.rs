//! The audit table: append, read a visit's entries, verify the chain.

use futures_util::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqliteExecutor};

use super::Entry;
use super::chain::{Broken, Head, Link, Walk};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::store::StoreError;

/// Appends an entry, chained to the newest one. Call it in the transaction of what it records.
pub async fn append(connection: &mut SqliteConnection, entry: &Entry) -> Result<(), StoreError> {
    // The update comes first: it takes the row, so the next writer waits until this one's hash is known.
    let head =
        sqlx::query("UPDATE audit_head SET seq = seq + 1 WHERE one = 1 RETURNING seq, hash").fetch_one(&mut *connection).await?;
    let link = chained(entry, head.try_get("seq")?, head.try_get("hash")?);
    insert(connection, &link).await?;
    sqlx::query("UPDATE audit_head SET hash = $1 WHERE one = 1").bind(&link.hash).execute(&mut *connection).await?;
    Ok(())
}

fn chained(entry: &Entry, seq: i64, previous: String) -> Link {
    let mut link = Link {
        seq,
        at: entry.at,
        actor: entry.actor.to_string(),
        action: entry.action.to_owned(),
        facility: entry.facility.as_ref().map(|id| id.0.clone()),
        visit: entry.visit.as_ref().map(|id| id.0.clone()),
        seat: entry.seat.as_ref().map(|id| id.0.clone()),
        detail: entry.detail.to_string(),
        previous,
        hash: String::new(),
    };
    link.hash = link.expected_hash();
    link
}

async fn insert(connection: &mut SqliteConnection, link: &Link) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit (seq, at, actor, action, facility_id, visit_id, seat_id, detail, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(link.seq)
    .bind(link.at.0)
    .bind(&link.actor)
    .bind(&link.action)
    .bind(&link.facility)
    .bind(&link.visit)
    .bind(&link.seat)
    .bind(&link.detail)
    .bind(&link.previous)
    .bind(&link.hash)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn head(executor: impl SqliteExecutor<'_>) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT seq, hash FROM audit_head WHERE one = 1").fetch_one(executor).await?;
    Ok(Head { seq: row.try_get("seq")?, hash: row.try_get("hash")? })
}

/// Reads the whole chain, and calls `seen` with each whole entry.
/// Give it a transaction's connection, so that entries written meanwhile do not look like a cut.
pub async fn verify(connection: &mut SqliteConnection, mut seen: impl FnMut(&Link)) -> Result<Result<Head, Broken>, StoreError> {
    let head = head(&mut *connection).await?;
    let mut walk = Walk::default();
    let mut rows = sqlx::query("SELECT * FROM audit ORDER BY seq").fetch(&mut *connection);
    while let Some(row) = rows.try_next().await? {
        let link = read(&row)?;
        if let Err(broken) = walk.step(&link) {
            return Ok(Err(broken));
        }
        seen(&link);
    }
    Ok(walk.finish(&head))
}

/// Everything that was written about a visit, oldest first.
pub async fn of_visit(executor: impl SqliteExecutor<'_>, visit: &VisitId) -> Result<Vec<Link>, StoreError> {
    let rows =
        sqlx::query("SELECT * FROM audit WHERE visit_id = $1 ORDER BY seq").bind(visit.as_str()).fetch_all(executor).await?;
    rows.iter().map(read).collect()
}

/// Whose visit it is, if it is one of the facility's.
pub(super) async fn clinician_of(
    executor: impl SqliteExecutor<'_>,
    facility: &FacilityId,
    visit: &VisitId,
) -> Result<Option<StaffId>, StoreError> {
    let row = sqlx::query("SELECT staff_id FROM visits WHERE id = $1 AND facility_id = $2")
        .bind(visit.as_str())
        .bind(facility.as_str())
        .fetch_optional(executor)
        .await?;
    Ok(row.map(|row| row.try_get("staff_id")).transpose()?.map(StaffId))
}

fn read(row: &SqliteRow) -> Result<Link, StoreError> {
    Ok(Link {
        seq: row.try_get("seq")?,
        at: Moment(row.try_get("at")?),
        actor: row.try_get("actor")?,
        action: row.try_get("action")?,
        facility: row.try_get("facility_id")?,
        visit: row.try_get("visit_id")?,
        seat: row.try_get("seat_id")?,
        detail: row.try_get("detail")?,
        previous: row.try_get("previous")?,
        hash: row.try_get("hash")?,
    })
}
