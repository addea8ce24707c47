//! Signed-in sessions of staff, each named by its token's hash, with an idle and an absolute limit.

use std::time::Duration;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SessionId, StaffId};
use crate::identity::StaffActor;
use crate::store::{Connection, On, Row, Store, StoreError, sql};

pub(super) const IDLE: Duration = Duration::from_secs(30 * 60);
pub(super) const AT_MOST: Duration = Duration::from_secs(12 * 60 * 60);
/// Activity is written down once in so long, not at every request.
const TOUCH_AFTER: Duration = Duration::from_secs(60);

pub(in crate::identity) struct Found {
    pub(in crate::identity) actor: StaffActor,
    last_seen_at: Moment,
}

impl Found {
    pub(in crate::identity) fn wants_touch(&self, now: Moment) -> bool {
        now.since(self.last_seen_at) >= TOUCH_AFTER
    }
}

/// The session of a token, unless it ended, sat idle, grew too old, or its owner was disabled.
pub(in crate::identity) async fn find(on: impl Into<On<'_>>, token_hash: &str, now: Moment) -> Result<Option<Found>, StoreError> {
    let row = sql("SELECT s.token_hash, s.last_seen_at, staff.id, staff.facility_id, staff.name, staff.role
         FROM staff_sessions s JOIN staff ON staff.id = s.staff_id
         WHERE s.token_hash = $1 AND s.ended_at IS NULL AND staff.disabled_at IS NULL
         AND s.last_seen_at > $2 AND s.created_at > $3")
    .bind(token_hash)
    .bind(now.minus(IDLE).0)
    .bind(now.minus(AT_MOST).0)
    .fetch_optional(on)
    .await?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Found, StoreError> {
    let actor = StaffActor {
        staff: StaffId(row.get("id")?),
        role: super::role(row)?,
        facility: FacilityId(row.get("facility_id")?),
        name: row.get("name")?,
        session: SessionId(row.get("token_hash")?),
    };
    Ok(Found { actor, last_seen_at: Moment(row.get("last_seen_at")?) })
}

pub(in crate::identity) async fn insert(
    connection: &mut Connection,
    staff: &StaffId,
    session: &SessionId,
    now: Moment,
) -> Result<(), StoreError> {
    sql("INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at) VALUES ($1, $2, $3, $3)")
        .bind(session.as_str())
        .bind(staff.as_str())
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes down that the session is in use. One that has run out stays so.
pub(in crate::identity) async fn touch(store: &Store, session: SessionId, now: Moment) -> Result<(), StoreError> {
    store
        .write(move |c| {
            Box::pin(async move {
                sql("UPDATE staff_sessions SET last_seen_at = $1 WHERE token_hash = $2 AND ended_at IS NULL AND last_seen_at > $3")
                    .bind(now.0)
                    .bind(session.as_str())
                    .bind(now.minus(IDLE).0)
                    .execute(c)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Ends one sign-in.
pub(in crate::identity) async fn end(connection: &mut Connection, session: &SessionId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE staff_sessions SET ended_at = $1 WHERE token_hash = $2 AND ended_at IS NULL")
        .bind(now.0)
        .bind(session.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub(in crate::identity) async fn end_all(connection: &mut Connection, staff: &StaffId, now: Moment) -> Result<u64, StoreError> {
    let ended = sql("UPDATE staff_sessions SET ended_at = $1 WHERE staff_id = $2 AND ended_at IS NULL")
        .bind(now.0)
        .bind(staff.as_str())
        .execute(connection)
        .await?;
    Ok(ended)
}
