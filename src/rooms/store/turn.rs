//! "Text me when it's my turn": who asked for it while waiting is texted when they are let in, in the transaction of the admission itself.

use super::late::Tell;
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, VisitId};
use crate::facilities;
use crate::notices::{Message, NewNotice};
use crate::store::{Connection, StoreError, sql};
use crate::visits::store;
use crate::visits::time::GRACE;

/// What the person wants from now on.
pub(super) async fn ask(c: &mut Connection, seat: &SeatId, at: Option<i64>) -> Result<(), StoreError> {
    sql("UPDATE seats SET text_at = $1 WHERE id = $2").bind(at).bind(seat.as_str()).execute(c).await?;
    Ok(())
}

impl Tell {
    /// One text for each time it was asked for, however often the person is let in.
    pub(super) async fn turn(
        &self,
        c: &mut Connection,
        (facility, visit): (&FacilityId, &VisitId),
        seat: &SeatId,
        now: Moment,
    ) -> Result<(), StoreError> {
        let row = sql("SELECT text_at FROM seats WHERE id = $1").bind(seat.as_str()).fetch_one(&mut *c).await?;
        let Some(asked) = row.get::<Option<i64>>("text_at")? else { return Ok(()) };
        ask(c, seat, None).await?;
        let Some(row) = store::one(c, facility, visit).await? else { return Ok(()) };
        let Some(facility) = facilities::store::find(&mut *c, facility).await? else { return Ok(()) };
        let (message, expires_at, once) = (Message::Turn, row.ends_at.plus(GRACE), format!("turn:{seat}:{asked}"));
        let new = NewNotice { facility: &facility, visit, seat, message, expires_at, once };
        self.notices.enqueue(c, new, now, &self.dice).await?;
        Ok(())
    }
}
