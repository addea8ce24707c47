//! What was shown of the record in a visit: which kind of item, to whom, from when to when, seen or not, kept or not. Never what is
//! in it, and never its title: a title is clinical.

pub mod audit_event;
pub mod routes;
pub mod search;
pub mod store;

use serde::Serialize;

use crate::base::clock::Moment;
use crate::base::ids::{SeatId, SnippetId};
use crate::base::private::Personal;

/// One item that was on somebody's screen.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShownItem {
    #[schema(value_type = String)]
    pub snippet: SnippetId,
    /// A word such as `lab_trend`.
    pub kind: String,
    /// When the first screen had it.
    pub from: Moment,
    /// Withdrawn, or the visit's end; absent while it may be on a screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// "Yours to keep": the patient might save a copy.
    pub keep: bool,
    pub people: Vec<ShownTo>,
}

/// One person who was chosen to see it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShownTo {
    #[schema(value_type = String)]
    pub seat: SeatId,
    /// `patient`, `caregiver` or `interpreter`: as the gateway knows the seat.
    pub role: String,
    #[schema(value_type = String)]
    pub name: Personal<String>,
    /// On the page; absent where it never got there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_at: Option<Moment>,
    /// On a screen that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Moment>,
    /// Taken from this person's screen while others kept it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone_at: Option<Moment>,
    /// A copy was saved on this person's phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<Moment>,
}
