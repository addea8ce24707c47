//! What the people who come by a link are told when their visit is booked, moved, cancelled or late: queued in the transaction of
//! the change itself. A link is told to its own person; the rest to everybody who was not sent away.

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, VisitId};
use crate::facilities::Facility;
use crate::identity::links::NewLink;
use crate::notices::{Channel, Message, NewNotice, Notices};
use crate::store::{Connection, StoreError};
use crate::visits::store::VisitRow;
use crate::visits::words::SeatState;

/// A visit about which something is to be told.
pub(crate) struct Telling<'a> {
    pub(crate) notices: &'a Notices,
    pub(crate) facility: &'a Facility,
    pub(crate) visit: &'a VisitId,
    pub(crate) starts_at: Moment,
    pub(crate) ends_at: Moment,
    pub(crate) now: Moment,
    pub(crate) dice: &'a Dice,
}

impl Telling<'_> {
    /// The link of a new seat.
    pub(crate) async fn booked(
        &self,
        c: &mut Connection,
        seat: &SeatId,
        link: &NewLink,
        public_url: &str,
    ) -> Result<Option<Channel>, StoreError> {
        let message = Message::Booked { starts_at: self.starts_at, link: link.url(public_url) };
        self.tell(c, seat, message, format!("link:{}", link.reference)).await
    }

    /// A link in place of the older ones: what still waits would tell one that is dead.
    pub(crate) async fn new_link(
        &self,
        c: &mut Connection,
        seat: &SeatId,
        link: &NewLink,
        public_url: &str,
    ) -> Result<Option<Channel>, StoreError> {
        self.notices.drop_waiting(c, seat, self.now).await?;
        let message = Message::Link { starts_at: self.starts_at, link: link.url(public_url) };
        self.tell(c, seat, message, format!("link:{}", link.reference)).await
    }

    pub(crate) async fn moved(&self, c: &mut Connection, row: &VisitRow) -> Result<(), StoreError> {
        for seat in guests(row) {
            self.tell(c, seat, Message::Moved { starts_at: self.starts_at }, self.once("moved", seat)).await?;
        }
        Ok(())
    }

    /// What still waits is not needed any more.
    pub(crate) async fn cancelled(&self, c: &mut Connection, row: &VisitRow) -> Result<(), StoreError> {
        for seat in guests(row) {
            self.notices.drop_waiting(c, seat, self.now).await?;
            if self.now < self.ends_at {
                self.tell(c, seat, Message::Cancelled { starts_at: self.starts_at }, self.once("cancelled", seat)).await?;
            }
        }
        Ok(())
    }

    /// To those who do not have the page open, which says it at once.
    pub(crate) async fn late(
        &self,
        c: &mut Connection,
        row: &VisitRow,
        minutes: u32,
        is_here: impl Fn(&SeatId) -> bool,
    ) -> Result<(), StoreError> {
        for seat in guests(row).filter(|seat| !is_here(seat)) {
            let message = if minutes == 0 { Message::OnTime { starts_at: self.starts_at } } else { Message::Late { minutes } };
            self.tell(c, seat, message, self.once("late", seat)).await?;
        }
        Ok(())
    }

    async fn tell(
        &self,
        c: &mut Connection,
        seat: &SeatId,
        message: Message,
        once: String,
    ) -> Result<Option<Channel>, StoreError> {
        let Self { facility, visit, ends_at, .. } = *self;
        let notice = NewNotice { facility, visit, seat, message, expires_at: ends_at, once };
        self.notices.enqueue(c, notice, self.now, self.dice).await
    }

    fn once(&self, what: &str, seat: &SeatId) -> String {
        format!("{what}:{seat}:{}", self.now.0)
    }
}

fn guests(row: &VisitRow) -> impl Iterator<Item = &SeatId> {
    let comes = |state: SeatState| !matches!(state, SeatState::Removed | SeatState::Denied);
    row.seats.iter().filter(move |seat| !seat.role.is_staff() && comes(seat.state)).map(|seat| &seat.id)
}
