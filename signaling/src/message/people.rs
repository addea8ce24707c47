//! People: who they are in a visit, how they are there, and who waits before the door.

use serde::{Deserialize, Serialize};

use crate::ids::SeatId;

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
    /// Go on by telephone, and back
    GoByPhone,
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
    #[serde(default, skip_serializing_if = "Pictures::are_both")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Pictures>"))]
    pub pictures: Pictures,
    /// What keeps the person from being seen or heard, or from hearing, beside the path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub trouble: Option<Trouble>,
}

/// Which pictures pass, as this person has it. Absent means both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Pictures {
    #[default]
    Both,
    /// Their own is held back by itself, so that their sound gets through.
    OwnPaused,
    /// Sound only, by itself: the others send this person no picture either.
    None,
    /// Sound only, because the person chose it.
    NoneByHand,
}

impl Pictures {
    /// For serde, which hands over a reference.
    fn are_both(&self) -> bool {
        *self == Self::Both
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The phone is locked or shows another app.
    Away,
    /// Another call or app has the microphone or the camera.
    Interrupted,
    /// On and not muted, and it gives no sound at all.
    MicrophoneSilent,
    CameraFrozen,
    /// On, and its picture is black: covered, in a dark room, or held by another app.
    CameraDark,
    /// The sound waits for a tap of this person.
    TapToHear,
}

/// The person's own view of the media path: whether there is one. How good it is, the room says (`quality`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    #[default]
    None,
    Connecting,
    Good,
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
    /// Wants a text when let in, and may be away until then.
    pub text_me: bool,
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
