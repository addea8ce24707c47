//! Refusals and closings: closed lists, whose sentences and codes stand in `words`.

use serde::{Deserialize, Serialize};

use super::Role;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Ended {
    pub by: Role,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Refused {
    pub word: RefusalWord,
    /// For a person.
    pub sentence: String,
}

/// Why a command was refused: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RefusalWord {
    NotAllowed,
    NoSuchSeat,
    NotWaiting,
    NotAdmitted,
    NowhereToText,
    IdentityNotConfirmed,
    NothingToTakeOver,
    WithoutPatient,
    NoSuchSnippet,
    NoConsent,
    NotInAudience,
    OutOfRange,
    VisitEnded,
    TryAgain,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Bye {
    pub code: CloseWord,
    /// Seconds to wait before coming back; absent when coming back is pointless.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub retry_after_s: Option<u32>,
    /// The node that runs the visit's room, as the load balancer calls it; the page comes back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub node: Option<String>,
}

/// Why a connection is closed by the gateway: a closed list, each with its WebSocket code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CloseWord {
    GoingAway,
    BadMessage,
    Binary,
    TooBig,
    NoHello,
    Silent,
    Flood,
    TakenOver,
    Removed,
    Denied,
    VisitEnded,
    SignedOut,
    Replaced,
    UnsupportedVersion,
    Elsewhere,
    Overloaded,
    InternalError,
}
