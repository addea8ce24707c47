//! What the gateway sends, and everything a seat may see.

use serde::{Deserialize, Serialize};

use super::{
    ByPhone, Bye, CandidateFrom, ConsentAsked, ConsentState, DescriptionFrom, Empty, Ended, IceServers, PathQuality, Permission,
    Person, PersonLeft, Ping, Refused, Role, RunCheck, SeatRef, SnippetView, VisitKind, WaitingPerson, WaitingRoom,
};
use crate::ids::{SeatId, VisitId};

/// What the gateway sends to a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", content = "data", rename_all = "snake_case", deny_unknown_fields)]
pub enum ServerMessage {
    // The connection. These carry no number.
    /// Answer to `hello`.
    Welcome(Box<Welcome>),
    Pong(Ping),
    /// Last words before the gateway closes the connection.
    Bye(Bye),

    /// A command was carried out (or had been, when repeated). The envelope's `id` says which.
    Done(Empty),
    /// A command was refused and changed nothing. The envelope's `id` says which.
    Refused(Refused),

    // To a seat that is not admitted: nothing else of the visit is sent to it.
    /// The seat's own state changed.
    Outside(Outside),
    /// Another device asks to take this seat. Also to the staff of the visit, with the seat named.
    TakeoverAsked(SeatRef),
    /// The technician started a test call: the page goes there with the same device, and comes back after it.
    TestCall(TestCallInvite),
    /// A technician asks the page to run one step of the equipment test again.
    RunCheck(RunCheck),

    // To admitted seats.
    /// The seat was admitted: everything it may see.
    Admitted(Box<Inside>),
    /// ICE servers with credentials of this seat; follows `admitted`, an admitted `welcome`, and `renew_relay`.
    IceServers(IceServers),
    /// Somebody in the visit is new or changed.
    Person(Person),
    /// Somebody is no longer in the visit.
    PersonLeft(PersonLeft),
    /// The path between two people is another than it was.
    Quality(PathQuality),
    /// The visit goes on by telephone, or came back from it.
    ByPhone(ByPhone),
    Description(DescriptionFrom),
    Candidate(CandidateFrom),
    /// To the patient: who would like to show part of the record.
    ConsentAsked(ConsentAsked),
    /// Whether the patient agrees to being shown the record.
    Consent(ConsentState),
    /// A snippet's life moved on.
    Snippet(SnippetView),

    // To staff of the visit.
    /// Everyone before the visit's door, whole each time.
    WaitingRoom(WaitingRoom),

    /// The visit ended for everyone.
    Ended(Ended),
}

/// How the gateway took a `hello`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// A new session.
    New,
    /// The same session goes on: what was missed follows, numbers go on, `view` is absent.
    Resumed,
    /// The session could not go on: a new epoch, numbers start at 1, `view` is whole, and the page repeats its unanswered commands.
    Resync,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Welcome {
    pub version: u32,
    pub arrival: Arrival,
    pub seat: SeatId,
    pub visit: VisitId,
    pub role: Role,
    pub kind: VisitKind,
    /// What this seat may do in this room.
    pub may: Vec<Permission>,
    pub resume_token: String,
    /// Send something at least this often.
    pub heartbeat_s: u32,
    /// Highest number the gateway has taken from this session.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub received: u64,
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub epoch: u64,
    /// The node that runs the room, as the load balancer calls it: the next connection is best made there.
    pub node: String,
    /// Absent when resumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub view: Option<View>,
}

/// Everything a seat may see now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "where", rename_all = "snake_case", deny_unknown_fields)]
pub enum View {
    Outside(Outside),
    Inside(Inside),
}

/// The whole of what a seat is told before it is admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Outside {
    pub state: OutsideState,
    /// Minutes of announced delay; 0 when on time.
    pub late_minutes: u32,
    /// Whether staff of the visit are in the room and can see who waits.
    pub staff_present: bool,
    /// Whether the person wants a text when they are let in; absent where the clinic cannot text them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub text_me: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OutsideState {
    /// Connected, not checked in.
    Expected,
    /// Checked in and keeping a place.
    Waiting,
    /// The seat is live on another device; this one may ask to take over.
    AlreadyOpen,
    /// The other device said no.
    TakeoverRefused,
    /// The clinic did not let the person in.
    Denied,
}

/// Everything an admitted seat may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Inside {
    /// Everyone admitted, this seat included.
    pub people: Vec<Person>,
    /// The paths between them that have been measured.
    pub paths: Vec<PathQuality>,
    /// Before the door; always empty for those who are not staff of the visit.
    pub waiting: Vec<WaitingPerson>,
    pub late_minutes: u32,
    /// Only relayed paths may be used, so that nobody learns another's address.
    pub relay_only: bool,
    /// The visit goes on by telephone: no sound and no picture passes here, the record still does.
    pub by_phone: bool,
    pub consent: ConsentState,
    /// Snippets this seat may know of.
    pub snippets: Vec<SnippetView>,
    /// Ed25519 public key that signs this visit's snippets, base64url.
    pub snippet_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TestCallInvite {
    pub seat: SeatId,
    pub visit: VisitId,
}
