//! How a visit went, for staff: who came when, what the equipment test found, who was told what, how the paths were, and what
//! happened on whose page. Stable words and numbers; nothing clinical.

pub mod routes;
pub mod store;

use serde::Serialize;

use crate::base::clock::Moment;
use crate::base::ids::SeatId;
use crate::base::private::Personal;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Timeline {
    /// The visit's places, the patient's first.
    pub people: Vec<TimelinePerson>,
    /// Oldest first.
    pub steps: Vec<TimelineStep>,
    /// One for every two people who were in the call with each other.
    pub paths: Vec<TimelinePath>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TimelinePerson {
    #[schema(value_type = String)]
    pub seat: SeatId,
    pub role: String,
    #[schema(value_type = String)]
    pub name: Personal<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TimelineStep {
    pub at: Moment,
    pub kind: StepKind,
    /// A stable word: of the audit (`seat.admitted`), a verdict's mode (`low_video`), a notice (`link`), or what happened (`stall`).
    pub what: String,
    /// Whom it is about; absent where it is the visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub seat: Option<SeatId>,
    /// A verdict's cause; how a notice went out, `text` or `mail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// On the way in, at the door, and out.
    Join,
    /// What the equipment test found.
    Verdict,
    /// A text or a mail went out.
    Told,
    /// In the call, on the person's page, which said so there.
    Call,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TimelinePath {
    #[schema(value_type = [String; 2])]
    pub between: [SeatId; 2],
    /// Where the level changed, and once a minute; oldest first.
    pub points: Vec<PathPoint>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PathPoint {
    pub at: Moment,
    /// `good`, `fair`, `weak` or `lost`; everybody in the call read it then.
    pub level: String,
    /// 0 to 100.
    pub points: i64,
    /// `delay`, `jitter`, `loss`, `narrow`, `picture` or `sound`; absent where nothing is wrong or nothing arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Whose end it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub side: Option<SeatId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round_trip_ms: Option<i64>,
    /// Thousandths of the packets of the worse way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_permille: Option<i64>,
}
