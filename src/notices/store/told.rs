//! What became of the newest thing that was told to each person of a visit, for staff.

use std::collections::HashMap;

use serde::Serialize;

use crate::base::clock::Moment;
use crate::base::ids::{SeatId, VisitId};
use crate::notices::Channel;
use crate::store::{Connection, Row, StoreError, sql};

/// The newest notice to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Told {
    pub channel: Channel,
    /// `booked`, `link`, `moved`, `cancelled`, `late`, `on-time`, `steps`, `call-back`.
    pub message: String,
    pub state: ToldState,
    pub at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ToldState {
    /// On its way.
    Waiting,
    /// Taken by the receiver.
    Sent,
    /// Given up: somebody has to say it.
    Failed,
}

/// By seat; who was never told anything is absent. At least one visit.
pub async fn in_visits(c: &mut Connection, visits: impl Iterator<Item = &VisitId>) -> Result<HashMap<SeatId, Told>, StoreError> {
    let mut query = sql("SELECT seat_id, channel, message, state, created_at, ended_at FROM notices
         WHERE state <> 'dropped' AND visit_id IN ");
    // The newest of a seat comes last and stays.
    query.push_list(visits.map(VisitId::as_str)).push(" ORDER BY created_at, id");
    let rows = query.fetch_all(c).await?;
    rows.iter().map(|row| Ok((SeatId(row.get("seat_id")?), read(row)?))).collect()
}

fn read(row: &Row) -> Result<Told, StoreError> {
    let state = match row.get("state")? {
        "waiting" => ToldState::Waiting,
        "sent" => ToldState::Sent,
        _ => ToldState::Failed,
    };
    let channel = Channel::parse(row.get("channel")?).ok_or_else(|| StoreError::strange("an unknown channel"))?;
    let at = row.get::<Option<i64>>("ended_at")?.unwrap_or(row.get("created_at")?);
    Ok(Told { channel, message: row.get("message")?, state, at: Moment(at) })
}
