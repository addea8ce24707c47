//! The audit table: append, read a visit's entries, verify the chain.

use super::Entry;
use super::chain::{Broken, Head, Link, Walk};
use crate::base::clock::Moment;
use crate::base::crash;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::store::{Connection, Connections, On, Query, Row, StoreError, Tip, sql};

const PAGE: i64 = 1000;

/// Appends an entry, chained to the newest one. Call it in the transaction of what it records.
pub async fn append(connection: &mut Connection, entry: &Entry) -> Result<(), StoreError> {
    let newest = match connection.tip() {
        Some(tip) => Head { seq: tip.seq, hash: tip.hash.clone() },
        // One transaction writes at a time, so nobody takes the next number until this one is over.
        None => head(&mut *connection).await?,
    };
    let link = chained(entry, newest);
    insert(connection, &link).await?;
    crash::point("audit_half_written");
    connection.set_tip(Some(Tip { seq: link.seq, hash: link.hash, save: save_head }));
    Ok(())
}

fn save_head(tip: Tip) -> Query {
    sql("UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1").bind(tip.seq).bind(tip.hash)
}

fn chained(entry: &Entry, newest: Head) -> Link {
    let mut link = Link {
        seq: newest.seq + 1,
        at: entry.at,
        actor: entry.actor.to_string(),
        action: entry.action.to_owned(),
        facility: entry.facility.as_ref().map(|id| id.0.clone()),
        visit: entry.visit.as_ref().map(|id| id.0.clone()),
        seat: entry.seat.as_ref().map(|id| id.0.clone()),
        detail: entry.detail.to_string(),
        previous: newest.hash,
        hash: String::new(),
    };
    link.hash = link.expected_hash();
    link
}

async fn insert(connection: &mut Connection, link: &Link) -> Result<(), StoreError> {
    sql("INSERT INTO audit (seq, at, actor, action, facility_id, visit_id, seat_id, detail, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
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

pub async fn head(on: impl Into<On<'_>>) -> Result<Head, StoreError> {
    let row = sql("SELECT seq, hash FROM audit_head WHERE one = 1").fetch_one(on).await?;
    Ok(Head { seq: row.get("seq")?, hash: row.get("hash")? })
}

/// Reads the whole chain, and calls `seen` with each whole entry. The head is asked for before each page: what is written
/// meanwhile stands on a later page, and is not taken for an end that was cut.
pub async fn verify(readers: &Connections, mut seen: impl FnMut(&Link)) -> Result<Result<Head, Broken>, StoreError> {
    let (mut walk, mut last) = (Walk::default(), i64::MIN);
    loop {
        let head = head(readers).await?;
        let page =
            sql("SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2").bind(last).bind(PAGE).fetch_all(readers).await?;
        if page.is_empty() {
            return Ok(walk.finish(&head));
        }
        for row in &page {
            let link = read(row)?;
            if let Err(broken) = walk.step(&link) {
                return Ok(Err(broken));
            }
            seen(&link);
            last = link.seq;
        }
    }
}

/// Everything that was written about a visit, oldest first.
pub async fn of_visit(on: impl Into<On<'_>>, visit: &VisitId) -> Result<Vec<Link>, StoreError> {
    let rows = sql("SELECT * FROM audit WHERE visit_id = $1 ORDER BY seq").bind(visit.as_str()).fetch_all(on).await?;
    rows.iter().map(read).collect()
}

/// The details of what was done after the entry `seen`, where it was this, and the newest entry there is.
pub async fn since(on: &Connections, action: &str, seen: i64) -> Result<(Vec<String>, i64), StoreError> {
    let rows = sql("SELECT seq, action, detail FROM audit
         WHERE seq > $1 AND (action = $2 OR seq = (SELECT seq FROM audit_head WHERE one = 1)) ORDER BY seq")
    .bind(seen)
    .bind(action)
    .fetch_all(on)
    .await?;
    let newest = rows.last().map(|row| row.get("seq")).transpose()?.unwrap_or(seen);
    let fitting = rows.iter().filter(|row| matches!(row.get::<&str>("action"), Ok(found) if found == action));
    Ok((fitting.map(|row| row.get("detail")).collect::<Result<_, _>>()?, newest))
}

/// Whose visit it is, if it is one of the facility's.
pub(super) async fn clinician_of(
    on: impl Into<On<'_>>,
    facility: &FacilityId,
    visit: &VisitId,
) -> Result<Option<StaffId>, StoreError> {
    let row = sql("SELECT staff_id FROM visits WHERE id = $1 AND facility_id = $2")
        .bind(visit.as_str())
        .bind(facility.as_str())
        .fetch_optional(on)
        .await?;
    Ok(row.map(|row| row.get("staff_id")).transpose()?.map(StaffId))
}

fn read(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        seq: row.get("seq")?,
        at: Moment(row.get("at")?),
        actor: row.get("actor")?,
        action: row.get("action")?,
        facility: row.get("facility_id")?,
        visit: row.get("visit_id")?,
        seat: row.get("seat_id")?,
        detail: row.get("detail")?,
        previous: row.get("previous")?,
        hash: row.get("hash")?,
    })
}
