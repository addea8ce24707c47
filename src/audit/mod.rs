//! Who did what, written in the same transaction as what it records, each entry chained to the one before by its hash.

pub mod chain;
mod checkpoint;
pub mod checkpoint_store;
pub mod command;
pub mod routes;
pub mod store;

use serde_json::Value;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, StaffId, VisitId};
use crate::http::actor::StaffActor;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Staff(StaffId),
    Seat(SeatId),
    /// The gateway itself: a deadline, a start.
    Gateway,
    /// The operator at the command line.
    Operator,
    /// Somebody we do not know, as when a link is wrong.
    Unknown,
}

impl From<&StaffActor> for Actor {
    fn from(actor: &StaffActor) -> Self {
        Self::Staff(actor.staff.clone())
    }
}

impl std::fmt::Display for Actor {
    /// As stored: `staff:ID`, `seat:ID`, or one word.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Staff(staff) => write!(f, "staff:{staff}"),
            Self::Seat(seat) => write!(f, "seat:{seat}"),
            Self::Gateway => f.write_str("gateway"),
            Self::Operator => f.write_str("operator"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// One entry before it is chained. `detail` holds ids, words and counts: never a name, a secret or anything clinical.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: Moment,
    pub actor: Actor,
    /// A stable word such as `visit.booked`.
    pub action: &'static str,
    pub facility: Option<FacilityId>,
    pub visit: Option<VisitId>,
    pub seat: Option<SeatId>,
    pub detail: Value,
}
