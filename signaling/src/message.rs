//! What is said on a visit's WebSocket, in both directions, as types.
//!
//! A message travels in one JSON envelope, `{"v":1,"n":7,"ack":4,"id":"c3","type":"admit","data":{…}}`:
//! `n` numbers what must arrive in order and exactly once, `ack` confirms everything received up to it,
//! `id` marks a command that may be repeated without harm. Reading and writing the envelope is in `wire`.

use serde::{Deserialize, Serialize};

use crate::ids::{CommandId, SeatId, SnippetId, VisitId};

/// The one protocol version of this build.
pub const VERSION: u32 = 1;
/// The largest message either side may send, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;

/// What a page sends to the gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", content = "data", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    // The connection. These carry no number.
    /// First message of a connection.
    Hello(Hello),
    /// Keeps the session alive; answered by `pong` with the same nonce.
    Ping(Ping),

    // Anyone with a seat.
    /// Which screen the person is on before the visit; staff see its name, never its content.
    Progress(Progress),
    /// "I am ready": takes a place in the waiting room. A command.
    CheckIn(Empty),
    /// Leaves the visit; the seat can be taken again with the same link. A command.
    Leave(Empty),
    /// From a device that found the seat open elsewhere: asks to take it over. A command.
    TakeoverAsk(Empty),
    /// From the device that holds the seat. A command.
    TakeoverAnswer(TakeoverAnswer),

    // Between admitted seats.
    /// Session description for another seat.
    Description(DescriptionTo),
    /// ICE candidate for another seat.
    Candidate(CandidateTo),
    /// Own camera, microphone and connection.
    MediaState(MediaState),
    /// Asks for new relay credentials before the old ones end.
    RenewRelay(Empty),
    /// The patient's answer to being shown part of the record; `agreed: false` also stops it later. A command.
    ConsentAnswer(ConsentAnswer),
    /// The snippet arrived whole, its signature was right, and the page put it up. A command.
    SnippetShown(SnippetRef),
    /// The snippet has been on the visible screen. A command.
    SnippetSeen(SnippetRef),
    /// The page would not show the snippet. A command.
    SnippetRejected(SnippetRejected),

    // Staff of the visit. All are commands.
    /// Lets a waiting person in; a patient only with the identity confirmed.
    Admit(Admit),
    /// Refuses a waiting person.
    Deny(SeatRef),
    /// Sends an admitted person back to the waiting room.
    SendBack(SeatRef),
    /// Removes a person for good: link, session and relay credentials end.
    Remove(SeatRef),
    /// Lets the second device of a seat take over.
    AllowTakeover(SeatRef),
    /// Tells those who wait that the visit starts later; 0 takes it back.
    RunningLate(RunningLate),
    /// Ends the visit for everyone.
    End(Empty),
    /// Offers a prepared snippet to the named seats; the first one asks the patient's consent.
    SnippetOffer(SnippetOffer),
    /// Takes a snippet from every screen.
    SnippetWithdraw(SnippetRef),
}

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

    // To admitted seats.
    /// The seat was admitted: everything it may see.
    Admitted(Box<Inside>),
    /// ICE servers with credentials of this seat; follows `admitted`, an admitted `welcome`, and `renew_relay`.
    IceServers(IceServers),
    /// Somebody in the visit is new or changed.
    Person(Person),
    /// Somebody is no longer in the visit.
    PersonLeft(PersonLeft),
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// Protocol versions the page can speak, best first.
    pub versions: Vec<u32>,
    /// Feature words the page knows; unknown words are ignored.
    #[serde(default)]
    pub features: Vec<String>,
    /// Made by the page when it loads, at most 64 bytes. Others hear it in `person`: while it stays the same the call
    /// goes on as it is, whatever happens to connections and gateways; when it changes the call with this person is made anew.
    pub page: String,
    /// Present when the page returns after a lost connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub resume: Option<Resume>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// From the last `welcome`; works once.
    pub token: String,
    /// Highest number received from the gateway.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub received: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Ping {
    pub nonce: u32,
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
    /// Before the door; always empty for those who are not staff of the visit.
    pub waiting: Vec<WaitingPerson>,
    pub late_minutes: u32,
    /// Only relayed paths may be used, so that nobody learns another's address.
    pub relay_only: bool,
    pub consent: ConsentState,
    /// Snippets this seat may know of.
    pub snippets: Vec<SnippetView>,
    /// Ed25519 public key that signs this visit's snippets, base64url.
    pub snippet_key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Patient,
    Clinician,
    Caregiver,
    Interpreter,
    Support,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    Clinical,
    TestCall,
}

/// A thing a seat may do; the page hides what is absent, the gateway refuses it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// admit, deny, send back, remove, allow a takeover
    KeepTheDoor,
    RunningLate,
    EndForEveryone,
    ShowRecord,
    AnswerConsent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub seat: SeatId,
    pub role: Role,
    pub name: String,
    pub presence: Presence,
    pub media: MediaState,
    /// From the person's `hello`; absent while the gateway does not know it, after a restart: the call goes on until it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub page: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Here,
    /// Nothing heard for 6 s; the seat is kept.
    Reconnecting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct MediaState {
    pub camera: bool,
    pub microphone: bool,
    pub connection: Connection,
}

/// The person's own view of the media path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    #[default]
    None,
    Connecting,
    Good,
    Weak,
    Lost,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PersonLeft {
    pub seat: SeatId,
    pub why: Departure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Departure {
    Left,
    SentBack,
    Removed,
    /// Not heard of for 120 s.
    Lost,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct WaitingRoom {
    pub people: Vec<WaitingPerson>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct WaitingPerson {
    pub seat: SeatId,
    pub role: Role,
    pub name: String,
    pub state: DoorState,
    /// When the person checked in, UTC milliseconds; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "number"))]
    pub since_ms: Option<i64>,
    pub screen: Screen,
    /// A second device asks to take this seat over.
    pub takeover_asked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DoorState {
    /// Has the page open, not checked in yet.
    Arriving,
    Waiting,
    /// Was here and is not heard of; keeps the place for 120 s.
    Away,
}

/// The names of the patient's screens before the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    #[default]
    Start,
    BeforeYouStart,
    Devices,
    QuickCheck,
    Waiting,
    InCall,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Progress {
    pub screen: Screen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TakeoverAnswer {
    pub allow: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SeatRef {
    pub seat: SeatId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Admit {
    pub seat: SeatId,
    /// The clinician has seen name and date of birth and says that this is the person.
    pub identity_confirmed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RunningLate {
    pub minutes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DescriptionType {
    Offer,
    Answer,
    Pranswer,
    Rollback,
}

/// An RTCSessionDescription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Description {
    #[serde(rename = "type")]
    pub kind: DescriptionType,
    pub sdp: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct DescriptionTo {
    pub to: SeatId,
    /// The page of the other person that this is meant for; dropped when they have a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub page: Option<String>,
    pub description: Description,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct DescriptionFrom {
    pub from: SeatId,
    pub description: Description,
}

/// An RTCIceCandidateInit, with the names that browsers use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Candidate {
    /// Empty at the end of the candidates.
    pub candidate: String,
    #[serde(default)]
    pub sdp_mid: Option<String>,
    #[serde(default)]
    pub sdp_m_line_index: Option<u16>,
    #[serde(default)]
    pub username_fragment: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CandidateTo {
    pub to: SeatId,
    /// The page of the other person that this is meant for; dropped when they have a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub page: Option<String>,
    pub candidate: Candidate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CandidateFrom {
    pub from: SeatId,
    pub candidate: Candidate,
}

/// What the page hands to RTCPeerConnection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct IceServers {
    pub servers: Vec<IceServer>,
    /// Seconds until the credentials end; ask for new ones well before.
    pub expires_in_s: u32,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: String,
    pub credential: String,
}

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
    Refused,
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
    NotOffered,
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TestCallInvite {
    pub seat: SeatId,
    pub visit: VisitId,
}

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
    IdentityNotConfirmed,
    NothingToTakeOver,
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
    Overloaded,
    InternalError,
}

/// Whether a message must be numbered, and whether it is a command that answers `done` or `refused`.
impl ClientMessage {
    pub fn is_numbered(&self) -> bool {
        !matches!(self, Self::Hello(_) | Self::Ping(_))
    }

    pub fn is_command(&self) -> bool {
        self.is_numbered()
            && !matches!(
                self,
                Self::Progress(_) | Self::Description(_) | Self::Candidate(_) | Self::MediaState(_) | Self::RenewRelay(_)
            )
    }
}

impl std::fmt::Debug for IceServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IceServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// The envelope of a message as both sides write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope<M> {
    /// Contiguous from 1; absent on messages of the connection itself.
    pub n: Option<u64>,
    /// Everything up to this number has been received.
    pub ack: u64,
    /// Names a command, and the command that `done` and `refused` answer.
    pub id: Option<CommandId>,
    pub message: M,
}
