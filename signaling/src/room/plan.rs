//! What a room is made from: the visit as it stands in the database.

use crate::ids::{CommandId, SeatId, SnippetId, VisitId};
use crate::message::{Consent, Role, SnippetState, VisitKind};
use crate::room::io::Millis;

#[derive(Clone, Debug)]
pub struct Plan {
    pub visit: VisitId,
    pub kind: VisitKind,
    /// The node that runs the room.
    pub node: String,
    pub relay_only: bool,
    pub late_minutes: u32,
    pub by_phone: bool,
    pub consent: Consent,
    /// Ed25519 public key of this visit's snippets, base64url.
    pub snippet_key: String,
    pub seats: Vec<SeatPlan>,
    /// Those that were offered; prepared ones come with `Input::Prepared`.
    pub snippets: Vec<SnippetPlan>,
}

#[derive(Clone, Debug)]
pub struct SeatPlan {
    pub seat: SeatId,
    pub role: Role,
    /// Shown to those who are admitted.
    pub name: String,
    pub state: Standing,
    /// The device that held the seat when this was stored.
    pub device: Option<String>,
    /// Whether the person wants a text when they are let in; absent where the clinic cannot text them.
    pub text_me: Option<bool>,
    /// Commands of this seat already carried out, oldest first.
    pub commands: Vec<CommandId>,
}

/// A seat's state as stored. Who was waiting or admitted comes back as away, with the usual time to return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Expected,
    Waiting { since: Millis },
    Admitted { at: Millis },
    Left,
    Denied,
    Removed,
}

#[derive(Clone, Debug)]
pub struct SnippetPlan {
    pub snippet: SnippetId,
    pub state: SnippetState,
    pub offered_by: SeatId,
    pub audience: Vec<SeatId>,
    pub shown_to: Vec<SeatId>,
    pub seen_by: Vec<SeatId>,
    pub keep: bool,
}
