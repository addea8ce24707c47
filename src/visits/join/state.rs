//! The answer to "why can't I join?": pure, from the seat's facts and the time. Nothing in it names anybody.

use serde::Serialize;

use super::store::SeatFacts;
use crate::base::clock::Moment;
use crate::base::ids::{SeatId, VisitId};
use crate::base::language::Language;
use crate::facilities::Facility;
use crate::identity::sessions::SeatSession;
use crate::visits::arrival::BIRTH_TRIES;
use crate::visits::help::HelpPlace;
use crate::visits::time::{Door, Opening};
use crate::visits::words::{Kind, SeatRole, VisitState};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JoinWord {
    TooEarly,
    Open,
    Over,
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The date of birth is to be asked.
    Identify,
    /// Five wrong tries: only staff can help.
    LockedOut,
    Ready,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct JoinState {
    pub state: JoinWord,
    /// The visit has another time than it was first booked for.
    pub moved: bool,
    pub kind: Kind,
    /// What this link's person joins as.
    pub role: SeatRole,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub opens_at: Moment,
    pub now: Moment,
    pub facility: PublicFacility,
    /// The one the clinic has for the patient; of others it knows none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Present when this device holds a session on the seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub seat: Option<SeatId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// A technician is waiting in a test call for this visit, and this device may go there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_call: Option<TestCallSeat>,
    /// A technician was asked to help; only the patient's page hears of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<HelpPlace>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TestCallSeat {
    #[schema(value_type = String)]
    pub seat: SeatId,
    #[schema(value_type = String)]
    pub visit: VisitId,
}

/// What a clinic tells everybody about itself.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PublicFacility {
    pub name: String,
    pub phone: String,
    pub time_zone: String,
    pub emergency_number: String,
    pub languages: Vec<Language>,
}

impl From<&Facility> for PublicFacility {
    fn from(facility: &Facility) -> Self {
        Self {
            name: facility.name.clone(),
            phone: facility.phone.clone(),
            time_zone: facility.time_zone.clone(),
            emergency_number: facility.emergency_number.clone(),
            languages: facility.languages.clone(),
        }
    }
}

pub(in crate::visits::join) fn opening(facts: &SeatFacts) -> Opening {
    Opening::new(facts.starts_at, facts.ends_at, facts.facility.join_window_minutes)
}

pub(in crate::visits::join) fn word(facts: &SeatFacts, now: Moment) -> JoinWord {
    match (facts.visit_state, opening(facts).door(now)) {
        (VisitState::Cancelled, _) => JoinWord::Cancelled,
        (VisitState::Ended, _) | (_, Door::Over) => JoinWord::Over,
        (VisitState::Booked, Door::TooEarly) => JoinWord::TooEarly,
        (VisitState::Booked, Door::Open) => JoinWord::Open,
    }
}

pub(in crate::visits::join) fn step(facts: &SeatFacts, session: &SeatSession) -> Step {
    // Only a patient has a date of birth here. A companion is known by sight, when staff let them in.
    if !facts.is_patient() || facts.vouched || session.identified_at.is_some() {
        Step::Ready
    } else if facts.birth_tries >= BIRTH_TRIES {
        Step::LockedOut
    } else {
        Step::Identify
    }
}

pub(in crate::visits::join) fn join_state(
    facts: &SeatFacts,
    session: Option<&SeatSession>,
    test_call: Option<TestCallSeat>,
    now: Moment,
) -> JoinState {
    JoinState {
        state: word(facts, now),
        moved: facts.moved,
        kind: facts.kind,
        role: facts.role,
        starts_at: facts.starts_at,
        ends_at: facts.ends_at,
        opens_at: opening(facts).opens_at,
        now,
        facility: PublicFacility::from(&facts.facility),
        language: facts.is_patient().then(|| facts.language.clone()),
        seat: session.map(|session| session.seat.clone()),
        step: session.map(|session| step(facts, session)),
        test_call,
        help: None,
    }
}
