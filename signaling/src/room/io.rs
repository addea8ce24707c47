//! What goes into a room and what comes out of it.

use crate::ids::{CommandId, SeatId, SnippetId};
use crate::message::{
    CheckStep, ClientMessage, CloseWord, Consent, Departure, Envelope, Happening, Hello, IceServers, PathLevel, PathTrouble,
    Rejection, Role, TestCallInvite,
};
use crate::room::plan::Plan;

/// UTC milliseconds, never going back.
pub type Millis = i64;

/// One WebSocket, numbered by whoever runs the room; never used twice in a room's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectionId(pub u64);

/// A connection that has said hello, and what the gateway knows of it.
#[derive(Clone, Debug)]
pub struct Connect {
    pub connection: ConnectionId,
    /// From the connection's own credentials, never from what it says.
    pub seat: SeatId,
    /// Names the device; a resume token works only there.
    pub device: String,
    /// A fresh secret of 128 bits: the next resume token.
    pub token: String,
    pub hello: Hello,
}

#[derive(Clone, Debug)]
pub enum Input {
    Connect(Connect),
    Received {
        connection: ConnectionId,
        envelope: Envelope<ClientMessage>,
    },
    /// What `Received` of this command wanted to store could not be stored: the room is the one from before it.
    NotStored {
        connection: ConnectionId,
        n: u64,
        id: CommandId,
    },
    Disconnected {
        connection: ConnectionId,
    },
    /// Nothing but time. Who did not come back in time is given up then, and not with what others say.
    Tick,
    /// The seat's link was replaced: its sessions end, the seat may be taken with the new link.
    Revoke {
        seat: SeatId,
    },
    /// The staff member in this seat is signed in no more: on this device, or, where none is named, on any.
    SignOut {
        seat: SeatId,
        device: Option<String>,
    },
    /// A technician opened a test call for this seat.
    TestCall {
        seat: SeatId,
        invite: TestCallInvite,
    },
    /// A technician asks this seat's page to run a step of its equipment test again.
    RunCheck {
        seat: SeatId,
        check: CheckStep,
    },
    /// Answer to `MintRelay`.
    IceServers {
        seat: SeatId,
        servers: IceServers,
    },
    /// A snippet is ready to be offered until `expires_at`.
    Prepared {
        snippet: SnippetId,
        expires_at: Millis,
    },
    /// The visit's settings or seats changed outside the room.
    NewPlan(Box<Plan>),
    /// The visit was ended or cancelled outside the room.
    End {
        by: Role,
    },
}

impl Input {
    /// Whether facts may come of it, so that the room from before is worth keeping.
    pub fn may_store(&self) -> bool {
        match self {
            Self::Received { envelope, .. } => envelope.message.is_command(),
            Self::NotStored { .. }
            | Self::TestCall { .. }
            | Self::RunCheck { .. }
            | Self::IceServers { .. }
            | Self::Prepared { .. } => false,
            _ => true,
        }
    }

    /// Whether a page waits for what becomes of it.
    pub fn is_asked(&self) -> bool {
        match self {
            Self::Connect(_) => true,
            Self::Received { envelope, .. } => envelope.id.is_some(),
            _ => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Comes before everything else that one input brings about, and must be on disk before any of that is carried out.
    Store(Fact),
    Send {
        connection: ConnectionId,
        text: String,
    },
    /// Its `bye` has been sent.
    Close {
        connection: ConnectionId,
        word: CloseWord,
    },
    /// Make relay credentials for this seat and answer with `IceServers`.
    MintRelay {
        seat: SeatId,
    },
    /// The seat's relay credentials and allocations end.
    EndRelay {
        seat: SeatId,
    },
    /// Lists that show this visit are out of date.
    Changed,
    /// A report of a path was taken in, and this is how the path is now.
    Measured {
        level: PathLevel,
    },
}

/// Something that happened, to be stored with its audit entry. `by` is the seat that acted.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    SeatHeld {
        seat: SeatId,
        device: String,
    },
    /// A second device came to a held seat and waits as already open.
    Knocked {
        seat: SeatId,
    },
    CheckedIn {
        seat: SeatId,
        at: Millis,
    },
    /// Wants a text when let in, or not any more.
    TextMe {
        seat: SeatId,
        wanted: bool,
        at: Millis,
    },
    /// Is let in and has asked for a text: it goes out with the admission, once.
    TextDue {
        seat: SeatId,
    },
    /// Staff of the visit are admitted by coming in: then `by` is `seat`.
    Admitted {
        seat: SeatId,
        by: SeatId,
        identity_confirmed: bool,
        at: Millis,
    },
    Denied {
        seat: SeatId,
        by: SeatId,
    },
    SentBack {
        seat: SeatId,
        by: SeatId,
        at: Millis,
    },
    Removed {
        seat: SeatId,
        by: SeatId,
    },
    Left {
        seat: SeatId,
        why: Departure,
    },
    /// The seat's sessions were ended from outside the room; it may be taken again.
    Revoked {
        seat: SeatId,
    },
    RunningLate {
        by: SeatId,
        minutes: u32,
    },
    ByPhone {
        by: SeatId,
        on: bool,
    },
    Ended {
        by: SeatId,
    },
    TakeoverAsked {
        seat: SeatId,
    },
    TakeoverRefused {
        seat: SeatId,
    },
    TookOver {
        seat: SeatId,
        by: SeatId,
        device: String,
    },
    ConsentAsked {
        by: SeatId,
    },
    /// `answer` is agreed, refused or stopped.
    ConsentAnswered {
        by: SeatId,
        answer: Consent,
    },
    /// Waits for the patient's consent.
    SnippetHeld {
        snippet: SnippetId,
        by: SeatId,
        audience: Vec<SeatId>,
    },
    SnippetOffered {
        snippet: SnippetId,
        by: SeatId,
        audience: Vec<SeatId>,
    },
    SnippetShown {
        snippet: SnippetId,
        by: SeatId,
    },
    SnippetSeen {
        snippet: SnippetId,
        by: SeatId,
    },
    SnippetRejected {
        snippet: SnippetId,
        by: SeatId,
        why: Rejection,
    },
    /// Something came to a page that did not show it, and by that nothing of the visit changes: for the audit alone. The
    /// snippet is named where it is one of this visit; what else a page calls it stays out.
    SnippetRefused {
        snippet: Option<SnippetId>,
        by: SeatId,
        why: Rejection,
    },
    SnippetMayKeep {
        snippet: SnippetId,
        by: SeatId,
    },
    SnippetWithdrawn {
        snippet: SnippetId,
        by: SeatId,
    },
    /// Taken from one seat's screen; the others keep it.
    SnippetWithdrawnFrom {
        snippet: SnippetId,
        seat: SeatId,
        by: SeatId,
    },
    /// How a path is. Where it cannot be stored nothing is lost but a point of a plot.
    Path(PathRow),
    /// What a page did or found in the call.
    Happened {
        seat: SeatId,
        what: Happening,
        at: Millis,
    },
    /// A seat tried what its role may not do.
    NotAllowed {
        seat: SeatId,
    },
    CommandDone {
        seat: SeatId,
        command: CommandId,
    },
}

/// One point of a path's plot.
#[derive(Clone, Debug, PartialEq)]
pub struct PathRow {
    pub between: [SeatId; 2],
    pub level: PathLevel,
    pub trouble: Option<PathTrouble>,
    /// 0 to 100.
    pub points: f64,
    pub round_trip_ms: Option<u32>,
    /// The higher of both ways, 0 to 1.
    pub loss: Option<f64>,
    pub at: Millis,
}
