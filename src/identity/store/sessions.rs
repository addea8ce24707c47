//! Which device holds which seat. A seat has at most one live session, however many devices ask at once.

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, SessionId};
use crate::identity::Device;
use crate::store::{Connection, On, Row, StoreError, sql};

/// A device's session on a seat; it has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatSession {
    pub id: SessionId,
    pub seat: SeatId,
    pub identified_at: Option<Moment>,
    /// This one holds the seat; another waits as already open.
    pub live: bool,
}

/// Gives the device its session on the seat: the one it has, or a new one. The first device holds the seat, later ones wait.
/// `None` for a seat that was denied or removed. The link itself is checked before, in the same transaction.
pub async fn redeem(
    connection: &mut Connection,
    seat: &SeatId,
    device: &Device,
    now: Moment,
    dice: &Dice,
) -> Result<Option<SeatSession>, StoreError> {
    // Writing the seat first makes devices that race queue up, on every database.
    let open = sql("UPDATE seats SET birth_tries = birth_tries WHERE id = $1 AND state NOT IN ('denied', 'removed')")
        .bind(seat.as_str())
        .execute(&mut *connection)
        .await?;
    if open == 0 {
        return Ok(None);
    }
    open_session(connection, seat, device, now, dice).await?;
    let session = find(&mut *connection, seat, device).await?;
    let Some(mut session) = session else { return Ok(None) };
    session.live = session.live || hold_if_free(connection, &session).await?;
    Ok(Some(session))
}

/// An ended session does not come back to life: the device gets a new name and has to say again who it is.
async fn open_session(
    connection: &mut Connection,
    seat: &SeatId,
    device: &Device,
    now: Moment,
    dice: &Dice,
) -> Result<(), StoreError> {
    sql("INSERT INTO seat_sessions (id, seat_id, device_hash, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (seat_id, device_hash) DO UPDATE
         SET id = excluded.id, created_at = excluded.created_at, identified_at = NULL, ended_at = NULL
         WHERE seat_sessions.ended_at IS NOT NULL")
    .bind(dice.id())
    .bind(seat.as_str())
    .bind(&device.hash)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    Ok(())
}

async fn hold_if_free(connection: &mut Connection, session: &SeatSession) -> Result<bool, StoreError> {
    let held = sql("UPDATE seats SET live_session = $1 WHERE id = $2 AND live_session IS NULL")
        .bind(session.id.as_str())
        .bind(session.seat.as_str())
        .execute(&mut *connection)
        .await?;
    Ok(held == 1)
}

/// The device's session on this seat; `None` for "never", "ended" and "no such seat" alike.
pub async fn find(on: impl Into<On<'_>>, seat: &SeatId, device: &Device) -> Result<Option<SeatSession>, StoreError> {
    let row = sql("SELECT s.id, s.seat_id, s.identified_at, seats.live_session
         FROM seat_sessions s JOIN seats ON seats.id = s.seat_id
         WHERE s.seat_id = $1 AND s.device_hash = $2 AND s.ended_at IS NULL")
    .bind(seat.as_str())
    .bind(&device.hash)
    .fetch_optional(on)
    .await?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<SeatSession, StoreError> {
    let id = SessionId(row.get("id")?);
    Ok(SeatSession {
        live: row.get::<Option<&str>>("live_session")? == Some(id.as_str()),
        id,
        seat: SeatId(row.get("seat_id")?),
        identified_at: row.get::<Option<i64>>("identified_at")?.map(Moment),
    })
}

/// The person typed the right date of birth on this device.
pub async fn identified(connection: &mut Connection, session: &SessionId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE seat_sessions SET identified_at = $1 WHERE id = $2 AND identified_at IS NULL AND ended_at IS NULL")
        .bind(now.0)
        .bind(session.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Hands the seat to another session of it. False when that session has ended or is not of this seat.
pub async fn take_over(connection: &mut Connection, seat: &SeatId, session: &SessionId) -> Result<bool, StoreError> {
    let taken = sql("UPDATE seats SET live_session = $1 WHERE id = $2
         AND EXISTS (SELECT 1 FROM seat_sessions s WHERE s.id = $1 AND s.seat_id = $2 AND s.ended_at IS NULL)")
    .bind(session.as_str())
    .bind(seat.as_str())
    .execute(connection)
    .await?;
    Ok(taken == 1)
}

/// Ends every session of the seat: cookies and resume tokens that named them open nothing any more.
pub async fn end_of_seat(connection: &mut Connection, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE seat_sessions SET ended_at = $1 WHERE seat_id = $2 AND ended_at IS NULL")
        .bind(now.0)
        .bind(seat.as_str())
        .execute(&mut *connection)
        .await?;
    sql("UPDATE seats SET live_session = NULL WHERE id = $1").bind(seat.as_str()).execute(&mut *connection).await?;
    Ok(())
}
