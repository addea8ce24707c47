//! How parts of the gateway, and the gateways of one clinic, hear of each other's news. In-process, and over Redis where there is one.
//! A lost message costs a refresh, never data.

mod numbers;
mod redis;
mod seal;
mod wire;

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use signaling::message::{CheckStep, Screen};
use tokio::sync::{broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::base::clock::{Clock, Moment};
use crate::base::ids::{FacilityId, NodeId, SeatId, SessionId, StaffId, VisitId};
pub use redis::{BadRedis, Membership};
pub use seal::{ClusterKey, UnfitKey};

/// Something that was committed a moment ago.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum News {
    /// Booked, moved, arrived, admitted, tested, ended…: lists that show this visit are out of date.
    VisitChanged { facility: FacilityId, visit: VisitId },
    /// The clinic cancelled the visit or it was ended outside its room.
    VisitOver { visit: VisitId },
    /// The visit has new times or settings: a live room reads its plan again.
    VisitPlanChanged { visit: VisitId },
    /// The seat's link was replaced or the seat removed: its sessions end now.
    SeatRevoked { visit: VisitId, seat: SeatId },
    /// The page of a running equipment test reported more of it: who watches that test looks again.
    TestChanged { facility: FacilityId, visit: VisitId },
    /// A technician opened a test call for the person in this seat.
    TestCallStarted { visit: VisitId, seat: SeatId, test_visit: VisitId, test_seat: SeatId },
    /// A technician asks the page of this seat to run a step of its equipment test again.
    RunCheck { visit: VisitId, seat: SeatId, check: CheckStep },
    /// The staff member signed out: there, or, where no session is named, everywhere; or was disabled.
    StaffSignedOut { staff: StaffId, session: Option<SessionId> },
    /// Who is connected to a room of another node, whole each time.
    Seen { node: NodeId, facility: FacilityId, visit: VisitId, seats: Vec<Glimpse> },
    /// A node has just begun to listen and knows of nobody.
    WhoIsThere,
    /// The relay credentials of a seat, or of the whole visit, are dead.
    RelayEnded { visit: VisitId, seat: Option<SeatId> },
    /// Said by the bus itself: other nodes' news may have been lost. Whoever keeps something reads it again.
    Missed,
}

/// One person's connection, as another node's lists may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glimpse {
    pub seat: SeatId,
    /// False while nothing has been heard for a few seconds.
    pub is_here: bool,
    pub screen: Screen,
    pub since: Moment,
}

/// Something one node sends to one other, in order; what it means is the receiver's business.
#[derive(Clone, Debug)]
pub struct Letter {
    pub from: NodeId,
    /// Rises each time that node starts.
    pub run: i64,
    pub text: String,
}

/// Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct Bus(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    here: broadcast::Sender<News>,
    /// Absent in a gateway that is alone.
    others: OnceLock<redis::Others>,
}

impl Default for Bus {
    fn default() -> Self {
        Self(Arc::new(Inner { here: broadcast::channel(1024).0, others: OnceLock::new() }))
    }
}

impl Bus {
    /// Begins to speak with the other nodes, until `closing`. Gives the letters that come; nobody else gets them.
    pub fn join(
        &self,
        membership: Membership,
        clock: &Clock,
        closing: &CancellationToken,
    ) -> Result<mpsc::Receiver<Letter>, BadRedis> {
        let (others, letters) = redis::join(membership, self.0.here.clone(), clock, closing)?;
        // A second call would be a mistake of the start; the first stays.
        let _ = self.0.others.set(others);
        Ok(letters)
    }

    /// To everybody, on every node.
    pub fn tell(&self, news: News) {
        self.tell_others(news.clone());
        self.tell_here(news);
    }

    pub fn tell_here(&self, news: News) {
        // Nobody listening is fine: whoever comes later reads the database.
        let _ = self.0.here.send(news);
    }

    pub fn tell_others(&self, news: News) {
        if let Some(others) = self.0.others.get() {
            others.tell(news);
        }
    }

    /// False when it certainly does not arrive.
    #[must_use]
    pub fn post(&self, to: &NodeId, text: String) -> bool {
        self.0.others.get().is_some_and(|others| others.post(to.clone(), text))
    }

    /// Whether other nodes hear us and we hear them, and word of when that changes. `None` in a gateway that is alone.
    pub fn is_up(&self) -> Option<watch::Receiver<bool>> {
        self.0.others.get().map(redis::Others::is_up)
    }

    /// A listener that falls behind by 1,024 messages is told so and must read everything again.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.0.here.subscribe()
    }
}
