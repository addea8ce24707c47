//! How parts of the gateway hear of each other's news. In-process; a lost message costs a refresh, never data.

use tokio::sync::broadcast;

use crate::base::ids::{FacilityId, SeatId, SessionId, StaffId, VisitId};

/// Something that was committed a moment ago.
#[derive(Clone, Debug)]
pub enum News {
    /// Booked, moved, arrived, admitted, tested, ended…: lists that show this visit are out of date.
    VisitChanged { facility: FacilityId, visit: VisitId },
    /// The clinic cancelled the visit or it was ended outside its room.
    VisitOver { visit: VisitId },
    /// The visit has new times or settings: a live room reads its plan again.
    VisitPlanChanged { visit: VisitId },
    /// The seat's link was replaced or the seat removed: its sessions end now.
    SeatRevoked { visit: VisitId, seat: SeatId },
    /// A technician opened a test call for the person in this seat.
    TestCallStarted { visit: VisitId, seat: SeatId, test_visit: VisitId, test_seat: SeatId },
    /// The staff member signed out: there, or, where no session is named, everywhere; or was disabled.
    StaffSignedOut { staff: StaffId, session: Option<SessionId> },
}

#[derive(Clone, Debug)]
pub struct Bus(broadcast::Sender<News>);

impl Default for Bus {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Bus {
    pub fn tell(&self, news: News) {
        // Nobody listening is fine: whoever comes later reads the database.
        let _ = self.0.send(news);
    }

    /// A listener that falls behind by 1,024 messages is told so and must read everything again.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }
}
