//! A late start that is said from inside the room reaches those too who do not have the page open: queued with the fact itself.

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{FacilityId, VisitId};
use crate::facilities;
use crate::notices::Notices;
use crate::store::{Connection, StoreError};
use crate::visits::presence::Presence;
use crate::visits::schedule::told::Telling;
use crate::visits::store;

/// What it takes to tell people who are not here.
#[derive(Clone)]
pub(in crate::rooms) struct Tell {
    pub(in crate::rooms) notices: Notices,
    pub(in crate::rooms) presence: Presence,
    pub(in crate::rooms) dice: Dice,
}

impl Tell {
    pub(super) async fn late(
        &self,
        c: &mut Connection,
        (facility, visit): (&FacilityId, &VisitId),
        minutes: u32,
        now: Moment,
    ) -> Result<(), StoreError> {
        let Some(row) = store::one(c, facility, visit).await? else { return Ok(()) };
        let Some(facility) = facilities::store::find(&mut *c, facility).await? else { return Ok(()) };
        let Self { notices, presence, dice } = self;
        let (starts_at, ends_at) = (row.starts_at, row.ends_at);
        let telling = Telling { notices, facility: &facility, visit, starts_at, ends_at, now, dice };
        telling.late(c, &row, minutes, |seat| presence.of(visit, seat).is_some()).await
    }
}
