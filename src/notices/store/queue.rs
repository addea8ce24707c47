//! SQL of the queue. A node takes rows by writing its name and a time into them; the time is long enough that nobody else takes
//! them while they are being sent, whatever the clocks of the two say.

use std::time::Duration;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, NodeId, SeatId, VisitId};
use crate::notices::outcome::Why;
use crate::notices::{Channel, NewNotice};
use crate::store::{Connection, On, Row, StoreError, sql};

/// A try takes a quarter of a minute at most; the rest is for clocks that differ.
const HELD: Duration = Duration::from_secs(75);
/// Taken at once.
const BATCH: i64 = 16;

/// A notice with its words sealed.
pub(in crate::notices) struct Queued<'a> {
    pub(in crate::notices) id: String,
    pub(in crate::notices) channel: Channel,
    pub(in crate::notices) key_id: &'a str,
    pub(in crate::notices) sealed: String,
    pub(in crate::notices) new: &'a NewNotice<'a>,
    pub(in crate::notices) now: Moment,
}

/// Nothing happens where the same was queued before.
pub(in crate::notices) async fn insert(c: &mut Connection, queued: Queued<'_>) -> Result<(), StoreError> {
    let Queued { id, channel, key_id, sealed, new, now } = queued;
    sql("INSERT INTO notices (id, once, facility_id, visit_id, seat_id, message, channel, state, key_id, sealed, created_at, due_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $10, $11) ON CONFLICT (once) DO NOTHING")
    .bind(id)
    .bind(&new.once)
    .bind(new.facility.id.as_str())
    .bind(new.visit.as_str())
    .bind(new.seat.as_str())
    .bind(new.message.word())
    .bind(channel.word())
    .bind(key_id)
    .bind(sealed)
    .bind(now.0)
    .bind(new.expires_at.0)
    .execute(c)
    .await?;
    Ok(())
}

/// One that this node is to send now.
#[derive(Clone)]
pub(in crate::notices) struct Held {
    pub(in crate::notices) id: String,
    pub(in crate::notices) facility: FacilityId,
    pub(in crate::notices) visit: VisitId,
    pub(in crate::notices) message: String,
    pub(in crate::notices) sealed: String,
    pub(in crate::notices) created_at: Moment,
    pub(in crate::notices) expires_at: Moment,
    /// This one included.
    pub(in crate::notices) tries: i64,
}

/// Whether there is anything to take: a look that writes nothing.
pub(in crate::notices) async fn is_due(
    on: impl Into<On<'_>>,
    (channel, key_id): (Channel, &str),
    now: Moment,
) -> Result<bool, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM notices
         WHERE state = 'waiting' AND channel = $1 AND key_id = $2 AND due_at <= $3 AND held_until <= $3")
    .bind(channel.word())
    .bind(key_id)
    .bind(now.0)
    .fetch_one(on)
    .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// Takes what is due, oldest first. What was queued earlier for the same person goes first, even if it waits for its next try.
pub(in crate::notices) async fn take(
    c: &mut Connection,
    (channel, key_id): (Channel, &str),
    node: &NodeId,
    now: Moment,
) -> Result<Vec<Held>, StoreError> {
    let rows = sql("UPDATE notices SET holder = $1, held_until = $2, tries = tries + 1 WHERE id IN (
             SELECT n.id FROM notices n
             WHERE n.state = 'waiting' AND n.channel = $3 AND n.key_id = $4 AND n.due_at <= $5 AND n.held_until <= $5
               AND NOT EXISTS (SELECT 1 FROM notices e WHERE e.seat_id = n.seat_id AND e.channel = n.channel AND e.key_id = n.key_id
                               AND e.state = 'waiting' AND (e.created_at < n.created_at OR (e.created_at = n.created_at AND e.id < n.id)))
             ORDER BY n.due_at, n.id LIMIT $6)
         RETURNING id, facility_id, visit_id, message, sealed, created_at, expires_at, tries")
    .bind(node.as_str())
    .bind(now.plus(HELD).0)
    .bind(channel.word())
    .bind(key_id)
    .bind(now.0)
    .bind(BATCH)
    .fetch_all(c)
    .await?;
    rows.iter().map(held).collect()
}

fn held(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        id: row.get("id")?,
        facility: FacilityId(row.get("facility_id")?),
        visit: VisitId(row.get("visit_id")?),
        message: row.get("message")?,
        sealed: row.get::<Option<String>>("sealed")?.unwrap_or_default(),
        created_at: Moment(row.get("created_at")?),
        expires_at: Moment(row.get("expires_at")?),
        tries: row.get("tries")?,
    })
}

/// What this node held when it died is free at once.
pub(in crate::notices) async fn let_go(c: &mut Connection, node: &NodeId) -> Result<(), StoreError> {
    let freed = sql("UPDATE notices SET held_until = 0 WHERE holder = $1 AND state = 'waiting'");
    freed.bind(node.as_str()).execute(c).await?;
    Ok(())
}

/// The next try, for a notice that is still wanted.
pub(in crate::notices) async fn postpone(c: &mut Connection, id: &str, (due_at, why): (Moment, Why)) -> Result<(), StoreError> {
    sql("UPDATE notices SET due_at = $1, held_until = 0, why = $2 WHERE id = $3 AND state = 'waiting'")
        .bind(due_at.0)
        .bind(why.word())
        .bind(id)
        .execute(c)
        .await?;
    Ok(())
}

/// Sent, or given up: either way the words are not kept.
pub(in crate::notices) async fn end(c: &mut Connection, id: &str, why: Option<Why>, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE notices SET state = $1, why = $2, ended_at = $3, sealed = NULL, held_until = 0 WHERE id = $4 AND state = 'waiting'")
        .bind(if why.is_none() { "sent" } else { "failed" })
        .bind(why.map(Why::word))
        .bind(now.0)
        .bind(id)
        .execute(c)
        .await?;
    Ok(())
}

pub(in crate::notices) async fn drop_waiting(c: &mut Connection, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE notices SET state = 'dropped', why = $1, ended_at = $2, sealed = NULL WHERE seat_id = $3 AND state = 'waiting'")
        .bind(Why::Overtaken.word())
        .bind(now.0)
        .bind(seat.as_str())
        .execute(c)
        .await?;
    Ok(())
}

/// How many wait, and since when the oldest does.
pub(in crate::notices) async fn waiting(on: impl Into<On<'_>>, channel: Channel) -> Result<(i64, Option<Moment>), StoreError> {
    let row = sql("SELECT COUNT(*) AS n, MIN(created_at) AS oldest FROM notices WHERE state = 'waiting' AND channel = $1")
        .bind(channel.word())
        .fetch_one(on)
        .await?;
    Ok((row.get("n")?, row.get::<Option<i64>>("oldest")?.map(Moment)))
}
