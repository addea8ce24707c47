//! Which device holds which seat. A seat has at most one live session, however many devices ask at once.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqliteExecutor};

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, SessionId};
use crate::identity::Device;
use crate::store::StoreError;

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
    connection: &mut SqliteConnection,
    seat: &SeatId,
    device: &Device,
    now: Moment,
    dice: &Dice,
) -> Result<Option<SeatSession>, StoreError> {
    // Writing the seat first makes devices that race queue up, on every database.
    let open = sqlx::query("UPDATE seats SET birth_tries = birth_tries WHERE id = $1 AND state NOT IN ('denied', 'removed')")
        .bind(seat.as_str())
        .execute(&mut *connection)
        .await?;
    if open.rows_affected() == 0 {
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
    connection: &mut SqliteConnection,
    seat: &SeatId,
    device: &Device,
    now: Moment,
    dice: &Dice,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO seat_sessions (id, seat_id, device_hash, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (seat_id, device_hash) DO UPDATE
         SET id = excluded.id, created_at = excluded.created_at, identified_at = NULL, ended_at = NULL
         WHERE seat_sessions.ended_at IS NOT NULL",
    )
    .bind(dice.id())
    .bind(seat.as_str())
    .bind(&device.hash)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    Ok(())
}

async fn hold_if_free(connection: &mut SqliteConnection, session: &SeatSession) -> Result<bool, StoreError> {
    let held = sqlx::query("UPDATE seats SET live_session = $1 WHERE id = $2 AND live_session IS NULL")
        .bind(session.id.as_str())
        .bind(session.seat.as_str())
        .execute(&mut *connection)
        .await?;
    Ok(held.rows_affected() == 1)
}

/// The device's session on this seat; `None` for "never", "ended" and "no such seat" alike.
pub async fn find(executor: impl SqliteExecutor<'_>, seat: &SeatId, device: &Device) -> Result<Option<SeatSession>, StoreError> {
    let row = sqlx::query(
        "SELECT s.id, s.seat_id, s.identified_at, CASE WHEN seats.live_session = s.id THEN 1 ELSE 0 END AS live
         FROM seat_sessions s JOIN seats ON seats.id = s.seat_id
         WHERE s.seat_id = $1 AND s.device_hash = $2 AND s.ended_at IS NULL",
    )
    .bind(seat.as_str())
    .bind(&device.hash)
    .fetch_optional(executor)
    .await?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &SqliteRow) -> Result<SeatSession, StoreError> {
    Ok(SeatSession {
        id: SessionId(row.try_get("id")?),
        seat: SeatId(row.try_get("seat_id")?),
        identified_at: row.try_get::<Option<i64>, _>("identified_at")?.map(Moment),
        live: row.try_get::<i64, _>("live")? == 1,
    })
}

/// The person typed the right date of birth on this device.
pub async fn identified(connection: &mut SqliteConnection, session: &SessionId, now: Moment) -> Result<(), StoreError> {
    sqlx::query("UPDATE seat_sessions SET identified_at = $1 WHERE id = $2 AND identified_at IS NULL AND ended_at IS NULL")
        .bind(now.0)
        .bind(session.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Hands the seat to another session of it. False when that session has ended or is not of this seat.
pub async fn take_over(connection: &mut SqliteConnection, seat: &SeatId, session: &SessionId) -> Result<bool, StoreError> {
    let taken = sqlx::query(
        "UPDATE seats SET live_session = $1 WHERE id = $2
         AND EXISTS (SELECT 1 FROM seat_sessions s WHERE s.id = $1 AND s.seat_id = $2 AND s.ended_at IS NULL)",
    )
    .bind(session.as_str())
    .bind(seat.as_str())
    .execute(connection)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Ends every session of the seat: cookies and resume tokens that named them open nothing any more.
pub async fn end_of_seat(connection: &mut SqliteConnection, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
    sqlx::query("UPDATE seat_sessions SET ended_at = $1 WHERE seat_id = $2 AND ended_at IS NULL")
        .bind(now.0)
        .bind(seat.as_str())
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE seats SET live_session = NULL WHERE id = $1").bind(seat.as_str()).execute(&mut *connection).await?;
    Ok(())
}
