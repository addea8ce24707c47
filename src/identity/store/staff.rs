//! Staff accounts and their signed-in sessions. A session is named by its token's hash.

use std::time::Duration;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteExecutor};

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SessionId, StaffId};
use crate::identity::{StaffActor, StaffRole};
use crate::store::{Store, StoreError};

const IDLE: Duration = Duration::from_secs(30 * 60);
const AT_MOST: Duration = Duration::from_secs(12 * 60 * 60);
/// Activity is written down once in so long, not at every request.
const TOUCH_AFTER: Duration = Duration::from_secs(60);

pub(in crate::identity) struct FoundSession {
    pub(in crate::identity) actor: StaffActor,
    last_seen_at: Moment,
}

impl FoundSession {
    pub(in crate::identity) fn wants_touch(&self, now: Moment) -> bool {
        now.since(self.last_seen_at) >= TOUCH_AFTER
    }
}

/// The session of a token, unless it ended, sat idle, grew too old, or its owner was disabled.
pub(in crate::identity) async fn find_session(
    executor: impl SqliteExecutor<'_>,
    token_hash: &str,
    now: Moment,
) -> Result<Option<FoundSession>, StoreError> {
    let row = sqlx::query(
        "SELECT s.token_hash, s.last_seen_at, staff.id, staff.facility_id, staff.name, staff.role
         FROM staff_sessions s JOIN staff ON staff.id = s.staff_id
         WHERE s.token_hash = $1 AND s.ended_at IS NULL AND staff.disabled_at IS NULL
         AND s.last_seen_at > $2 AND s.created_at > $3",
    )
    .bind(token_hash)
    .bind(now.minus(IDLE).0)
    .bind(now.minus(AT_MOST).0)
    .fetch_optional(executor)
    .await?;
    row.map(|row| read_session(&row)).transpose()
}

fn read_session(row: &SqliteRow) -> Result<FoundSession, StoreError> {
    let actor = StaffActor {
        staff: StaffId(row.try_get("id")?),
        role: role(row)?,
        facility: FacilityId(row.try_get("facility_id")?),
        name: row.try_get("name")?,
        session: SessionId(row.try_get("token_hash")?),
    };
    Ok(FoundSession { actor, last_seen_at: Moment(row.try_get("last_seen_at")?) })
}

fn role(row: &SqliteRow) -> Result<StaffRole, StoreError> {
    let word: String = row.try_get("role")?;
    StaffRole::parse(&word).ok_or_else(|| StoreError::Sql(sqlx::Error::Decode("a staff role we do not know".into())))
}

/// Writes down that the session is in use. One that has run out stays so.
pub(in crate::identity) async fn touch(store: &Store, session: SessionId, now: Moment) -> Result<(), StoreError> {
    store
        .write(move |c| {
            Box::pin(async move {
                sqlx::query("UPDATE staff_sessions SET last_seen_at = $1 WHERE token_hash = $2 AND ended_at IS NULL AND last_seen_at > $3")
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
