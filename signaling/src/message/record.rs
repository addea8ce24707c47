//! Showing part of the record: consent and the life of snippets, never their content.

use serde::{Deserialize, Serialize};

use crate::ids::{SeatId, SnippetId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConsentAnswer {
    pub agreed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConsentAsked {
    /// Name of the clinician who asks.
    pub by: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    #[default]
    NotAsked,
    Asked,
    Agreed,
    /// Said no to the question.
    Refused,
    /// Agreed, and stopped it later.
    Stopped,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConsentState {
    pub consent: Consent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SnippetOffer {
    pub snippet: SnippetId,
    /// Who may see it.
    pub seats: Vec<SeatId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SnippetRef {
    pub snippet: SnippetId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SnippetSeat {
    pub snippet: SnippetId,
    pub seat: SeatId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SnippetRejected {
    pub snippet: SnippetId,
    pub why: Rejection,
}

/// Why a page would not show a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    BadSignature,
    BadHash,
    OtherVisit,
    Expired,
    TooLarge,
    Unreadable,
    /// Nobody offered it to this seat.
    NotOffered,
    /// It was taken back, and came again.
    Withdrawn,
}

/// Where a snippet stands, never what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SnippetView {
    pub snippet: SnippetId,
    pub state: SnippetState,
    /// Who may see it.
    pub audience: Vec<SeatId>,
    /// Who has it on the page, and who has had it on a visible screen.
    pub shown_to: Vec<SeatId>,
    pub seen_by: Vec<SeatId>,
    /// "Yours to keep": the patient may save a copy on their phone.
    pub keep: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SnippetState {
    /// Waits for the patient's consent.
    Held,
    Offered,
    Shown,
    Withdrawn,
    Rejected,
}
