//! What a page sends.

use serde::{Deserialize, Serialize};

use super::{
    Admit, ByPhone, CandidateTo, ConsentAnswer, DescriptionTo, Empty, Happened, MediaState, PathReport, Progress, RunningLate,
    SeatRef, SnippetOffer, SnippetRef, SnippetRejected, SnippetSeat, TakeoverAnswer, TextMe,
};

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
    /// What the page measured of its path to one other seat, every 5 s and when the path is lost or found. Of use now or never.
    Quality(PathReport),

    // Anyone with a seat.
    /// Which screen the person is on before the visit; staff see its name, never its content.
    Progress(Progress),
    /// "I am ready": takes a place in the waiting room. A command.
    CheckIn(Empty),
    /// While waiting: whether the person wants a text when they are let in; their place is kept for longer then. A command.
    TextMe(TextMe),
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
    /// Something happened to the call on this page, for the visit's timeline. A command.
    Happened(Happened),
    /// The patient's answer to being shown part of the record: `agreed: false` also stops it later, `agreed: true` allows it again. A command.
    ConsentAnswer(ConsentAnswer),
    /// The snippet arrived whole, its signature was right, and the page put it up. A command.
    SnippetShown(SnippetRef),
    /// The snippet has been on the visible screen. A command.
    SnippetSeen(SnippetRef),
    /// The page would not show the snippet. A command.
    SnippetRejected(SnippetRejected),

    /// The patient asks to be called, or the clinician says so: the visit goes on by telephone, or comes back from it. A command.
    GoByPhone(ByPhone),

    // Staff of the visit. All are commands.
    /// Lets a waiting person in; to a clinical visit only with the identity confirmed.
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
    /// Offers a prepared snippet to the named seats, or one that is on a screen to more of them; the first one asks the patient's consent.
    SnippetOffer(SnippetOffer),
    /// "Yours to keep": the patient may save a copy of what they are shown.
    SnippetKeep(SnippetRef),
    /// Takes a snippet from every screen.
    SnippetWithdraw(SnippetRef),
    /// Takes a snippet from one person's screen; the others keep it.
    SnippetWithdrawFrom(SnippetSeat),
}

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

/// Whether a message must be numbered, and whether it is a command that answers `done` or `refused`.
impl ClientMessage {
    pub fn is_numbered(&self) -> bool {
        !matches!(self, Self::Hello(_) | Self::Ping(_) | Self::Quality(_))
    }

    pub fn is_command(&self) -> bool {
        self.is_numbered() && !self.is_passed_on()
    }

    /// Told to others or answered, and that is all: nothing of it is stored.
    pub fn is_passed_on(&self) -> bool {
        matches!(
            self,
            Self::Ping(_)
                | Self::Progress(_)
                | Self::Description(_)
                | Self::Candidate(_)
                | Self::MediaState(_)
                | Self::RenewRelay(_)
        )
    }
}
